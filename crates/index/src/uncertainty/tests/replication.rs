//! Replications: each is the chain with its settings, whoever computes it and in whatever order.

use super::*;
use crate::recipe::{Step, with_value};

/// Scores of one replication by the whole chain, its settings written into the recipe.
fn alone(analysis: &Analysis<'_>, uniforms: &[f64]) -> Vec<f64> {
    let mut chain = analysis.chain.clone();
    let mut weights: Vec<f64> = chain.structure.elements.iter().map(|element| element.weight).collect();
    for lever in &analysis.levers {
        let setting = lever.setting(uniforms[lever.input]);
        if let Some((step, path, value)) = lever.parameter(setting) {
            let (name, parameters, made) = with_value(&chain.recipe.written[step], path, value).unwrap();
            (chain.recipe.written[step], chain.recipe.steps[step]) = ((name, parameters), made);
        }
        let seed = analysis.uncertainty.seed;
        weights = lever.weights(setting, &weights, &chain.structure, seed).unwrap_or(weights);
    }
    // No step of this recipe looks at weights before the aggregation.
    assert!(!chain.recipe.steps.iter().any(|step| matches!(step, Step::Weigh(_))));
    chain.structure.elements.iter_mut().zip(weights).for_each(|(element, weight)| element.weight = weight);
    let run = chain.run(&mut |_| ());
    assert!(run.is_usable(), "{:?}", run.diagnostics);
    let last = run.value.last();
    let own = last.column(analysis.element).unwrap();
    let place = |unit: &str| last.data.rows.iter().position(|row| row.unit == unit);
    chain.dataset.rows.iter().map(|row| place(&row.unit).map_or(f64::NAN, |at| own[at])).collect()
}

#[test]
fn what_is_not_computed_again_is_the_same() {
    let chain = uncertain_asem(300, INPUTS);
    for element in [chain.structure.top(), chain.structure.position("Social").unwrap()] {
        let analysis = Analysis::new(&chain, None, element).unwrap();
        let draws = Draws::new(analysis.uncertainty(), 1).unwrap();
        let all = run(&analysis, &draws);
        let rows = all.ranks.rows;
        let mut gaps = 0;
        for replication in 0..draws.len() {
            let expected = alone(&analysis, draws.row(replication));
            let found = &all.scores[replication * rows..(replication + 1) * rows];
            assert!(same(found, &expected), "{replication}: {:?}", analysis.describe(draws.row(replication)));
            gaps += expected.iter().filter(|score| score.is_nan()).count();
            for (row, score) in expected.iter().enumerate() {
                let better = expected.iter().filter(|other| *other > score).count() as u16;
                let rank = if score.is_nan() { 0 } else { better + 1 };
                assert_eq!(all.ranks.of(replication)[row], rank);
            }
        }
        assert!(gaps > 0, "screening is meant to matter");
    }
}

/// Numbers between two ends and around a mean, and all inputs of weights together.
const NUMBERS: &str = r#"
    [[uncertainty.input]]
    name = "left out"
    leave_out = ["LPI", "Goods"]
    [[uncertainty.input]]
    name = "noise"
    weights = { noise = { 1 = 0.5, 2 = 0.1 }, sets = 20 }
    [[uncertainty.input]]
    name = "sets"
    weight_sets = [{ LPI = 3.0, Social = 0.0 }, { Goods = 0.5 }]
    [[uncertainty.input]]
    name = "skewness"
    step = "treat"
    parameter = "skew"
    uniform = [1.0, 3.0]
    [[uncertainty.input]]
    name = "mean"
    step = "normalise"
    parameter = "mean"
    normal = [15.0, 0.1]
    [[uncertainty.input]]
    name = "normalisation"
    step = "normalise"
    values = [{ method = "zscore", sd = 2 }, { method = "zscore", sd = 1 }]
    [[uncertainty.input]]
    name = "power"
    step = "aggregate"
    parameter = "p"
    uniform = [-1.0, -0.5]
"#;

#[test]
fn numbers_are_drawn_from_their_distribution() {
    let steps = STEPS.replace("method = \"minmax\", range = [1, 100]", "method = \"zscore\", mean = 15");
    let steps = steps.replace("method = \"arithmetic\"", "method = \"generalised\", p = 0.5");
    let chain = asem(&format!("{steps}\n[uncertainty]\nreplications = 128\nsampling = \"random\"\n{NUMBERS}"));
    let analysis = Analysis::new(&chain, None, chain.structure.top()).unwrap();
    let draws = Draws::new(analysis.uncertainty(), 1).unwrap();
    let all = run(&analysis, &draws);
    for replication in 0..draws.len() {
        let expected = alone(&analysis, draws.row(replication));
        let rows = all.ranks.rows;
        let found = &all.scores[replication * rows..(replication + 1) * rows];
        assert!(same(found, &expected), "{replication}: {:?}", analysis.describe(draws.row(replication)));
    }
    // The quantiles at u: 1 + 2 u, and 15 + 0.1 z with z(0.975) = 1.959964. Sets come before noise, and that before who
    // is left out, in whatever order the recipe names them.
    let words = analysis.describe(&[0.4, 0.26, 0.5, 0.25, 0.975, 0.0, 0.5]);
    let mean: f64 = words[4].parse().unwrap();
    assert!((mean - 15.195_996_4).abs() < 1e-6, "{mean}");
    assert_eq!([&words[0], &words[1], &words[2], &words[3], &words[6]], ["Goods", "set 6", "set 2", "1.5", "-0.75"]);
    let order: Vec<usize> = analysis.levers.iter().map(|lever| lever.input).collect();
    assert_eq!(order, [3, 5, 4, 2, 1, 0, 6]);
}

