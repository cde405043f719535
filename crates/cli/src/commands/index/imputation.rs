//! How wrong an imputation would have been where the truth is known.

use mizan_index::chain::{Chain, Outcome};
use mizan_index::codes;
use mizan_index::impute::{LeaveOutError, leave_out_error};
use mizan_index::recipe::{ImputeMethod, Step};

use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::output::{Cell, Table};

/// Leave-out errors by position of the step in the outcome; none for a step that imputes nothing.
pub type Errors = Vec<(usize, Vec<LeaveOutError>)>;

/// Blanks and fills observed cells of each indicator with gaps, as each step `impute` of the recipe would.
///
/// Unless `all` are asked for, methods that are slow to come to an end are left out.
pub fn errors(chain: &Chain, outcome: &Outcome, all: bool, session: &Session<'_>) -> Errors {
    let mut found = Vec::new();
    for (at, step) in chain.recipe.steps.iter().enumerate() {
        let Step::Impute(step) = step else { continue };
        let (Some(before), true) = (outcome.steps.get(at), step.method != ImputeMethod::None) else { continue };
        if !all && matches!(step.method, ImputeMethod::Em | ImputeMethod::Multiple) {
            continue;
        }
        let data = &before.state.data;
        let gaps = data.values.column_iter().filter(|column| column.iter().any(|value| value.is_nan())).count();
        if gaps == 0 {
            continue;
        }
        let title = session.text.messages.imputation_progress();
        let phase = session.report.phase("imputation", &title, gaps as u64, session.text);
        found.push((at + 1, leave_out_error(data, &chain.structure, step, &mut |_| phase.inc(1))));
        phase.finish();
    }
    found
}

/// One row an indicator with gaps and step; of several steps `impute`, each sees what those before left missing.
pub fn table(chain: &Chain, outcome: &Outcome, errors: &Errors) -> Result<Table, Failure> {
    if !chain.recipe.steps.iter().any(|step| matches!(step, Step::Impute(_))) {
        return Err(Failure::new(Exit::Definition, codes::NO_EFFECT, "the recipe has no step `impute`")
            .help("add `[[step]]` with `impute = { method = \"mean\" }`, or ask for `--what scores`"));
    }
    let mut table = Table::new(&["step", "code", "missing", "filled", "tested", "rmse", "mae", "r2"]);
    for &(at, ref errors) in errors {
        let before = &outcome.steps[at - 1].state.data;
        let after = &outcome.steps[at].state.data;
        for error in errors {
            let Some(column) = before.indicators.iter().position(|code| *code == error.indicator) else { continue };
            let missing =
                |values: &nalgebra::DMatrix<f64>| values.column(column).iter().filter(|value| value.is_nan()).count();
            let gaps = missing(&before.values);
            let number = |value: f64| Cell::Number(value.is_finite().then_some(value));
            table.rows.push(vec![
                (at + 1).into(),
                error.indicator.as_str().into(),
                gaps.into(),
                gaps.saturating_sub(missing(&after.values)).into(),
                error.n.into(),
                number(error.rmse),
                number(error.mae),
                number(error.r2),
            ]);
        }
    }
    Ok(table)
}
