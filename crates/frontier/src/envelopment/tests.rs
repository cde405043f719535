use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

fn random(units: usize, inputs: usize, outputs: usize) -> Data {
    let mut random = ChaCha8Rng::seed_from_u64(units as u64);
    let inputs = DMatrix::from_fn(units, inputs, |_, _| random.random_range(1.0..10.0));
    let outputs = DMatrix::from_fn(units, outputs, |row, _| {
        inputs.row(row).iter().map(|number: &f64| number.ln()).sum::<f64>().exp().powf(0.2)
            * random.random_range(0.4..1.0)
    });
    Data { inputs, outputs }
}

fn steps(technology: &Technology, data: &Data, is_excluded: bool) -> Vec<Result<f64, Unmeasured>> {
    let mut asker = technology.asker();
    (0..data.units())
        .map(|unit| {
            let point: Vec<f64> = data.inputs.row(unit).iter().chain(data.outputs.row(unit).iter()).copied().collect();
            let mut direction = point.clone();
            direction[data.inputs.ncols()..].fill(0.0);
            let question =
                Question { point: &point, direction: &direction, own: Some(unit), is_excluded, with_slacks: false };
            asker.step(&question)
        })
        .collect()
}

/// The hull of possible peers gives what the whole reference gives, also when a unit is left out.
#[test]
fn a_hull_loses_nothing() {
    let data = random(700, 3, 3);
    for returns in [Returns::Constant, Returns::Variable, Returns::Decreasing, Returns::Increasing] {
        let pruned = Technology::new(&data, returns, &[]);
        let whole = Technology::unpruned(&data, returns, &[]);
        assert!(pruned.members().len() < 300, "{}", pruned.members().len());
        for is_excluded in [false, true] {
            for (a, b) in steps(&pruned, &data, is_excluded).into_iter().zip(steps(&whole, &data, is_excluded)) {
                match (a, b) {
                    (Ok(a), Ok(b)) => assert!((a - b).abs() < 1e-10, "{a} {b}"),
                    (a, b) => assert_eq!(a, b),
                }
            }
        }
    }
}

#[test]
fn the_number_of_cores_changes_no_bit() {
    let data = random(900, 2, 2);
    let on = |cores: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(cores).build().unwrap();
        pool.install(|| {
            let technology = Technology::new(&data, Returns::Variable, &[]);
            let bits: Vec<u64> =
                steps(&technology, &data, false).into_iter().map(|step| step.unwrap().to_bits()).collect();
            (technology.members().to_vec(), bits)
        })
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(8));
}

/// Many equal units: one stands for all.
#[test]
fn equal_units_are_one() {
    let data = Data { inputs: DMatrix::from_element(3_000, 2, 5.0), outputs: DMatrix::from_element(3_000, 2, 7.0) };
    let technology = Technology::new(&data, Returns::Variable, &[]);
    assert_eq!(technology.members().len(), 1);
    assert!(steps(&technology, &data, false).into_iter().all(|step| step == Ok(0.0)));
}