#[test]
fn the_recipe_as_it_is_is_the_chain() {
    let chain = uncertain_asem(8, INPUTS);
    let top = chain.structure.top();
    let analysis = Analysis::new(&chain, None, top).unwrap();
    let outcome = chain.run(&mut |_| ());
    let last = outcome.value.last();
    let nominal = analysis.nominal().unwrap();
    let own: Vec<f64> = nominal.scores.iter().copied().filter(|score| !score.is_nan()).collect();
    assert!(same(&own, last.column(top).unwrap()));
}

#[test]
fn stored_draws_give_the_same_ranks() {
    let chain = uncertain_asem(200, INPUTS);
    let analysis = Analysis::new(&chain, None, chain.structure.top()).unwrap();
    let draws = Draws::new(analysis.uncertainty(), 1).unwrap();
    let stored: Draws = serde_json::from_str(&serde_json::to_string(&draws).unwrap()).unwrap();
    assert!(stored == draws, "a number changed on its way");
    let (first, again) = (run(&analysis, &draws), run(&analysis, &stored));
    assert_eq!(first.ranks, again.ranks);
    assert!(same(&first.scores, &again.scores));
    // One replication can be rerun alone.
    let one = Draws { inputs: draws.inputs.clone(), uniforms: draws.row(77).to_vec() };
    assert_eq!(run(&analysis, &one).ranks.of(0), first.ranks.of(77));
    assert_eq!(analysis.describe(draws.row(77)).len(), 7);
}

#[test]
fn draws_are_stored_to_the_last_bit() {
    let random = Draws { inputs: vec!["x".into()], uniforms: mizan_stats::quasi_random::pseudo_random(5000, 1, 3) };
    let stored: Draws = serde_json::from_str(&serde_json::to_string(&random).unwrap()).unwrap();
    assert!(stored == random, "a number changed on its way");
    assert!(serde_json::from_str::<Draws>(r#"{ "inputs": ["x"], "uniforms": ["a half"] }"#).is_err());
}

#[test]
fn the_number_of_cores_changes_no_digit() {
    let chain = uncertain_asem(64, INPUTS);
    let analysis = Analysis::new(&chain, None, chain.structure.top()).unwrap();
    let (one, two) = (Draws::new(analysis.uncertainty(), 1).unwrap(), Draws::new(analysis.uncertainty(), 2).unwrap());
    let never = AtomicBool::new(false);
    let results = [1, 2, 8].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let uncertain = uncertainty(&analysis, &one, &|_| (), &never).unwrap();
            (uncertain, sensitivity(&analysis, &two, 50, &|_| (), &never).unwrap())
        })
    });
    let (uncertain, sensitive) = &results[0];
    for (other, shifts) in &results[1..] {
        assert_eq!(uncertain.replications.ranks, other.replications.ranks);
        assert!(same(&uncertain.replications.scores, &other.replications.scores));
        assert_eq!(sensitive.ranks, shifts.ranks);
        // NaN is not equal to itself, its words are.
        assert_eq!(format!("{:?}", uncertain.rows), format!("{:?}", other.rows));
        assert_eq!(format!("{:?}", sensitive.mean_shift), format!("{:?}", shifts.mean_shift));
        assert_eq!(format!("{:?}", sensitive.by_row), format!("{:?}", shifts.by_row));
    }
}

#[test]
fn progress_counts_all_and_a_person_can_stop() {
    let chain = uncertain_asem(100, INPUTS);
    let analysis = Analysis::new(&chain, None, chain.structure.top()).unwrap();
    let draws = Draws::new(analysis.uncertainty(), 1).unwrap();
    let seen = std::sync::atomic::AtomicUsize::new(0);
    let count = |more: usize| _ = seen.fetch_add(more, std::sync::atomic::Ordering::Relaxed);
    analysis.run(&draws, &count, &AtomicBool::new(false)).unwrap();
    assert_eq!(seen.into_inner(), 100);
    assert_eq!(analysis.run(&draws, &|_| (), &AtomicBool::new(true)), Err(UncertaintyError::Stopped));
}
