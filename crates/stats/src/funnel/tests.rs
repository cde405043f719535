use proptest::prelude::*;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::dispersion::{kept, winsorised};
use super::*;

const HITS: [f64; 10] = [12.0, 30.0, 55.0, 8.0, 140.0, 61.0, 20.0, 90.0, 33.0, 4.0];
const CASES: [f64; 10] = [100.0, 210.0, 300.0, 90.0, 1000.0, 400.0, 150.0, 500.0, 260.0, 60.0];

fn close(found: f64, expect: f64, tolerance: f64) {
    assert!((found - expect).abs() <= tolerance, "{found} is not {expect}");
}

/// The six units of the tests of the R package FunnelPlotR: φ = 2.948033, without winsorising and on its default scale,
/// Y = ln(r/n) with s = 1/√n.
#[test]
fn dispersion_of_a_published_test() {
    let r = [100.0, 150.0, 180.0, 80.0, 120.0, 225.0_f64];
    let n = [108.0, 112.0, 165.0, 95.0, 100.0, 220.0_f64];
    let z: Vec<f64> = r.iter().zip(n).map(|(r, n)| (r / n).ln() * n.sqrt()).collect();
    let errors: Vec<f64> = n.iter().map(|n| 1.0 / n.sqrt()).collect();
    close(Dispersion::Winsorised(0.0).estimate(&z, &errors).unwrap().0, 2.948033, 5e-7);
    // Winsorised, and on the root scale: numpy, with its quantiles.
    close(Dispersion::Winsorised(0.1).estimate(&z, &errors).unwrap().0, 2.149053099170452, 1e-12);
    let found = funnel(&r, &n, Scale::Standardised, Dispersion::Winsorised(0.0)).unwrap();
    close(found.dispersion, 3.222417595803621, 1e-12);
    let found = funnel(&r, &n, Scale::Standardised, Dispersion::Winsorised(0.1)).unwrap();
    close(found.dispersion, 2.327178257594119, 1e-12);
}

/// The formulas in numpy.
#[test]
fn proportions_follow_the_formulas() {
    let found = funnel(&HITS, &CASES, Scale::Proportion, Dispersion::Winsorised(0.1)).unwrap();
    close(found.target, 0.147557003257329, 1e-14);
    close(found.dispersion, 1.4242947071425056, 1e-12);
    close(found.between, 0.0005179510718649416, 1e-15);
    close(found.units[3].z_chance, -1.73648904, 1e-8);
    close(found.units[9].z, -1.94478741, 1e-8);
    close(found.units[0].limits95.0, 0.07991215490395492, 1e-12);
    close(found.units[4].limits95.1, 0.18808499782101082, 1e-12);
    close(found.units[0].limits998.1, 0.28579466007938786, 1e-12);
    // Unit 9 is an outlier by chance alone, and is not among units that differ as these do.
    assert_eq!(found.units[9].standing, Standing::Within);
    let naive = funnel(&HITS, &CASES, Scale::Proportion, Dispersion::Ignored).unwrap();
    assert_eq!(naive.units[9].standing, Standing::Below);
    assert_eq!(naive.units[7].standing, Standing::Above);
    assert_eq!((naive.between, naive.limits(100.0, Z95, true)), (0.0, found.limits(100.0, Z95, false)));
    assert_eq!(found.limits(100.0, Z95, true), found.units[0].limits95);
}

/// The formulas in numpy; here φ < 1 and so τ² = 0.
#[test]
fn ratios_of_counts_follow_the_formulas() {
    let others = [15.0, 28.0, 50.0, 10.0, 120.0, 70.0, 15.0, 100.0, 30.0, 9.0];
    let found = funnel(&HITS, &others, Scale::CountRatio, Dispersion::Winsorised(0.0)).unwrap();
    close(found.target.ln(), 0.013333530869465168, 1e-14);
    close(found.dispersion, 0.6233030049774728, 1e-12);
    assert_eq!(found.between, 0.0);
    close(found.units[9].z, -1.39496349, 1e-8);
    close(found.units[9].p, 0.163_027, 1e-6);
}

#[test]
fn winsorising_draws_in_both_ends() {
    let z: Vec<f64> = (0..11).map(f64::from).collect();
    assert_eq!(winsorised(&z, 0.1)[..2], [1.0, 1.0]);
    assert_eq!(winsorised(&z, 0.1)[9..], [9.0, 9.0]);
    assert_eq!(winsorised(&z, 0.0), z);
    close(kept(0.1), 0.6786545589528744, 1e-12);
}

