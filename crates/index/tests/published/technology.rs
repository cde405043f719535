//! The Technology Achievement Index of 23 countries: OECD & JRC (2008), *Handbook on Constructing Composite Indicators*,
//! table A.2.

use crate::support::{Table, reference};

/// Codes of the indicators. Telephones and electricity stand as logarithms to base 10.
pub const CODES: [&str; 8] =
    ["patents", "royalties", "internet", "exports", "telephones", "electricity", "schooling", "university"];

/// Goalposts of the Human Development Report 2001, annex 2.1, which first published the index: the largest and the least
/// value observed in all its countries, 901 telephone lines and 6969 kilowatt-hours being caps. They are recalled and
/// not transcribed; that the Handbook's ranks come out of them, 23 of 23, confirms them.
fn posts() -> [[f64; 2]; 8] {
    [
        [0.0, 994.0],
        [0.0, 272.6],
        [0.0, 232.4],
        [0.0, 80.8],
        [1f64.log10(), 901f64.log10()],
        [22f64.log10(), 6969f64.log10()],
        [0.8, 12.0],
        [0.1, 27.4],
    ]
}

/// Countries, and each indicator with its values.
pub fn technology() -> (Vec<String>, Vec<(String, Vec<f64>)>) {
    let table = Table::read(reference!("handbook_tai/tableA2_tai_raw_23.csv"));
    let columns = CODES.map(|code| {
        let is_logarithm = matches!(code, "telephones" | "electricity");
        let column = if is_logarithm { format!("{code}_log10") } else { code.to_owned() };
        (code.to_owned(), table.numbers(&column))
    });
    (table.words("country"), columns.to_vec())
}

/// A step that normalises between the goalposts of 2001, nothing above 1.
pub fn goalposts() -> String {
    let mut step = "[[step]]\n[step.normalise]\nmethod = \"goalposts\"\n".to_owned();
    for (code, [floor, ceiling]) in CODES.iter().zip(posts()) {
        step += &format!("indicator.{code} = {{ posts = [{floor:?}, {ceiling:?}] }}\n");
    }
    step
}

/// Ranks that a table prints, by country as in table A.2.
pub fn printed(table: &str, column: &str) -> Vec<usize> {
    let table = Table::read(table);
    let (names, ranks) = (table.words("country"), table.numbers(column));
    let rank = |country: &String| ranks[names.iter().position(|name| name == country).unwrap()] as usize;
    technology().0.iter().map(rank).collect()
}

/// Checks ranks: at most `differ` of them are not as printed, by at most `by` places.
pub fn ranked(what: &str, found: &[usize], expect: &[usize], differ: usize, by: usize) {
    let distances: Vec<usize> = found.iter().zip(expect).map(|(a, b)| a.abs_diff(*b)).collect();
    let moved = distances.iter().filter(|distance| **distance > 0).count();
    let farthest = distances.iter().copied().max().unwrap();
    assert!(moved <= differ && farthest <= by, "{what}: {found:?} is not {expect:?}");
}
