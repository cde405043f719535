//! What the person asks for: KPIs, periods, breakdowns, sizes of memory.

use std::collections::BTreeSet;

use mizan_measure::rollup::Split;
use mizan_model::framework::Framework;
use mizan_model::kpi::Kpi;
use mizan_model::period::{Grain, Period};
use mizan_model::source::nearest;
use mizan_text::Text;

use crate::failure::{Exit, Failure};

/// KPI ids that a selection names, in the order of the framework; `None`: no selection was given.
///
/// Terms are separated by commas and join: `kpi:TF-13`, `dimension:tf`, `outcome:tf.faster-release`, or the id alone.
pub fn kpis(terms: &[String], framework: &Framework, text: &Text) -> Result<Option<Vec<String>>, Failure> {
    let given = !terms.is_empty();
    let terms: Vec<&str> =
        terms.iter().flat_map(|term| term.split(',')).map(str::trim).filter(|t| !t.is_empty()).collect();
    if terms.is_empty() {
        return if given { Err(says_nothing("--select")) } else { Ok(None) };
    }
    let mut chosen = vec![false; framework.kpis.len()];
    for term in terms {
        let (kind, value) = term.split_once(':').unwrap_or(("kpi", term));
        let fits: Box<dyn Fn(&Kpi) -> bool> = match kind {
            "kpi" => Box::new(move |kpi| kpi.id.eq_ignore_ascii_case(value)),
            "dimension" => Box::new(move |kpi| kpi.dimension == value),
            "outcome" => Box::new(move |kpi| kpi.outcome == value),
            "kind" => Box::new(move |kpi| kpi.kind.as_str() == value),
            "status" => Box::new(move |kpi| kpi.status.as_str() == value),
            _ => {
                return Err(Failure::usage(format!("`{kind}:` is not a kind of selection"))
                    .help("possible are: kpi, dimension, outcome, kind, status"));
            }
        };
        let mut any = false;
        for (position, kpi) in framework.kpis.iter().enumerate() {
            if fits(kpi) {
                (chosen[position], any) = (true, true);
            }
        }
        if !any {
            return Err(if kind == "kpi" { unknown_kpi(value, framework, text) } else { empty(term, kind, framework) });
        }
    }
    Ok(Some(framework.kpis.iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(kpi, _)| kpi.id.clone()).collect()))
}

/// The error for an option without a word in it: it must not mean everything.
fn says_nothing(option: &str) -> Failure {
    Failure::usage(format!("`{option}` is empty")).help("name something, or leave the option out")
}

/// The error for a KPI that is not there.
pub fn unknown_kpi(id: &str, framework: &Framework, text: &Text) -> Failure {
    let failure = Failure::translated(Exit::Usage, "U0003", text.messages.error_unknown_kpi(id));
    match nearest(id, framework.kpis.iter().map(|kpi| kpi.id.as_str())) {
        Some(near) => failure.help(text.messages.error_did_you_mean(near)),
        None => failure,
    }
}

fn empty(term: &str, kind: &str, framework: &Framework) -> Failure {
    let names: Vec<&str> = match kind {
        "dimension" => framework.dimensions.iter().map(|d| d.id.as_str()).collect(),
        "outcome" => framework.outcomes.iter().map(|o| o.id.as_str()).take(6).collect(),
        _ => Vec::new(),
    };
    let failure = Failure::new(Exit::Usage, "U0004", format!("no KPI fits `{term}`"));
    if names.is_empty() { failure } else { failure.help(format!("there are: {}", names.join(", "))) }
}

/// Periods: `2025`, `2025-Q2`, `FY2025` (with the node's fiscal year), or months from one to another, `2025-01..2025-06`.
pub fn periods(terms: &[String], fiscal_start: u32, text: &Text) -> Result<Vec<Period>, Failure> {
    let mut periods = Vec::new();
    for term in terms.iter().flat_map(|term| term.split(',')).map(str::trim).filter(|t| !t.is_empty()) {
        let wrong = || Failure::translated(Exit::Usage, "U0005", text.messages.error_unknown_period(term));
        match term.split_once("..") {
            None => periods.push(period(term, fiscal_start).ok_or_else(wrong)?),
            Some((first, last)) => {
                let first = period(first, fiscal_start).ok_or_else(wrong)?;
                let last = period(last, fiscal_start).ok_or_else(wrong)?;
                if first.grain != last.grain || last.start < first.start {
                    return Err(wrong());
                }
                let step = first.grain.months();
                let mut next = first;
                while next.start <= last.start {
                    periods.push(next);
                    next = next.shift(step);
                }
            }
        }
    }
    if periods.is_empty() && !terms.is_empty() {
        return Err(says_nothing("--period"));
    }
    let mut seen = BTreeSet::new();
    periods.retain(|period| seen.insert(*period));
    Ok(periods)
}

fn period(text: &str, fiscal_start: u32) -> Option<Period> {
    match text.strip_prefix("FY") {
        Some(year) => match year.parse::<Period>() {
            Ok(period) if period.grain == Grain::Year && fiscal_start > 1 => {
                Some(Period::fiscal_year(period.start.year(), fiscal_start))
            }
            _ => None,
        },
        None => text.parse().ok(),
    }
}

/// Lengths of periods: `month,quarter,half,year`.
pub fn grains(terms: &[String]) -> Result<Vec<Grain>, Failure> {
    let mut grains = Vec::new();
    for term in terms.iter().flat_map(|term| term.split(',')).map(str::trim).filter(|t| !t.is_empty()) {
        grains.push(match term {
            "month" => Grain::Month,
            "quarter" => Grain::Quarter,
            "half" => Grain::Half,
            "year" => Grain::Year,
            _ => {
                let failure = Failure::usage(format!("`{term}` is not a length of a period"));
                return Err(failure.help("possible are: month, quarter, half, year"));
            }
        });
    }
    grains.sort_unstable();
    grains.dedup();
    Ok(if grains.is_empty() { Grain::ALL.to_vec() } else { grains })
}

