//! Counts while declarations are generated. All are whole numbers, so that the order of months does not matter.

use std::collections::BTreeMap;

use crate::calendar::{DAY, civil_date};
use crate::declaration::{Declaration, Flow, Lane};
use crate::planted::{Planted, RANDOM_SHARE};
use crate::sheet::FileTruth;
use crate::truth::{DeclarationTruth, FraudTruth, Minutes, MoneyTruth, SeizureTruth, Truth, rounded};
use crate::world::World;

/// Counts of some months.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub files: BTreeMap<String, FileTruth>,
    pub seizures: BTreeMap<String, SeizureTruth>,
    declarations: DeclarationTruth,
    money: MoneyTruth,
    fraud: FraudTruth,
    random_by_stratum: [(u64, u64); 2],
    processing: BTreeMap<String, Minutes>,
    by_lane: BTreeMap<String, Minutes>,
    release: BTreeMap<String, Minutes>,
    reform: [Minutes; 4],
    bunching: [Minutes; 2],
    moved: u64,
    pair: (u64, u64),
    padding: (u64, u64, u64),
}

impl Tally {
    /// Counts a declaration of month `index` of the plan.
    pub(crate) fn declaration(&mut self, world: &World, planted: &Planted, index: u32, d: &Declaration, as_of: i64) {
        let counts = &mut self.declarations;
        let year = d.year.to_string();
        let released = d.time.released.filter(|&at| at <= as_of);
        counts.all += 1;
        counts.cancelled += u64::from(d.cancelled);
        counts.open += u64::from(!d.cancelled && released.is_none());
        counts.abandoned += u64::from(!d.cancelled && d.time.released.is_none());
        counts.without_arrival += u64::from(d.time.arrival.is_none_or(|at| at > as_of));
        counts.electronic += u64::from(!d.cancelled && !d.paper && !d.paper_processed);
        counts.held += u64::from(d.time.hold.is_some_and(|hold| hold.1 <= as_of));
        counts.rerouted += u64::from(d.time.rerouted.is_some_and(|(at, _)| at <= as_of));
        *counts.by_year.entry(year.clone()).or_default() += 1;
        *counts.by_lane.entry(d.lane.code().to_owned()).or_default() += 1;
        *counts.by_flow.entry(d.flow.code().to_owned()).or_default() += 1;
        *counts.by_office.entry(world.offices[d.office].code.clone()).or_default() += 1;
        self.money.item_value += d.value();
        self.money.exempt +=
            d.items.iter().filter(|item| d.pays() && item.relief).map(|item| item.taxes()).sum::<i64>();
        if let Some(released) = released {
            self.times(planted, index, d, &year, released);
        }
        if d.flow == Flow::Import && d.traffic == "cargo" && !d.cancelled {
            self.fraud.population += 1;
            self.fraud.irregular += u64::from(d.irregular.is_some());
        }
        if d.office == 0 && d.broker == 0 && d.time.assigned.is_some_and(|at| at <= as_of) {
            self.pair.0 += 1;
            self.pair.1 += u64::from(d.inspector == 0);
        }
        self.controls(planted, d);
    }

    fn times(&mut self, planted: &Planted, index: u32, d: &Declaration, year: &str, released: i64) {
        let minutes = released - d.time.lodged;
        for key in [year, "all"] {
            self.processing.entry(key.to_owned()).or_default().add(minutes);
        }
        self.by_lane.entry(d.lane.code().to_owned()).or_default().add(minutes);
        if let Some(arrival) = d.time.arrival {
            for key in [year, "all"] {
                self.release.entry(key.to_owned()).or_default().add(released - arrival);
            }
        }
        if d.lane == Lane::Red {
            let place = usize::from(index >= planted.reform_month)
                + if planted.reform_offices.contains(&d.office) { 0 } else { 2 };
            self.reform[place].add(minutes);
        }
        if d.office == planted.bunching_office {
            self.bunching[0].add(minutes);
            self.bunching[1].add(d.time.honest_release.unwrap_or(released) - d.time.lodged);
            self.moved += u64::from(d.time.honest_release.is_some());
        }
    }

    fn controls(&mut self, planted: &Planted, d: &Declaration) {
        for control in &d.controls {
            self.money.additional += control.additional;
            let hit = u64::from(control.hit);
            match (control.kind, control.selection) {
                ("physical", "risk_profile") => {
                    self.fraud.risk_inspections += 1;
                    self.fraud.risk_hits += hit;
                    if d.office == planted.padding_office && control.agency == "customs" {
                        self.padding.0 += 1;
                        self.padding.1 += hit;
                        self.padding.2 += u64::from(control.invented);
                    }
                }
                ("physical", "random") => {
                    let stratum = &mut self.random_by_stratum[d.random_arm.unwrap_or(0)];
                    stratum.0 += 1;
                    stratum.1 += hit;
                }
                ("pca", _) => {
                    self.fraud.audits += 1;
                    self.fraud.audit_hits += hit;
                }
                _ => {}
            }
        }
    }

    /// Counts a line of the payment files.
    pub(crate) fn line(&mut self, kind: &str, tax: &str, booked: i64, amount: i64) {
        match kind {
            "payment" => {
                let year = civil_date(booked.div_euclid(DAY)).0.to_string();
                self.money.revenue += amount;
                *self.money.revenue_by_year.entry(year).or_default() += amount;
                *self.money.revenue_by_tax.entry(tax.to_owned()).or_default() += amount;
            }
            "refund" => self.money.refunds += amount,
            _ => self.money.debt_lines += 1,
        }
    }

