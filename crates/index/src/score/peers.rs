//! A value among its peers.

use super::{Against, Case, Scored};

/// Fewest peers with a value, the own one included, for a comparison.
pub const MIN_PEERS: usize = 5;

pub(super) fn distance(against: Against, direction: f64, case: &Case, cases: &[Case]) -> Scored {
    let values = match against {
        Against::GlobalMean => cases.iter().map(|other| other.value).collect(),
        Against::RegionalMean | Against::PeerMedian => of_group(case, cases),
    };
    if values.len() < MIN_PEERS {
        return Scored::missing("too_few_peers", values.len());
    }
    let n = values.len();
    let reference = match against {
        Against::PeerMedian => median(values),
        Against::GlobalMean | Against::RegionalMean => values.iter().sum::<f64>() / n as f64,
    };
    Scored::number(direction * (case.value - reference), Some(reference), n)
}

pub(super) fn percentile(direction: f64, case: &Case, cases: &[Case]) -> Scored {
    let values = of_group(case, cases);
    if values.len() < MIN_PEERS {
        return Scored::missing("too_few_peers", values.len());
    }
    let below = values.iter().filter(|value| direction * **value < direction * case.value).count();
    let equal = values.iter().filter(|value| **value == case.value).count();
    let share = (below as f64 + 0.5 * equal as f64) / values.len() as f64;
    Scored::number(100.0 * share, None, values.len())
}

fn of_group(case: &Case, cases: &[Case]) -> Vec<f64> {
    cases.iter().filter(|other| other.group == case.group).map(|other| other.value).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 { values[half] } else { 0.5 * (values[half - 1] + values[half]) }
}