/// Breakdowns: `office,mode` is one after the other, `office+mode` crossed. At least one of the chosen KPIs must have
/// each; `None` stands for all KPIs.
pub fn breakdowns(
    terms: &[String],
    kpis: Option<&[String]>,
    framework: &Framework,
    text: &Text,
) -> Result<Option<Vec<Split>>, Failure> {
    let given = !terms.is_empty();
    let terms: Vec<&str> =
        terms.iter().flat_map(|term| term.split(',')).map(str::trim).filter(|t| !t.is_empty()).collect();
    if terms.is_empty() {
        return if given { Err(says_nothing("--by")) } else { Ok(None) };
    }
    let known = crate::observations::breakdown_names(framework);
    let mut splits = Vec::new();
    for term in terms {
        let mut split: Split = Vec::new();
        for name in term.split('+').map(str::trim) {
            if !known.iter().any(|known| known == name) {
                let failure = Failure::translated(
                    Exit::Usage,
                    "U0006",
                    text.messages.error_unknown_breakdown(name, &known.join(", ")),
                );
                return Err(match nearest(name, known.iter().map(String::as_str)) {
                    Some(near) => failure.help(text.messages.error_did_you_mean(near)),
                    None => failure,
                });
            }
            split.push(name.to_owned());
        }
        split.sort();
        split.dedup();
        let chosen = || framework.kpis.iter().filter(|kpi| kpis.is_none_or(|ids| ids.contains(&kpi.id)));
        let names_of = |kpi: &Kpi| kpi.breakdowns.iter().flat_map(|b| &b.by).cloned().collect::<BTreeSet<String>>();
        if !chosen().any(|kpi| split.iter().all(|name| names_of(kpi).contains(name))) {
            let there: BTreeSet<String> = chosen().flat_map(names_of).collect();
            let there = if there.is_empty() {
                mizan_text::DASH.to_owned()
            } else {
                there.into_iter().collect::<Vec<_>>().join(", ")
            };
            return Err(Failure::translated(Exit::Usage, "U0006", text.messages.error_unknown_breakdown(term, &there)));
        }
        splits.push(split);
    }
    let mut seen = BTreeSet::new();
    splits.retain(|split| seen.insert(split.clone()));
    Ok(Some(splits))
}

/// A size of memory: `2GB`, `512 MB`, `1.5g`, or bytes. Units are of 1000.
pub fn memory(text: &str) -> Result<usize, String> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number: f64 = text[..digits].parse().map_err(|_| format!("`{text}` is not a size; write `2GB`"))?;
    let factor = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "k" | "kb" => 1e3,
        "m" | "mb" => 1e6,
        "g" | "gb" => 1e9,
        "t" | "tb" => 1e12,
        unit => return Err(format!("`{unit}` is not a unit of size; write `2GB` or `512MB`")),
    };
    let bytes = number * factor;
    if bytes < 64e6 {
        return Err(format!("`{text}` is too small; allow at least `64MB`"));
    }
    Ok(bytes as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> Text {
        Text::for_terminal(mizan_text::Locale::ENGLISH)
    }

    #[test]
    fn sizes() {
        assert_eq!(memory("2GB"), Ok(2_000_000_000));
        assert_eq!(memory("1.5 g"), Ok(1_500_000_000));
        assert_eq!(memory("640mb"), Ok(640_000_000));
        assert!(memory("2XB").is_err() && memory("GB").is_err() && memory("1kb").is_err());
    }

    #[test]
    fn ranges_of_periods() {
        let shown = |term: &str| {
            let periods = periods(&[term.to_owned()], 7, &text()).unwrap();
            periods.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(shown("2024-11..2025-01"), ["2024-11", "2024-12", "2025-01"]);
        assert_eq!(shown("2024,2025-Q1"), ["2024", "2025-Q1"]);
        assert_eq!(shown("FY2024"), ["FY2024"]);
        assert!(periods(&["2025-02..2025-01".to_owned()], 1, &text()).is_err());
        assert!(periods(&["FY2024".to_owned()], 1, &text()).is_err());
        assert!(periods(&["2025-13".to_owned()], 1, &text()).is_err());
    }

    #[test]
    fn a_breakdown_belongs_to_a_chosen_kpi() {
        let framework = Framework::from_files(crate::embedded::framework()).value.unwrap();
        let by = |names: &str, kpis: Option<&[String]>| breakdowns(&[names.to_owned()], kpis, &framework, &text());
        let without = framework.kpis.iter().find(|kpi| kpi.breakdowns.is_empty()).unwrap().id.clone();
        assert!(by("office", None).is_ok() && by("nonsense", None).is_err() && by("", None).is_err());
        assert_eq!(by("office", Some(std::slice::from_ref(&without))).unwrap_err().findings[0].code, "U0006");
    }

    #[test]
    fn an_empty_selection_is_wrong_usage() {
        let framework = Framework::from_files(crate::embedded::framework()).value.unwrap();
        assert_eq!(kpis(&[], &framework, &text()).unwrap(), None);
        assert_eq!(kpis(&[" ,".to_owned()], &framework, &text()).unwrap_err().exit, Exit::Usage);
        assert!(periods(&[String::new()], 1, &text()).is_err());
    }

    #[test]
    fn grains_default_to_all() {
        assert_eq!(grains(&[]).unwrap(), Grain::ALL);
        assert_eq!(grains(&["year,month".to_owned()]).unwrap(), [Grain::Month, Grain::Year]);
        assert!(grains(&["week".to_owned()]).is_err());
    }
}
