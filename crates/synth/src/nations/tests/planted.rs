//! What is planted is found again in the observations.

use std::collections::BTreeMap;

use mizan_model::framework::Framework;
use mizan_model::kpi::Direction;
use mizan_model::observation::{EngineStatus, Observation};

use super::super::{CapabilityTruth, Reform};
use super::world;

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (a, b) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>();
    sum(&|p| (p.0 - a) * (p.1 - b)) / (sum(&|p| (p.0 - a).powi(2)) * sum(&|p| (p.1 - b).powi(2))).sqrt()
}

/// Values by KPI, then area and period, as standard scores over the world with more for better; KPIs without a better
/// direction are left out.
fn scores(framework: &Framework, observations: &[Observation]) -> BTreeMap<String, BTreeMap<(String, String), f64>> {
    let mut scores = BTreeMap::new();
    for kpi in &framework.kpis {
        let sign = match kpi.direction {
            Direction::Higher => 1.0,
            Direction::Lower => -1.0,
            Direction::Target | Direction::Context => continue,
        };
        let cells = observations.iter().filter(|o| o.kpi == kpi.id && o.value.is_some());
        let mut cells: BTreeMap<_, _> =
            cells.map(|o| ((o.area.to_string(), o.period.to_string()), o.value.unwrap())).collect();
        let n = cells.len() as f64;
        let mean = cells.values().sum::<f64>() / n;
        let deviation = (cells.values().map(|value| (value - mean).powi(2)).sum::<f64>() / n).sqrt();
        cells.values_mut().for_each(|value| *value = sign * (*value - mean) / deviation);
        scores.insert(kpi.id.clone(), cells);
    }
    scores
}

#[test]
fn mean_scores_of_a_dimension_follow_its_capability() {
    let (framework, nations) = world();
    let scores = scores(&framework, &nations.observations(&framework));
    let truth = nations.truth(&framework);
    for dimension in &framework.dimensions {
        let mean = |of: &str, area: &str, year: i32| {
            let kpis = framework.kpis.iter().filter(|kpi| kpi.dimension == of);
            let cells: Vec<f64> = kpis
                .filter_map(|kpi| scores.get(&kpi.id)?.get(&(area.to_owned(), year.to_string())).copied())
                .collect();
            cells.iter().sum::<f64>() / cells.len() as f64
        };
        let pairs = |of: &str| -> Vec<(f64, f64)> {
            let own = truth.capabilities.iter().filter(|c| c.dimension == dimension.id);
            own.map(|c| (c.capability, mean(of, &c.area, c.year))).filter(|pair| pair.1.is_finite()).collect()
        };
        let own = correlation(&pairs(&dimension.id));
        assert!(own > 0.8, "{}: {own}", dimension.id);
        for other in framework.dimensions.iter().filter(|other| other.id != dimension.id) {
            let foreign = correlation(&pairs(&other.id));
            assert!(foreign < own, "{} follows {} more: {foreign} against {own}", dimension.id, other.id);
        }
    }
}

#[test]
fn the_first_component_of_a_dimension_is_its_capability() {
    let (framework, nations) = world();
    let scores = scores(&framework, &nations.observations(&framework));
    let truth = nations.truth(&framework);
    for dimension in &framework.dimensions {
        let planted: Vec<_> = truth.capabilities.iter().filter(|c| c.dimension == dimension.id).collect();
        let columns: Vec<Vec<f64>> = framework
            .kpis
            .iter()
            .filter(|kpi| kpi.dimension == dimension.id)
            .filter_map(|kpi| scores.get(&kpi.id))
            .map(|cells| {
                // A missing cell is taken for the mean.
                let score = |c: &&CapabilityTruth| cells.get(&(c.area.clone(), c.year.to_string())).copied();
                planted.iter().map(|c| score(c).unwrap_or(0.0)).collect()
            })
            .collect();
        let component = |weights: &[f64]| -> Vec<f64> {
            (0..planted.len()).map(|row| columns.iter().zip(weights).map(|(c, w)| c[row] * w).sum()).collect()
        };
        // Power iteration for the greatest eigenvalue of the correlations.
        let (mut weights, mut greatest) = (vec![1.0; columns.len()], 0.0);
        for _ in 0..200 {
            let row = component(&weights);
            weights = columns.iter().map(|c| c.iter().zip(&row).map(|(a, b)| a * b).sum::<f64>()).collect();
            let length = weights.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
            greatest = length / planted.len() as f64;
            weights.iter_mut().for_each(|weight| *weight /= length);
        }
        let share = greatest / columns.len() as f64;
        assert!((0.25..0.75).contains(&share), "{}: {share}", dimension.id);
        assert!(weights.iter().all(|weight| *weight > 0.0), "{}: {weights:?}", dimension.id);
        let pairs: Vec<_> = planted.iter().map(|c| c.capability).zip(component(&weights)).collect();
        assert!(correlation(&pairs) > 0.8, "{}: {}", dimension.id, correlation(&pairs));
    }
}

#[test]
fn the_capable_are_nearer_to_a_target() {
    let (mut framework, nations) = world();
    let kpi = framework.kpis.iter_mut().find(|kpi| kpi.range == Some((0.0, 100.0))).unwrap();
    kpi.direction = Direction::Target;
    kpi.score.parameters = serde_json::json!({ "target": 40.0 });
    let (id, dimension) = (kpi.id.clone(), kpi.dimension.clone());
    let capability: BTreeMap<_, _> = nations
        .truth(&framework)
        .capabilities
        .into_iter()
        .filter(|c| c.dimension == dimension)
        .map(|c| ((c.area, c.year.to_string()), c.capability))
        .collect();
    let values = nations.true_values(&framework);
    let cells: Vec<_> = values.into_iter().filter(|t| t.kpi == id).collect();
    assert!(cells.iter().any(|t| t.value < 40.0) && cells.iter().any(|t| t.value > 40.0));
    let pairs: Vec<_> = cells.into_iter().map(|t| (capability[&(t.area, t.period)], (t.value - 40.0).abs())).collect();
    assert!(correlation(&pairs) < -0.5, "{}", correlation(&pairs));
}

