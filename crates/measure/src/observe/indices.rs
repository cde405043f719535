//! Indices over other KPIs.

use std::collections::HashMap;

use mizan_model::framework::Framework;
use mizan_model::kpi::Kpi;
use mizan_model::observation::{EngineStatus, Observation};
use smol_str::SmolStr;

use super::{Scope, Words};
use crate::plan::{Formula, Plan, PlannedKpi};
use crate::value;

/// Whether a KPI is made from other KPIs.
pub(super) fn is_index(planned: &PlannedKpi) -> bool {
    matches!(planned.formula, Formula::Kpis { .. })
}

/// Adds the indices of a plan to the observations of its other KPIs: each after its members, wherever they stand in the
/// framework. (Indices that are made of each other were refused when the framework was read.)
pub(super) fn add(framework: &Framework, plan: &Plan, scope: &Scope<'_>, observations: &mut Vec<Observation>) {
    let id = |planned: &PlannedKpi| framework.kpis[planned.kpi].id.as_str();
    let mut waiting: Vec<&PlannedKpi> = plan.kpis.iter().filter(|planned| is_index(planned)).collect();
    loop {
        let is_ready = |planned: &&PlannedKpi| match &planned.formula {
            Formula::Kpis { of, .. } => !waiting.iter().any(|other| of.iter().any(|(_, member)| member == id(other))),
            _ => false,
        };
        let (ready, others): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(is_ready);
        if ready.is_empty() {
            return;
        }
        for planned in ready {
            if let Formula::Kpis { of, value } = &planned.formula {
                let made = over_kpis(&framework.kpis[planned.kpi], of, value, observations, scope);
                observations.extend(made);
            }
        }
        waiting = others;
    }
}

/// What tells an observation of a run apart: KPI, period and breakdown.
type Key<'a> = (&'a str, &'a str, &'a [(SmolStr, SmolStr)]);

/// An index over other KPIs, wherever all of them have a value.
fn over_kpis(
    kpi: &Kpi,
    of: &[(String, String)],
    value: &sqlparser::ast::Expr,
    known: &[Observation],
    scope: &Scope<'_>,
) -> Vec<Observation> {
    let Some((_, first)) = of.first() else { return Vec::new() };
    let members: HashMap<Key<'_>, &Observation> = known
        .iter()
        .filter(|o| of.iter().any(|(_, id)| *id == o.kpi))
        .map(|o| ((o.kpi.as_str(), o.period.as_str(), o.breakdown.as_slice()), o))
        .collect();
    let find =
        |id: &str, like: &Observation| members.get(&(id, like.period.as_str(), like.breakdown.as_slice())).copied();
    let words = Words::new(kpi, scope.area, scope.run);
    let allowed: Vec<&String> = kpi.breakdowns.iter().flat_map(|b| &b.by).collect();
    known
        .iter()
        .filter(|o| o.kpi == *first && o.breakdown.iter().all(|(name, _)| allowed.iter().any(|known| *known == name)))
        .filter_map(|like| {
            let members: Vec<&Observation> = of.iter().map(|(_, id)| find(id, like)).collect::<Option<_>>()?;
            let number = |name: &str| {
                let position = of.iter().position(|(known, _)| known == name)?;
                members[position].value
            };
            let result = value::over_numbers(value, &number).filter(|value| value.is_finite());
            let not_ok = members.iter().map(|m| m.status).find(|status| *status != EngineStatus::Ok);
            let coverage = members.iter().filter_map(|m| m.coverage).reduce(f64::min);
            Some(Observation {
                kpi: words.kpi.clone(),
                area: words.area.clone(),
                value: result,
                numerator: None,
                denominator: None,
                n: members.iter().map(|m| m.n).min().unwrap_or(0),
                lower: None,
                upper: None,
                unit: SmolStr::new_static(kpi.unit.as_str()),
                coverage,
                status: not_ok.unwrap_or(if result.is_some() { EngineStatus::Ok } else { EngineStatus::Undefined }),
                definition: words.definition.clone(),
                run: words.run.clone(),
                ..like.clone()
            })
        })
        .collect()
}
