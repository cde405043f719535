//! Sums that must be exact, over random trees, weights and gaps.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::aggregate::{Mean, means};
use crate::recipe::{AggregateMethod, AggregateStep, MethodByLevel};

/// Two to four levels, one to four children each.
fn random_tree(random: &mut ChaCha8Rng) -> Structure {
    let levels = random.random_range(2..=4);
    let mut lines = vec![Element::new("Top", ElementKind::Aggregate, None)];
    let mut parents = vec!["Top".to_owned()];
    for level in (1..levels).rev() {
        let mut own = Vec::new();
        for parent in &parents {
            for child in 0..random.random_range(1..=4) {
                let code = format!("{parent}{child}");
                let kind = if level == 1 { ElementKind::Indicator } else { ElementKind::Aggregate };
                lines.push(Element::new(&code, kind, Some(parent)));
                own.push(code);
            }
        }
        parents = own;
    }
    let made = Structure::new(lines);
    assert!(made.diagnostics.is_empty(), "{:?}", made.diagnostics);
    made.value
}

fn mean_of(method: AggregateMethod, step: &AggregateStep) -> Mean {
    match method {
        AggregateMethod::Arithmetic => Mean::Arithmetic,
        AggregateMethod::Geometric => Mean::Geometric,
        AggregateMethod::Harmonic => Mean::Harmonic,
        _ => Mean::Generalised(step.p),
    }
}

/// Scores of all elements from values of the indicators.
fn aggregated(structure: &Structure, step: &AggregateStep, weights: Vec<f64>, values: &[f64]) -> Side {
    let mut scores = vec![f64::NAN; structure.elements.len()];
    scores[..values.len()].copy_from_slice(values);
    for element in values.len()..scores.len() {
        let children = &structure.children[element];
        let columns: Vec<&[f64]> = children.iter().map(|&child| &scores[child..=child]).collect();
        let own: Vec<f64> = children.iter().map(|&child| weights[child]).collect();
        let mut out = [0.0];
        let method = step.method.of(structure.levels[element]).unwrap();
        means(mean_of(method, step), &columns, &own, step.min_available, &mut out).unwrap();
        scores[element] = out[0];
    }
    Side { scores, weights }
}

fn sum(found: &Decomposition) -> f64 {
    found.contributions.iter().map(|own| own.value).sum::<f64>()
        + found.weight_effects.iter().map(|(_, effect)| effect).sum::<f64>()
}

fn is_finite(found: &Decomposition) -> bool {
    found.contributions.iter().all(|own| own.value.is_finite() && own.per_point.is_finite())
        && found.weight_effects.iter().all(|(_, effect)| effect.is_finite())
}

const METHODS: [AggregateMethod; 4] =
    [AggregateMethod::Arithmetic, AggregateMethod::Geometric, AggregateMethod::Harmonic, AggregateMethod::Generalised];

