//! Readiness: which KPIs the node's records can answer, at what coverage, and which missing field unlocks most.

use std::collections::{BTreeMap, BTreeSet};

use mizan_ingest::manifest::Manifest;
use mizan_model::framework::Framework;
use mizan_model::kpi::{Aggregate, Anchor, Kpi, Measure, Source};
use serde::Serialize;

use crate::plan::precisions;
use crate::render;

/// A field of a contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FieldName {
    /// Contract name.
    pub contract: String,
    /// Field name.
    pub field: String,
}

impl std::fmt::Display for FieldName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.contract, self.field)
    }
}

/// Whether a KPI can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answerable {
    /// All fields are there.
    Now,
    /// Tables are there, fields are missing.
    FieldsMissing,
    /// A whole table is missing.
    TableMissing,
    /// Entered by people.
    Entered,
}

/// Readiness of one KPI.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KpiReadiness {
    /// KPI id.
    pub kpi: String,
    /// Whether it can be measured.
    pub answerable: Answerable,
    /// Lowest share of rows in which a needed field is filled, and a stamp of a clock fine enough, 0 to 1; only where it can
    /// be measured.
    pub filled: Option<f64>,
    /// Field with that share.
    pub weakest: Option<FieldName>,
    /// Needed fields that no source gives.
    pub missing: Vec<FieldName>,
    /// Needed tables without records.
    pub missing_tables: Vec<String>,
}

/// What a missing field, or a whole table, would unlock.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unlock {
    /// Missing fields that belong together: all of them are needed.
    pub fields: Vec<FieldName>,
    /// KPIs that could then be measured.
    pub kpis: Vec<String>,
}

/// Readiness of a framework on a node.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Readiness {
    /// In the order of the framework.
    pub kpis: Vec<KpiReadiness>,
    /// Best first.
    pub unlocks: Vec<Unlock>,
}

/// Share of rows in which each field of a contract is filled, for fields that some source gives.
fn filled_shares(manifest: &Manifest) -> BTreeMap<&str, f64> {
    let rows = manifest.rows();
    let mut given: BTreeMap<&str, u64> = BTreeMap::new();
    for segment in &manifest.segments {
        for field in segment.mapped_fields.iter().chain(&segment.derived_fields) {
            let empty = segment.null_counts.get(field).copied().unwrap_or(0);
            *given.entry(field).or_default() += segment.rows.saturating_sub(empty);
        }
    }
    given
        .into_iter()
        .filter(|(_, filled)| *filled > 0)
        .map(|(field, filled)| (field, filled as f64 / rows.max(1) as f64))
        .collect()
}