    /// Adds the counts of other months.
    pub(crate) fn merge(&mut self, other: Tally) {
        self.files.extend(other.files);
        for (product, seizure) in other.seizures {
            let sum = self.seizures.entry(product).or_default();
            sum.category = seizure.category;
            sum.count += seizure.count;
            sum.mass_grams += seizure.mass_grams;
            sum.pieces += seizure.pieces;
        }
        merge_declarations(&mut self.declarations, other.declarations);
        let money = &mut self.money;
        money.revenue += other.money.revenue;
        money.refunds += other.money.refunds;
        money.debt_lines += other.money.debt_lines;
        money.item_value += other.money.item_value;
        money.exempt += other.money.exempt;
        money.additional += other.money.additional;
        sum_into(&mut money.revenue_by_year, other.money.revenue_by_year);
        sum_into(&mut money.revenue_by_tax, other.money.revenue_by_tax);
        let fraud = &mut self.fraud;
        fraud.population += other.fraud.population;
        fraud.irregular += other.fraud.irregular;
        fraud.risk_inspections += other.fraud.risk_inspections;
        fraud.risk_hits += other.fraud.risk_hits;
        fraud.audits += other.fraud.audits;
        fraud.audit_hits += other.fraud.audit_hits;
        for (sum, part) in self.random_by_stratum.iter_mut().zip(other.random_by_stratum) {
            sum.0 += part.0;
            sum.1 += part.1;
        }
        for (sums, parts) in [
            (&mut self.processing, &other.processing),
            (&mut self.by_lane, &other.by_lane),
            (&mut self.release, &other.release),
        ] {
            for (key, part) in parts {
                sums.entry(key.clone()).or_default().merge(part);
            }
        }
        for (sum, part) in self.reform.iter_mut().zip(&other.reform) {
            sum.merge(part);
        }
        for (sum, part) in self.bunching.iter_mut().zip(&other.bunching) {
            sum.merge(part);
        }
        self.moved += other.moved;
        self.pair = (self.pair.0 + other.pair.0, self.pair.1 + other.pair.1);
        self.padding.0 += other.padding.0;
        self.padding.1 += other.padding.1;
        self.padding.2 += other.padding.2;
    }

    /// Revenue by year of booking.
    pub(crate) fn revenue_by_year(&self) -> &BTreeMap<String, i64> {
        &self.money.revenue_by_year
    }

    /// Audits closed, all years.
    pub(crate) fn audits(&self) -> u64 {
        self.fraud.audits
    }

    /// Puts the counts into the truth.
    pub(crate) fn into_truth(self, world: &World, truth: &mut Truth) {
        let figures = |map: &BTreeMap<String, Minutes>| map.iter().map(|(k, v)| (k.clone(), v.durations())).collect();
        truth.processing_time = figures(&self.processing);
        truth.processing_time_by_lane = figures(&self.by_lane);
        truth.release_time = figures(&self.release);
        truth.declarations = self.declarations;
        truth.money = self.money;
        truth.seizures = self.seizures;
        let (mut weighted, mut weighted_hits) = (0.0, 0.0);
        let mut fraud = self.fraud;
        for (stratum, (n, hits)) in self.random_by_stratum.into_iter().enumerate() {
            fraud.random_inspections += n;
            fraud.random_hits += hits;
            weighted += n as f64 / RANDOM_SHARE[stratum];
            weighted_hits += hits as f64 / RANDOM_SHARE[stratum];
        }
        fraud.prevalence = rounded(fraud.irregular as f64 / fraud.population.max(1) as f64);
        fraud.random_prevalence = rounded(if weighted > 0.0 { weighted_hits / weighted } else { 0.0 });
        truth.fraud = fraud;
        let [before, after, elsewhere_before, elsewhere_after] = self.reform.map(|minutes| minutes.durations());
        truth.reform.before = before;
        truth.reform.after = after;
        truth.reform.elsewhere_before = elsewhere_before;
        truth.reform.elsewhere_after = elsewhere_after;
        let [booked, honest] = self.bunching.map(|minutes| minutes.durations());
        truth.bunching.booked = booked;
        truth.bunching.honest = honest;
        truth.bunching.moved = self.moved;
        truth.pair.assigned = self.pair.0;
        truth.pair.observed = self.pair.1;
        truth.pair.expected = rounded(self.pair.0 as f64 / f64::from(world.offices[0].inspectors));
        truth.padding.inspections = self.padding.0;
        truth.padding.hits = self.padding.1;
        truth.padding.invented = self.padding.2;
        for (file, counts) in &self.files {
            let table = file.trim_end_matches(".csv").trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
            let sum = truth.tables.entry(table.to_owned()).or_default();
            sum.rows += counts.rows;
            sum.broken_date += counts.broken_date;
            sum.unknown_code += counts.unknown_code;
            sum.negative_amount += counts.negative_amount;
            sum.duplicate_key += counts.duplicate_key;
            sum.column_count += counts.column_count;
        }
        truth.files = self.files;
    }
}

fn sum_into<N: std::ops::AddAssign + Default>(sums: &mut BTreeMap<String, N>, parts: BTreeMap<String, N>) {
    for (key, part) in parts {
        *sums.entry(key).or_default() += part;
    }
}

fn merge_declarations(sum: &mut DeclarationTruth, part: DeclarationTruth) {
    sum.all += part.all;
    sum.cancelled += part.cancelled;
    sum.open += part.open;
    sum.abandoned += part.abandoned;
    sum.without_arrival += part.without_arrival;
    sum.electronic += part.electronic;
    sum.held += part.held;
    sum.rerouted += part.rerouted;
    sum_into(&mut sum.by_year, part.by_year);
    sum_into(&mut sum.by_lane, part.by_lane);
    sum_into(&mut sum.by_flow, part.by_flow);
    sum_into(&mut sum.by_office, part.by_office);
}