#[test]
fn what_makes_no_funnel_is_said() {
    let says = |r: &[f64], n: &[f64], scale, expect| {
        assert_eq!(funnel(r, n, scale, Dispersion::Winsorised(0.1)).map(|_| ()), Err(expect));
    };
    says(&[1.0, 6.0, 1.0], &[5.0; 3], Scale::Proportion, FunnelError::NoFigure { unit: 1 });
    says(&[1.0, f64::NAN, 1.0], &[5.0; 3], Scale::CountRatio, FunnelError::NoFigure { unit: 1 });
    says(&[1.0, 1.0, 1.0], &[5.0; 2], Scale::CountRatio, FunnelError::NoFigure { unit: 2 });
    says(&[1.0, 1.0], &[5.0; 2], Scale::Proportion, FunnelError::TooFew(2));
    says(&[0.0; 3], &[5.0; 3], Scale::CountRatio, FunnelError::NoTarget);
    let share = funnel(&[1.0; 3], &[5.0; 3], Scale::Proportion, Dispersion::Winsorised(0.5));
    assert_eq!(share, Err(FunnelError::Share(0.5)));
}

/// Share of 40 offices inside their 95 % limits, over 200 draws of offices that differ as offices do.
fn share_within(phi: f64, dispersion: Dispersion) -> f64 {
    let mut random = ChaCha8Rng::seed_from_u64(21);
    let mut inside = 0;
    for _ in 0..200 {
        let cases: Vec<f64> = (0..40).map(|_| f64::from(random.random_range(300..900_u32))).collect();
        let mut normal = || normal::quantile(random.random::<f64>().max(1e-12));
        // On the scale of asin √p: chance 1/(2√n), and between offices (φ - 1) times that of the middle one.
        let tau = (phi - 1.0).sqrt() * 0.5 / 600_f64.sqrt();
        let mut rate = |n: &f64| (0.5 + tau * normal() + normal() * 0.5 / n.sqrt()).sin().powi(2) * n;
        let hits: Vec<f64> = cases.iter().map(&mut rate).collect();
        let found = funnel(&hits, &cases, Scale::Proportion, dispersion).unwrap();
        inside += found.units.iter().filter(|unit| unit.standing == Standing::Within).count();
    }
    inside as f64 / 8_000.0
}

#[test]
fn consistent_limits_hold_the_share_they_are_called_after() {
    let consistent = Dispersion::WinsorisedConsistent(0.1);
    for phi in [1.0, 3.0] {
        let share = share_within(phi, consistent);
        assert!((0.93..0.97).contains(&share), "{phi}: {share}");
    }
    // The documented price of the published rule, and of no rule.
    let (published, none) = (share_within(3.0, Dispersion::Winsorised(0.1)), share_within(3.0, Dispersion::Ignored));
    assert!((0.87..0.91).contains(&published), "{published}");
    assert!(none < 0.78, "{none}");
}

proptest! {
    #[test]
    fn limits_narrow_with_size_and_hold_the_target(counts in prop::collection::vec((0_u16..100, 1_u16..300), 3..25)) {
        let hits: Vec<f64> = counts.iter().map(|(r, n)| f64::from(*r.min(n))).collect();
        let cases: Vec<f64> = counts.iter().map(|(_, n)| f64::from(*n)).collect();
        for scale in [Scale::Proportion, Scale::CountRatio, Scale::Standardised] {
            let Ok(found) = funnel(&hits, &cases, scale, Dispersion::Winsorised(0.1)) else { continue };
            for unit in &found.units {
                let ((low, high), (lowest, highest)) = (unit.limits95, unit.limits998);
                prop_assert!(lowest <= low && low <= found.target * (1.0 + 1e-12));
                prop_assert!(found.target <= high * (1.0 + 1e-12) && high <= highest);
                prop_assert!(unit.z.abs() <= unit.z_chance.abs() + 1e-12);
            }
            let (small, large) = (found.limits(10.0, Z95, true), found.limits(1000.0, Z95, true));
            prop_assert!(small.0 <= large.0 + 1e-12 && large.1 <= small.1 + 1e-12);
        }
    }
}
