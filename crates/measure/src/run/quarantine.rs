//! Rows that quarantine keeps from being measured.

use std::collections::{BTreeMap, HashMap};

use mizan_ingest::manifest::{Manifest, Segment};
use mizan_model::period::Period;

/// Rows lost to quarantine, by contract and month.
pub(super) struct Quarantine {
    /// Rows taken, and rows quarantined (shared out over the months of their file by its rows).
    rows: HashMap<String, BTreeMap<i32, (f64, f64)>>,
}

impl Quarantine {
    pub(super) fn new(manifests: &BTreeMap<String, Manifest>) -> Self {
        let mut rows: HashMap<String, BTreeMap<i32, (f64, f64)>> = HashMap::new();
        for (name, manifest) in manifests {
            let months = rows.entry(name.clone()).or_default();
            for source in &manifest.sources {
                let of_source = |segment: &&Segment| segment.mapping == source.mapping && segment.source == source.name;
                let taken: u64 = manifest.segments.iter().filter(of_source).map(|segment| segment.rows).sum();
                if taken == 0 {
                    // Nobody knows which months they belong to: they are missing from all.
                    months.entry(i32::MIN).or_default().1 += source.counts.quarantined as f64;
                    continue;
                }
                let share = source.counts.quarantined as f64 / taken as f64;
                for segment in manifest.segments.iter().filter(of_source) {
                    let month = segment.month.parse::<Period>().map_or(i32::MIN, |period| period.start.0);
                    let (known, lost) = months.entry(month).or_default();
                    *known += segment.rows as f64;
                    *lost += segment.rows as f64 * share;
                }
            }
        }
        Quarantine { rows }
    }

    /// Share of a contract's rows of a period that were taken.
    pub(super) fn taken(&self, contract: &str, period: Period) -> f64 {
        let Some(months) = self.rows.get(contract) else { return 1.0 };
        let unplaced = months.get(&i32::MIN).into_iter();
        let (taken, lost) = months
            .range(period.start.0..=period.end().0)
            .map(|(_, rows)| rows)
            .chain(unplaced)
            .fold((0.0, 0.0), |(taken, lost), rows| (taken + rows.0, lost + rows.1));
        if taken + lost > 0.0 { taken / (taken + lost) } else { 1.0 }
    }
}
