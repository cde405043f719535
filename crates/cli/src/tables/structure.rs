//! The structure of an index: COINr's `iMeta`.

use std::collections::BTreeMap;
use std::path::Path;

use mizan_index::codes;
use mizan_index::structure::{Element, ElementKind};
use mizan_model::diagnostic::Diagnostic;

use super::Sheet;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;

/// Columns with a meaning of their own; all others that hold numbers are parameters of the indicator.
const OWN: [&str; 10] =
    ["Level", "iCode", "iName", "Direction", "Weight", "Unit", "Target", "Denominator", "Parent", "Type"];
/// Other names of parameters.
const ALIASES: [(&str, &str); 2] = [("goalpost_lower", "floor"), ("goalpost_upper", "ceiling")];

/// Reads the lines of a structure: `iCode`, `Type`, and where they are there `iName`, `Level`, `Parent`, `Weight`,
/// `Direction`, `Unit`, `Target`, `Denominator`; further columns of numbers (`floor`, `ceiling`) are parameters.
///
/// Without a column `Weight` all weights are 1; with it, each indicator and aggregate needs one.
///
/// # Errors
/// What cannot be read, with its place.
pub fn read_structure(path: &Path) -> Result<Vec<Element>, Failure> {
    let sheet = Sheet::read(path)?;
    let code = sheet.needed("iCode")?;
    let kind = sheet.needed("Type")?;
    let column = |name: &str| sheet.column(name);
    let further: Vec<(usize, String)> = sheet
        .columns
        .iter()
        .enumerate()
        .filter(|(_, name)| !OWN.contains(&name.as_str()))
        .map(|(at, name)| (at, parameter_name(name)))
        .collect();
    let mut elements = Vec::with_capacity(sheet.rows.len());
    for row in 0..sheet.rows.len() {
        let text = |at: Option<usize>| at.and_then(|at| sheet.text(row, at));
        let number = |at: Option<usize>| at.map_or(Ok(None), |at| sheet.number(row, at));
        let code = sheet.code(row, code).ok_or_else(|| wrong(&sheet, row, "the line has no `iCode`"))?;
        let word = sheet.text(row, kind).unwrap_or_default();
        let kind = ElementKind::from_word(word).ok_or_else(|| {
            wrong(&sheet, row, &format!("`{word}` is no type: Indicator, Aggregate, Group, Denominator or Other"))
        })?;
        let mut element = Element::new(code, kind, text(column("Parent")));
        element.name = text(column("iName")).unwrap_or(code).to_owned();
        element.unit = text(column("Unit")).map(str::to_owned);
        element.denominator = text(column("Denominator")).map(str::to_owned);
        element.target = number(column("Target"))?;
        element.direction = match number(column("Direction"))? {
            Some(direction) => direction,
            // An aggregate is a score, of which more is better; an indicator has to say it.
            None if column("Direction").is_none() || kind != ElementKind::Indicator => 1.0,
            None => {
                return Err(wrong(&sheet, row, "the indicator has no `Direction`: 1 if more is better, -1 if less is"));
            }
        };
        element.weight = match column("Weight") {
            Some(_) => number(column("Weight"))?.unwrap_or(f64::NAN),
            None => 1.0,
        };
        element.level = match number(column("Level"))? {
            Some(level) if level >= 1.0 && level.fract() == 0.0 => Some(level as u32),
            Some(level) => return Err(wrong(&sheet, row, &format!("`{level}` is no level"))),
            None => None,
        };
        element.parameters = parameters(&sheet, row, &further);
        elements.push(element);
    }
    Ok(elements)
}

fn parameter_name(column: &str) -> String {
    let name = column.to_ascii_lowercase();
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, own)| (*own).to_owned())
}

/// Further columns may hold notes; what is a number is a parameter.
fn parameters(sheet: &Sheet, row: usize, further: &[(usize, String)]) -> BTreeMap<String, f64> {
    let number = |at: usize| sheet.text(row, at).and_then(|cell| cell.parse::<f64>().ok()).filter(|n| n.is_finite());
    further.iter().filter_map(|(at, name)| Some((name.clone(), number(*at)?))).collect()
}

fn wrong(sheet: &Sheet, row: usize, message: &str) -> Failure {
    let finding =
        Diagnostic::error(codes::IMPOSSIBLE_ATTRIBUTE, format!("line {} of `{}`: {message}", row + 2, sheet.file))
            .help("see the columns of a structure in the manual");
    Failure::findings(Exit::Input, vec![finding], Texts::default())
}
