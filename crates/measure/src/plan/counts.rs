//! Which counts a query takes, and which follow from them.
//!
//! Every record of a population with a clock is usable, pending or unusable, so that one of the counts follows from the
//! others. What is not asked of each record costs nothing, and fewer conditions make fewer patterns: see `part_flags`.

use std::collections::HashMap;

use mizan_model::expression::parts::PartKind;
use mizan_model::kpi::Pending;

use super::sources::{Classes, SourceColumns};
use super::{PlannedPart, Scan};

/// The counts of some parts of a scan.
#[derive(Debug)]
pub struct Counts<'a> {
    /// Conditions that are counted, each once.
    pub measured: Vec<&'a str>,
    /// Conditions whose counts follow: a sum of other counts, taken so many times.
    following: HashMap<&'a str, Vec<(&'a str, i64)>>,
}

impl<'a> Counts<'a> {
    /// The measured counts, by number, of which the count of a condition is the sum, each taken so many times.
    pub fn sum(&self, condition: &str) -> Vec<(usize, i64)> {
        if let Some(number) = self.measured.iter().position(|measured| *measured == condition) {
            return vec![(number, 1)];
        }
        let terms = self.following.get(condition);
        debug_assert!(terms.is_some(), "`{condition}` is not among the counts");
        let terms = terms.into_iter().flatten();
        terms
            .flat_map(|(term, times)| self.sum(term).into_iter().map(move |(n, of_term)| (n, of_term * times)))
            .collect()
    }

    fn find(&self, condition: &str) -> Option<&'a str> {
        self.measured.iter().copied().find(|measured| *measured == condition)
    }

    /// Does without measuring a condition, if all terms of its sum are measured.
    fn follow(&mut self, condition: &str, terms: &[(&str, i64)]) {
        let Some(place) = self.measured.iter().position(|measured| *measured == condition) else { return };
        let condition = self.measured.remove(place);
        match terms.iter().map(|(term, times)| Some((self.find(term)?, *times))).collect() {
            Some(terms) => drop(self.following.insert(condition, terms)),
            None => self.measured.insert(place, condition),
        }
    }
}

impl Classes {
    /// The population is the sum of its classes; what that leaves to ask is asked.
    fn follow(&self, counts: &mut Counts<'_>) {
        let Classes { population, usable, pending, unusable, base, rule } = self;
        let of_population = |usable| [(population.as_str(), 1), (usable, -1), (unusable.as_str(), -1)];
        counts.follow(pending, &of_population(usable));
        match rule {
            Pending::Exclude => {
                counts.follow(base, &[(usable, 1)]);
                counts.follow(pending, &of_population(base));
            }
            Pending::NotMet | Pending::Censored => {
                counts.follow(base, &[(population, 1), (unusable, -1)]);
                counts.follow(base, &[(usable, 1), (pending, 1)]);
            }
        }
    }
}

impl Scan {
    /// How some of the scan's counts are taken. Several parts may count the same.
    pub fn counts<'a>(&self, parts: &'a [PlannedPart]) -> Counts<'a> {
        let mut counts = Counts { measured: Vec::new(), following: HashMap::new() };
        for part in parts.iter().filter(|part| part.kind == PartKind::Count) {
            if !counts.measured.contains(&part.sql.as_str()) {
                counts.measured.push(&part.sql);
            }
        }
        for classes in self.sources.iter().filter_map(SourceColumns::classes) {
            classes.follow(&mut counts);
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in the query for three usable, five pending and seven unusable records.
    const NAMES: [&str; 5] = ["w", "y", "p", "x", "u"];

    fn check(rule: Pending, wanted: &[&'static str], measured: Option<&[&str]>) {
        let [population, usable, pending, unusable, base] = NAMES.map(str::to_owned);
        let classes = Classes { population, usable, pending, unusable, base, rule };
        let mut counts = Counts { measured: wanted.to_vec(), following: HashMap::new() };
        classes.follow(&mut counts);
        classes.follow(&mut counts);
        let truth = |name: &str| match (name, rule) {
            ("w", _) => 15,
            ("y", _) | ("u", Pending::Exclude) => 3,
            ("p", _) => 5,
            ("x", _) => 7,
            _ => 8,
        };
        for name in wanted {
            let sum: i64 = counts.sum(name).iter().map(|&(number, times)| times * truth(counts.measured[number])).sum();
            assert_eq!(sum, truth(name), "{name} of {wanted:?}, {rule:?}: {counts:?}");
        }
        if let Some(measured) = measured {
            assert_eq!(counts.measured, measured);
        }
    }

    #[test]
    fn counts_follow_from_whatever_is_asked_for() {
        for rule in [Pending::Exclude, Pending::NotMet, Pending::Censored] {
            for set in 0..1 << NAMES.len() {
                let wanted: Vec<&str> =
                    NAMES.iter().enumerate().filter(|(n, _)| set >> n & 1 == 1).map(|(_, name)| *name).collect();
                check(rule, &wanted, None);
            }
        }
        check(Pending::Exclude, &NAMES, Some(&["w", "y", "x"]));
        check(Pending::Exclude, &["w", "p", "x", "u"], Some(&["w", "x", "u"]));
        check(Pending::NotMet, &NAMES, Some(&["w", "y", "x"]));
        check(Pending::NotMet, &["y", "p", "u"], Some(&["y", "p"]));
        check(Pending::Censored, &["x", "p"], Some(&["x", "p"]));
    }
}
