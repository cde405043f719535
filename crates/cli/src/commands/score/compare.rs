//! `mizan compare`: an administration beside the range of its peers.

use mizan_index::score::{MIN_PEERS, Rule, Scored};
use mizan_model::kpi::Direction;

use super::{cases, edition, peers, unknown_area};
use crate::arguments::{CompareArguments, OutputArguments};
use crate::commands::{Session, framework, local, never_over};
use crate::failure::{Exit, Failure};
use crate::node::read_framework;
use crate::output::{Cell, Table};

/// Column of the reason; the status and the edition follow.
const MISSING: usize = 10;

/// Compares KPI by KPI; a value that is not compared keeps its row, with the reason.
pub fn compare(arguments: &CompareArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let read = arguments.files.iter().chain(&arguments.peers).map(std::path::PathBuf::as_path);
    never_over(&[arguments.output.out.as_deref()], read)?;
    let framework = read_framework(framework::files(arguments.framework.as_deref(), session)?, session.text)?.framework;
    let (_, observations) = cases::read(&arguments.files, session)?;
    let year = cases::year(&observations, arguments.year)?;
    cases::known_columns(&observations, &framework)?;
    let groups = peers::read(arguments.peers.as_deref())?;
    if !observations.iter().any(|o| o.area == arguments.area) {
        return Err(unknown_area(&arguments.area));
    }
    let mut table = Table::new(&[
        "dimension",
        "kpi",
        "name",
        "period",
        "value",
        "peers_median",
        "peers_lower",
        "peers_upper",
        "percentile",
        "n",
        "missing",
        "status",
        "edition",
    ]);
    let edition = edition(&framework);
    let by_kpi = cases::by_kpi(&observations);
    for kpi in &framework.kpis {
        let Some(own) = by_kpi.get(kpi.id.as_str()) else { continue };
        let peers = groups.of(kpi)?;
        let found = cases::of_kpi(kpi, own, year, &peers);
        let Some(place) = found.iter().position(|found| found.area == arguments.area) else { continue };
        let own = &found[place];
        let cases: Vec<_> = found.iter().filter_map(|found| found.case.clone().ok()).collect();
        // Where nothing is better, the share of those below is all that a percentile says.
        let direction = if kpi.direction == Direction::Lower { -1.0 } else { 1.0 };
        let compared = match (&own.case, &peers) {
            (Err(why), _) => Err(*why),
            (Ok(_), peers::Peers::Unknown) => Err("no_group"),
            (Ok(case), _) => {
                let before = found[..place].iter().filter(|found| found.case.is_ok()).count();
                let mut scored = Rule::Percentile.score(direction, &cases);
                let Scored { score, n, missing, .. } = scored.swap_remove(before);
                let mut values: Vec<f64> =
                    cases.iter().filter(|other| other.group == case.group).map(|other| other.value).collect();
                values.sort_by(f64::total_cmp);
                Ok((score, n, missing, values))
            }
        };
        let (percentile, n, missing, values) = compared.unwrap_or_else(|why| (None, 0, Some(why), Vec::new()));
        let quantile = |share: f64| {
            // Fewer than five peers would show single values.
            (values.len() >= MIN_PEERS).then(|| mizan_stats::shape::quantile_linear(&values, share)).flatten()
        };
        let key = format!("{}.short", kpi.id);
        let name = local(&framework, &key, session.text).text.to_owned();
        table.rows.push(vec![
            kpi.dimension.as_str().into(),
            kpi.id.as_str().into(),
            name.into(),
            year.to_string().into(),
            own.value.into(),
            quantile(0.5).into(),
            quantile(0.25).into(),
            quantile(0.75).into(),
            Cell::Number(percentile),
            n.into(),
            missing.unwrap_or_default().into(),
            own.status.into(),
            edition.as_str().into(),
        ]);
    }
    if table.rows.is_empty() {
        let message = format!("no row of `{}` is the total of a KPI of the framework in {year}", arguments.area);
        return Err(Failure::new(Exit::Input, mizan_index::codes::EMPTY_TABLE, message)
            .help("name another year, or give the framework that it was measured with"));
    }
    let mut table = table.for_readers(session.text);
    // People read the edition once, under the table.
    table.heads = table.columns[..MISSING + 2].to_vec();
    for row in &mut table.shown {
        row.truncate(MISSING + 2);
        row[MISSING] = session.text.messages.score_missing(&row[MISSING]).unwrap_or_default();
        row[MISSING + 1] = session.text.messages.status_label(&row[MISSING + 1]).unwrap_or_default();
    }
    table.note = Some(session.text.messages.score_edition(&edition));
    let OutputArguments { format, out } = &arguments.output;
    table.write(*format, out.as_deref())?;
    Ok(Exit::Done)
}