#[test]
fn gaps_sum_exactly() {
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let (mut compared, mut with_effects) = (0, 0);
    for round in 0..4_000 {
        let structure = random_tree(&mut random);
        let elements = structure.elements.len();
        let indicators = structure.levels.iter().filter(|&&level| level == 1).count();
        // A method of its own for each level.
        let methods = (0..4).map(|_| METHODS[random.random_range(0..4)]).collect();
        let p = [0.5, 2.0, -1.5, 3.0][round % 4];
        let min_available = [None, None, Some(0.5)][round % 3];
        let step = AggregateStep { method: MethodByLevel::ByLevel(methods), p, min_available, ..Default::default() };
        let gaps = [0.0, 0.2][round % 2];
        let weights: Vec<f64> = (0..elements)
            .map(|_| if random.random::<f64>() < 0.1 { 0.0 } else { random.random_range(0.1..3.0) })
            .collect();
        let draw = |random: &mut ChaCha8Rng| -> Vec<f64> {
            let value = |random: &mut ChaCha8Rng| {
                if random.random::<f64>() < gaps { f64::NAN } else { random.random_range(1.0..100.0) }
            };
            (0..indicators).map(|_| value(random)).collect()
        };
        let own = draw(&mut random);
        let mut other = draw(&mut random);
        // Cells that are equal, or nearly so.
        for cell in 0..indicators {
            match random.random_range(0..5) {
                0 => other[cell] = own[cell],
                1 => other[cell] = own[cell] * (1.0 + 1e-15 * random.random_range(-3.0..3.0)),
                _ => {}
            }
        }
        // Weights of another version, every other time.
        let others = if round % 5 == 0 {
            weights.iter().map(|w| w * random.random_range(0.5..2.0)).collect()
        } else {
            weights.clone()
        };
        let sides = [aggregated(&structure, &step, weights, &own), aggregated(&structure, &step, others, &other)];
        let top = structure.top();
        let found = gap(&structure, &step, top, &sides[0], &sides[1]);
        let [s, r] = [0, 1].map(|side: usize| sides[side].scores[top]);
        if s.is_nan() || r.is_nan() {
            assert_eq!(found, Err(ExplainError::NoScore("Top".into())));
            continue;
        }
        let found = found.unwrap();
        assert!(is_finite(&found), "{found:?}");
        assert_eq!(found.gap, s - r);
        close(sum(&found), s - r, 1e-12 * s.abs().max(r.abs()));
        // The other way round everything is the opposite.
        let back = gap(&structure, &step, top, &sides[1], &sides[0]).unwrap();
        for (there, back) in found.contributions.iter().zip(&back.contributions) {
            assert_eq!(there.element, back.element);
            close(there.value, -back.value, 1e-10);
        }
        // Nothing is a gap of a unit with itself.
        let none = gap(&structure, &step, top, &sides[0], &sides[0]).unwrap();
        assert!(none.gap == 0.0 && none.weight_effects.is_empty());
        assert!(none.contributions.iter().all(|own| own.value == 0.0 && own.per_point.is_finite()));
        compared += 1;
        with_effects += usize::from(!found.weight_effects.is_empty());
    }
    assert!(compared > 3_000 && with_effects > 1_000, "{compared} {with_effects}");
}

#[test]
fn a_gap_by_hand() {
    // Geometric mean of 4 and 9 is 6, of 1 and 9 is 3: all of the 3 points is of x1.
    let structure = tree(&[("x1", Some("Top"), 1.0), ("x2", Some("Top"), 1.0), ("Top", None, 1.0)]);
    let step = AggregateStep { method: MethodByLevel::All(AggregateMethod::Geometric), ..Default::default() };
    let side = |values: [f64; 2]| aggregated(&structure, &step, vec![1.0; 3], &values);
    let found = gap(&structure, &step, 2, &side([4.0, 9.0]), &side([1.0, 9.0])).unwrap();
    close(found.contributions[0].value, 3.0, 1e-12);
    assert_eq!(found.contributions[1].value, 0.0);
    // One more point of x2 at 9: 0.5 / 9 in the logarithm, times 3 / ln 2.
    close(found.contributions[1].per_point, 0.5 / 9.0 * 3.0 / 2f64.ln(), 1e-12);
    // 4, 9 against 9, 4: equal scores whose parts cancel, 0.5 ln(4/9) at a slope of 6.
    let found = gap(&structure, &step, 2, &side([4.0, 9.0]), &side([9.0, 4.0])).unwrap();
    close(found.contributions[0].value, 3.0 * (4.0f64 / 9.0).ln(), 1e-12);
    close(found.contributions[1].value, -found.contributions[0].value, 1e-12);
    // x2 is missing on one side: score 4 less 6 is its weight effect, 0.5 · 2 ln ... all of it.
    let found = gap(&structure, &step, 2, &side([4.0, f64::NAN]), &side([4.0, 9.0])).unwrap();
    close(found.weight_effects[0].1, -2.0, 1e-12);
    assert_eq!(found.contributions.len(), 1);
    assert_eq!(found.contributions[0].value, 0.0);
}

#[test]
fn scores_that_differ_by_rounding_alone_have_finite_parts() {
    // ln 50 is the same number as the logarithm of its neighbour.
    let structure = tree(&[("x1", Some("Top"), 1.0), ("x2", Some("Top"), 1.0), ("Top", None, 1.0)]);
    for method in METHODS {
        let step = AggregateStep { method: MethodByLevel::All(method), p: 0.3, ..Default::default() };
        let side =
            |score: f64, values: [f64; 2]| Side { scores: vec![values[0], values[1], score], weights: vec![1.0; 3] };
        let (own, other) = (side(50.0f64.next_up(), [25.0, 100.0]), side(50.0, [100.0, 25.0]));
        let found = gap(&structure, &step, 2, &own, &other).unwrap();
        assert!(is_finite(&found), "{found:?}");
        close(sum(&found), 0.0, 1e-12);
    }
}