#[test]
fn a_reform_shows_against_those_who_did_not_reform() {
    let (framework, nations) = world();
    let scores = scores(&framework, &nations.observations(&framework));
    let truth = nations.truth(&framework);
    assert!((5..30).contains(&truth.reforms.len()), "{}", truth.reforms.len());
    let reformed: BTreeMap<&str, &Reform> = truth.reforms.iter().map(|reform| (reform.area.as_str(), reform)).collect();
    // Difference of the means before and after a year, of one administration's scores in a dimension.
    let step = |area: &str, dimension: &str, year: i32| {
        let of = |is_after: bool| {
            let kpis = framework.kpis.iter().filter(|kpi| kpi.dimension == dimension);
            let cells: Vec<f64> = kpis
                .filter_map(|kpi| scores.get(&kpi.id))
                .flatten()
                .filter(|((at, period), _)| at == area && (period.parse::<i32>().unwrap() >= year) == is_after)
                .map(|(_, score)| *score)
                .collect();
            cells.iter().sum::<f64>() / cells.len() as f64
        };
        of(true) - of(false)
    };
    let gains: Vec<f64> = truth
        .reforms
        .iter()
        .map(|reform| {
            let others: Vec<f64> = nations
                .nations
                .iter()
                .filter(|nation| !reformed.contains_key(nation.code.as_str()))
                .map(|nation| step(&nation.code, &reform.dimension, reform.year))
                .filter(|step| step.is_finite())
                .collect();
            step(&reform.area, &reform.dimension, reform.year) - others.iter().sum::<f64>() / others.len() as f64
        })
        .collect();
    let mean = gains.iter().sum::<f64>() / gains.len() as f64;
    // An effect of 1.1 at a mean loading of 0.7, in standard scores.
    assert!((0.4..1.1).contains(&mean), "{mean}: {gains:?}");
    let changed = nations.true_values(&framework).into_iter().filter(|t| t.value != t.without_reform);
    assert!(changed.into_iter().all(|t| t.period.parse::<i32>().unwrap() >= reformed[t.area.as_str()].year));
}

#[test]
fn one_definition_changes_in_the_middle() {
    let (framework, nations) = world();
    let truth = nations.truth(&framework);
    let [change] = truth.breaks.as_slice() else { panic!("{:?}", truth.breaks) };
    assert_eq!(
        (change.year, change.after.as_str()),
        (2024, framework.kpi(&change.kpi).unwrap().version.to_string().as_str())
    );
    for o in nations.observations(&framework) {
        let is_before = o.kpi == change.kpi && o.period.as_str() < "2024";
        let version = framework.kpi(&o.kpi).unwrap().version.to_string();
        assert_eq!(o.definition, if is_before { change.before.clone() } else { version }, "{o:?}");
    }
    assert!(crate::nations::Nations::new(7, 6, 2025..=2025).unwrap().truth(&framework).breaks.is_empty());
}

#[test]
fn resources_follow_the_planted_efficiency() {
    let (framework, nations) = world();
    let table = nations.inputs_outputs();
    assert_eq!((table.columns.len(), table.rows.len()), (9, 300));
    assert!(table.rows.iter().flat_map(|row| &row.values).all(|value| value.is_finite() && *value >= 0.0));
    let truth = nations.truth(&framework);
    assert!(truth.efficiencies.iter().all(|e| e.efficiency > 0.0 && e.efficiency <= 1.0));
    let column = |name: &str| table.column(name).unwrap();
    let (staff, work, trade) = (column("staff"), column("declarations"), column("trade_value"));
    // Posts over what the work needs, undone of scale, are what efficiency says they are.
    let pairs: Vec<(f64, f64)> = (0..table.rows.len())
        .map(|row| {
            let least = 0.75 * work[row].ln() + 0.2 * trade[row].ln();
            (truth.efficiencies[row].efficiency.ln(), least - staff[row].ln())
        })
        .collect();
    assert!(correlation(&pairs) > 0.9, "{}", correlation(&pairs));
    assert!(table.column("weather").is_none());
}

#[test]
fn six_cells_in_a_hundred_are_missing_and_more_among_the_weak() {
    let (framework, nations) = world();
    let observations = nations.observations(&framework);
    let share = |status: EngineStatus| {
        observations.iter().filter(|o| o.status == status).count() as f64 / observations.len() as f64
    };
    let missing = share(EngineStatus::NotComputable);
    assert!((0.05..0.07).contains(&missing), "{missing}");
    for (status, most) in
        [(EngineStatus::TooFew, 0.06), (EngineStatus::LowCoverage, 0.04), (EngineStatus::NotClosed, 0.01)]
    {
        assert!(share(status) > 0.0 && share(status) < most, "{status}: {}", share(status));
    }
    let by_area: Vec<(f64, f64)> = nations
        .nations
        .iter()
        .map(|nation| {
            let cells: Vec<_> = observations.iter().filter(|o| o.area == nation.code).collect();
            let missing = cells.iter().filter(|o| o.status == EngineStatus::NotComputable).count();
            (nation.general, missing as f64 / cells.len() as f64)
        })
        .collect();
    assert!(correlation(&by_area) < -0.6, "{}", correlation(&by_area));
}