/// Share of rows in which each stamp of a contract is filled and written at least so finely (day, minute, second).
fn fine_shares(manifest: &Manifest) -> BTreeMap<&str, [f64; 3]> {
    let rows = manifest.rows();
    let mut counted: BTreeMap<&str, [u64; 3]> = BTreeMap::new();
    for segment in &manifest.segments {
        for (stamp, counts) in &segment.precisions {
            let sums = counted.entry(stamp).or_default();
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
    }
    let share = |counts: &[u64]| counts.iter().sum::<u64>() as f64 / rows.max(1) as f64;
    counted.into_iter().map(|(stamp, c)| (stamp, [share(&c), share(&c[1..]), share(&c[2..])])).collect()
}

/// How finely the stamps of a KPI's clocks must be written.
fn needed_precisions(kpi: &Kpi, framework: &Framework) -> BTreeMap<FieldName, usize> {
    let mut needed = BTreeMap::new();
    for source in &kpi.sources {
        let (Some(clock), Some(contract)) = (&source.clock, framework.contracts.get(&source.contract)) else {
            continue;
        };
        for (field, code) in precisions(clock, contract) {
            needed.insert(FieldName { contract: source.contract.clone(), field }, usize::try_from(code).unwrap_or(0));
        }
    }
    needed
}

/// Fields that a KPI cannot do without, in order.
pub fn needed_fields(kpi: &Kpi, framework: &Framework) -> BTreeSet<FieldName> {
    let mut needed = BTreeSet::new();
    let mut add = |source: &Source, tree: &sqlparser::ast::Expr| {
        if let Some(contract) = framework.contracts.get(&source.contract) {
            let named = render::fields(tree, contract);
            needed.extend(named.into_iter().map(|field| FieldName { contract: source.contract.clone(), field }));
        }
    };
    for source in &kpi.sources {
        if let Some(filter) = &source.filter {
            add(source, &filter.tree);
        }
        if let Anchor::Period(anchor) = &source.anchor {
            add(source, &anchor.tree);
        }
        if let Some(clock) = &source.clock {
            add(source, &clock.start.tree);
            add(source, &clock.stop.tree);
        }
    }
    for aggregate in aggregates(&kpi.measure) {
        add(&kpi.sources[aggregate.source], &aggregate.expression.tree);
    }
    for source in &kpi.sources {
        let name = |field: &String| FieldName { contract: source.contract.clone(), field: field.clone() };
        if let Anchor::PeriodEnd { from, .. } = &source.anchor {
            needed.insert(name(from));
        }
        needed.extend(source.clock.iter().flat_map(|clock| &clock.requires).map(name));
    }
    needed
}

fn aggregates(measure: &Measure) -> Vec<&Aggregate> {
    match measure {
        Measure::Quotient { numerator, denominator } => vec![numerator, denominator],
        Measure::Single(of) | Measure::Change { of, .. } => vec![of],
        Measure::Parts { parts, .. } => parts.iter().map(|(_, aggregate)| aggregate).collect(),
        Measure::Kpis { .. } | Measure::Entered => Vec::new(),
    }
}

/// Works out readiness from the manifests of the node, by contract name.
pub fn readiness(framework: &Framework, manifests: &BTreeMap<String, Manifest>) -> Readiness {
    let shares: BTreeMap<&str, BTreeMap<&str, f64>> = manifests
        .iter()
        .filter(|(_, manifest)| manifest.rows() > 0)
        .map(|(name, manifest)| (name.as_str(), filled_shares(manifest)))
        .collect();
    let fine: BTreeMap<&str, BTreeMap<&str, [f64; 3]>> =
        manifests.iter().map(|(name, manifest)| (name.as_str(), fine_shares(manifest))).collect();
    let mut kpis: Vec<KpiReadiness> = framework.kpis.iter().map(|kpi| of_kpi(kpi, framework, &shares, &fine)).collect();
    // An index over other KPIs is as ready as the least ready of them.
    for (index, kpi) in framework.kpis.iter().enumerate() {
        if let Measure::Kpis { of, .. } = &kpi.measure {
            let members: Vec<KpiReadiness> =
                kpis.iter().filter(|known| of.iter().any(|(_, id)| *id == known.kpi)).cloned().collect();
            kpis[index] = of_members(&kpi.id, &members);
        }
    }
    let unlocks = unlocks(&kpis);
    Readiness { kpis, unlocks }
}

fn of_kpi(
    kpi: &Kpi,
    framework: &Framework,
    shares: &BTreeMap<&str, BTreeMap<&str, f64>>,
    fine: &BTreeMap<&str, BTreeMap<&str, [f64; 3]>>,
) -> KpiReadiness {
    let precisions = needed_precisions(kpi, framework);
    let mut ready = KpiReadiness {
        kpi: kpi.id.clone(),
        answerable: Answerable::Now,
        filled: None,
        weakest: None,
        missing: Vec::new(),
        missing_tables: Vec::new(),
    };
    if matches!(kpi.measure, Measure::Entered) {
        ready.answerable = Answerable::Entered;
        return ready;
    }
    for source in &kpi.sources {
        if !shares.contains_key(source.contract.as_str()) && !ready.missing_tables.contains(&source.contract) {
            ready.missing_tables.push(source.contract.clone());
        }
    }
    for needed in needed_fields(kpi, framework) {
        let Some(fields) = shares.get(needed.contract.as_str()) else {
            ready.missing.push(needed);
            continue;
        };
        let fine_enough = || {
            let code = precisions.get(&needed)?;
            fine.get(needed.contract.as_str())?.get(needed.field.as_str())?.get(*code).copied()
        };
        match fields.get(needed.field.as_str()).map(|&filled| fine_enough().map_or(filled, |fine| fine.min(filled))) {
            None => ready.missing.push(needed),
            Some(share) if ready.filled.is_none_or(|lowest| share < lowest) => {
                ready.filled = Some(share);
                ready.weakest = Some(needed);
            }
            Some(_) => {}
        }
    }
    ready.answerable = match (ready.missing_tables.is_empty(), ready.missing.is_empty()) {
        (false, _) => Answerable::TableMissing,
        (true, false) => Answerable::FieldsMissing,
        (true, true) => Answerable::Now,
    };
    if ready.answerable != Answerable::Now {
        (ready.filled, ready.weakest) = (None, None);
    }
    ready
}

fn of_members(id: &str, members: &[KpiReadiness]) -> KpiReadiness {
    let rank = |answerable| match answerable {
        Answerable::Now => 0,
        Answerable::FieldsMissing => 1,
        Answerable::TableMissing => 2,
        Answerable::Entered => 3,
    };
    let worst = members.iter().max_by_key(|member| rank(member.answerable));
    let weakest = members
        .iter()
        .filter(|m| m.filled.is_some())
        .min_by(|a, b| a.filled.unwrap_or(1.0).total_cmp(&b.filled.unwrap_or(1.0)));
    let missing: BTreeSet<FieldName> = members.iter().flat_map(|m| m.missing.clone()).collect();
    let tables: BTreeSet<String> = members.iter().flat_map(|m| m.missing_tables.clone()).collect();
    KpiReadiness {
        kpi: id.to_owned(),
        answerable: worst.map_or(Answerable::TableMissing, |member| member.answerable),
        filled: weakest.and_then(|member| member.filled),
        weakest: weakest.and_then(|member| member.weakest.clone()),
        missing: missing.into_iter().collect(),
        missing_tables: tables.into_iter().collect(),
    }
}

/// Sets of fields that unlock KPIs: for each distinct set of missing fields, all KPIs that need no more than it.
fn unlocks(kpis: &[KpiReadiness]) -> Vec<Unlock> {
    let blocked = |kpi: &&KpiReadiness| {
        matches!(kpi.answerable, Answerable::FieldsMissing | Answerable::TableMissing) && !kpi.missing.is_empty()
    };
    let sets: BTreeSet<&Vec<FieldName>> = kpis.iter().filter(blocked).map(|kpi| &kpi.missing).collect();
    let mut unlocks: Vec<Unlock> = sets
        .into_iter()
        .map(|fields| Unlock {
            fields: fields.clone(),
            kpis: kpis
                .iter()
                .filter(blocked)
                .filter(|kpi| kpi.missing.iter().all(|field| fields.contains(field)))
                .map(|kpi| kpi.kpi.clone())
                .collect(),
        })
        .collect();
    // Most KPIs for each field that must be asked for comes first.
    unlocks.sort_by(|a, b| {
        let gain = |unlock: &Unlock| unlock.kpis.len() as f64 / unlock.fields.len() as f64;
        gain(b).total_cmp(&gain(a)).then_with(|| b.kpis.len().cmp(&a.kpis.len())).then_with(|| a.fields.cmp(&b.fields))
    });
    unlocks
}