#[test]
fn what_has_no_weight_is_not_looked_at() {
    // A geometric mean cannot take 0, unless it does not count.
    let structure = tree(&[("x1", Some("Top"), 1.0), ("x2", Some("Top"), 0.0), ("Top", None, 1.0)]);
    let step = AggregateStep { method: MethodByLevel::All(AggregateMethod::Geometric), ..Default::default() };
    let side = |values: [f64; 2]| aggregated(&structure, &step, vec![1.0, 0.0, 1.0], &values);
    let found = gap(&structure, &step, 2, &side([4.0, 0.0]), &side([2.0, -3.0])).unwrap();
    assert!(is_finite(&found), "{found:?}");
    close(sum(&found), 2.0, 1e-12);
    // Weight on one side only.
    let with = aggregated(&structure, &step, vec![1.0; 3], &[4.0, 16.0]);
    let found = gap(&structure, &step, 2, &with, &side([4.0, 0.0])).unwrap();
    assert!(is_finite(&found), "{found:?}");
    close(sum(&found), 4.0, 1e-12);
}

#[test]
fn powers_of_nothing_are_nothing() {
    let structure = tree(&[("x1", Some("Top"), 1.0), ("x2", Some("Top"), 1.0), ("Top", None, 1.0)]);
    for p in [0.5, 1.0, 2.0] {
        let step = AggregateStep { method: MethodByLevel::All(AggregateMethod::Generalised), p, ..Default::default() };
        let side = |values: [f64; 2]| aggregated(&structure, &step, vec![1.0; 3], &values);
        for (own, other) in [([0.0, 0.0], [0.0, 0.0]), ([0.0, 8.0], [0.0, 2.0]), ([0.0, 8.0], [0.0, 0.0])] {
            let found = gap(&structure, &step, 2, &side(own), &side(other)).unwrap();
            assert!(is_finite(&found), "{found:?}");
            close(sum(&found), found.gap, 1e-12);
        }
    }
}

#[test]
fn parts_sum_to_the_score() {
    let mut random = ChaCha8Rng::seed_from_u64(12);
    for round in 0..1_000 {
        let structure = random_tree(&mut random);
        let indicators = structure.levels.iter().filter(|&&level| level == 1).count();
        let method = METHODS[round % 2];
        let step = AggregateStep { method: MethodByLevel::All(method), ..Default::default() };
        let weights: Vec<f64> = (0..structure.elements.len()).map(|_| random.random_range(0.0..3.0)).collect();
        let mut draw = || if random.random::<f64>() < 0.2 { f64::NAN } else { random.random_range(1.0..100.0) };
        let values: Vec<f64> = (0..indicators).map(|_| draw()).collect();
        let side = aggregated(&structure, &step, weights, &values);
        for element in 0..structure.elements.len() {
            let score = side.scores[element];
            let found = parts(&structure, &step, element, &side);
            if score.is_nan() {
                assert!(matches!(found, Err(ExplainError::NoScore(_))));
                continue;
            }
            let total: f64 = found.unwrap().iter().map(|(_, part)| part).sum();
            let is_log = method == AggregateMethod::Geometric && element >= indicators;
            close(total, if is_log { score.ln() } else { score }, 1e-12 * score.abs());
        }
    }
}

#[test]
fn what_is_no_mean_has_no_parts() {
    let structure = tree(&[("x1", Some("Top"), 1.0), ("x2", Some("Top"), 1.0), ("Top", None, 1.0)]);
    let side = Side { scores: vec![1.0, 2.0, 3.0], weights: vec![1.0; 3] };
    let error = ExplainError::NotAMean("Top".into());
    for method in [AggregateMethod::Copeland, AggregateMethod::Mpi, AggregateMethod::Kemeny] {
        let step = AggregateStep { method: MethodByLevel::All(method), ..Default::default() };
        assert_eq!(gap(&structure, &step, 2, &side, &side), Err(error.clone()));
        assert_eq!(parts(&structure, &step, 2, &side), Err(error.clone()));
    }
    let harmonic = AggregateStep { method: MethodByLevel::All(AggregateMethod::Harmonic), ..Default::default() };
    assert_eq!(parts(&structure, &harmonic, 2, &side), Err(error));
}
