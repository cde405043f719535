//! Whether two contestants found the same figures.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

/// KPI, statistic, office, month.
pub type Key = (String, String, String, String);

/// Figures by key; `None`: there is none, because it is not defined.
pub type Figures = BTreeMap<Key, Option<f64>>;

/// How exact a KPI's figures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exactness {
    /// Counts, sums, shares and quantiles of minutes: equal but for the order of floating-point operations.
    Exact,
    /// Quantiles by logarithmic bins: within 1 %.
    Bins,
    /// Distinct counts by sketch: 1.04 / √4096 standard error, so nearly all within three of them.
    Sketch,
}

impl Exactness {
    /// By KPI.
    pub fn of(kpi: &str) -> Self {
        match kpi {
            "RC-21" | "BX-03" => Exactness::Sketch,
            "BX-05" => Exactness::Bins,
            _ => Exactness::Exact,
        }
    }

    /// Largest relative difference that a figure may have.
    pub fn limit(self) -> f64 {
        match self {
            Exactness::Exact => 1e-9,
            Exactness::Bins => 0.01,
            Exactness::Sketch => 3.0 * 1.04 / 64.0,
        }
    }

    /// Share of figures that may lie beyond the limit, up to twice as far: three standard errors leave 0.27 %.
    fn may_exceed(self) -> f64 {
        if self == Exactness::Sketch { 0.01 } else { 0.0 }
    }
}

/// What a comparison found about the figures of one exactness.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Comparison {
    /// Figures in both.
    pub compared: usize,
    /// Figures that are not shown by us for having too few cases.
    pub hidden: usize,
    /// Largest relative difference.
    pub largest: f64,
    /// Beyond the limit.
    pub beyond: usize,
    /// Beyond twice the limit, or there on one side only.
    pub wrong: usize,
}

/// A comparison by exactness, and the first figures that are wrong.
#[derive(Debug, Default)]
pub struct Agreement {
    /// By exactness.
    pub by_exactness: BTreeMap<Exactness, Comparison>,
    /// For people.
    pub examples: Vec<String>,
}

impl Agreement {
    /// Whether every figure is as near as its exactness promises.
    pub fn holds(&self) -> bool {
        self.by_exactness.iter().all(|(exactness, found)| {
            found.compared > 0
                && found.wrong == 0
                && found.beyond as f64 <= exactness.may_exceed() * found.compared as f64
        })
    }
}

/// Relative difference of two figures; 0 for equal ones.
fn difference(a: f64, b: f64) -> f64 {
    if a == b { 0.0 } else { (a - b).abs() / a.abs().max(b.abs()) }
}

/// Compares our figures with others. Figures of [`Key`]s in `hidden` are not shown by us.
pub fn compare(ours: &Figures, hidden: &std::collections::BTreeSet<Key>, theirs: &Figures) -> Agreement {
    const EXAMPLES: usize = 10;
    let mut agreement = Agreement::default();
    let keys: std::collections::BTreeSet<&Key> = ours.keys().chain(theirs.keys()).collect();
    for key in keys {
        let exactness = Exactness::of(&key.0);
        let found = agreement.by_exactness.entry(exactness).or_default();
        if hidden.contains(key) {
            found.hidden += 1;
            continue;
        }
        let (a, b) = (ours.get(key).copied().flatten(), theirs.get(key).copied().flatten());
        let apart = match (a, b) {
            (None, None) => continue,
            (Some(a), Some(b)) => difference(a, b),
            _ => f64::INFINITY,
        };
        found.compared += 1;
        found.largest = found.largest.max(apart);
        found.beyond += usize::from(apart > exactness.limit());
        // The exact ones have no room beyond their limit.
        let is_wrong = apart > exactness.limit() * if exactness.may_exceed() > 0.0 { 2.0 } else { 1.0 };
        found.wrong += usize::from(is_wrong);
        if is_wrong && agreement.examples.len() < EXAMPLES {
            let (kpi, statistic, office, month) = key;
            agreement.examples.push(format!("{kpi} {statistic} {office} {month}: {a:?} against {b:?}"));
        }
    }
    agreement
}

/// Figures of DuckDB: columns kpi, statistic, office, month, value.
pub fn read_theirs(text: &str) -> Result<Figures> {
    let table = Table::read(text)?;
    let [kpi, statistic, office, month, value] =
        ["kpi", "statistic", "office", "month", "value"].map(|name| table.column(name));
    let (kpi, statistic, office, month, value) = (kpi?, statistic?, office?, month?, value?);
    let key =
        |row: &[&str]| (row[kpi].to_owned(), row[statistic].to_owned(), row[office].to_owned(), row[month].to_owned());
    table.rows.iter().map(|row| Ok((key(row), number(row[value])?))).collect()
}

/// Our figures by office and month, and those that are not shown.
pub fn read_ours(text: &str) -> Result<(Figures, std::collections::BTreeSet<Key>)> {
    let table = Table::read(text)?;
    let [kpi, statistic, office, period, value, status] =
        ["kpi", "statistic", "office", "period", "value", "status"].map(|name| table.column(name));
    let (kpi, statistic, office, period, value, status) = (kpi?, statistic?, office?, period?, value?, status?);
    let (mut figures, mut hidden) = (Figures::new(), std::collections::BTreeSet::new());
    for row in table.rows.iter().filter(|row| row[office] != "_T") {
        let key = (row[kpi].to_owned(), row[statistic].to_owned(), row[office].to_owned(), row[period].to_owned());
        match row[status] {
            // Values of low coverage are shown, with that status beside them.
            "ok" | "undefined" | "low_coverage" => {
                figures.insert(key, number(row[value])?);
            }
            "too_few" => {
                hidden.insert(key);
            }
            other => bail!("{} {} {} has the status `{other}`", row[kpi], row[office], row[period]),
        }
    }
    Ok((figures, hidden))
}

fn number(text: &str) -> Result<Option<f64>> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).with_context(|| format!("`{text}` is not a number")) }
}

/// A CSV table of codes and numbers: no field holds a comma, a quotation mark or a line break.
struct Table<'a> {
    head: Vec<&'a str>,
    rows: Vec<Vec<&'a str>>,
}

impl<'a> Table<'a> {
    fn read(text: &'a str) -> Result<Self> {
        let mut lines = text.lines();
        let head: Vec<&str> =
            lines.next().context("the table is empty")?.trim_start_matches('\u{feff}').split(',').collect();
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
        if let Some(row) = rows.iter().find(|row| row.len() != head.len()) {
            bail!("a row has {} fields, the head {}: {row:?}", row.len(), head.len());
        }
        Ok(Table { head, rows })
    }

    fn column(&self, name: &str) -> Result<usize> {
        self.head.iter().position(|known| *known == name).with_context(|| format!("there is no column `{name}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(of: &[(&str, Option<f64>)]) -> Figures {
        let key = |kpi: &str| (kpi.to_owned(), "_T".to_owned(), "A".to_owned(), "2024-01".to_owned());
        of.iter().map(|(kpi, value)| (key(kpi), *value)).collect()
    }

    fn check(ours: &[(&str, Option<f64>)], theirs: &[(&str, Option<f64>)], expect: bool) {
        let agreement = compare(&figures(ours), &Default::default(), &figures(theirs));
        assert_eq!(agreement.holds(), expect, "{agreement:?}");
        assert_eq!(agreement.examples.is_empty(), expect);
    }

    #[test]
    fn figures_agree_as_far_as_they_promise() {
        check(&[("TF-01", Some(50.0))], &[("TF-01", Some(50.000_000_000_01))], true);
        check(&[("TF-01", Some(50.0))], &[("TF-01", Some(50.001))], false);
        check(&[("BX-05", Some(100.0))], &[("BX-05", Some(100.9))], true);
        check(&[("BX-05", Some(100.0))], &[("BX-05", Some(101.5))], false);
        check(&[("BX-03", Some(5000.0))], &[("BX-03", Some(5100.0))], true);
        check(&[("BX-03", Some(5000.0))], &[("BX-03", Some(6000.0))], false);
        check(&[("TF-01", Some(1.0)), ("TF-02", None)], &[("TF-01", Some(1.0))], true);
        check(&[("TF-01", Some(1.0))], &[("TF-01", Some(1.0)), ("TF-02", Some(2.0))], false);
        check(&[("TF-01", Some(0.0))], &[("TF-01", Some(0.0))], true);
    }

    #[test]
    fn nothing_compared_is_no_agreement() {
        let agreement = compare(&figures(&[("TF-01", None)]), &Default::default(), &Figures::new());
        assert!(!agreement.holds());
    }

    #[test]
    fn tables_are_read() {
        let text = "kpi,area,period,mode,office,statistic,value,n,status\nTF-07,XB,2024-01,_T,A,p90,1.5,40,ok\n\
                    TF-07,XB,2024-01,_T,B,_T,,3,too_few\nTF-07,XB,2024-01,_T,_T,_T,9,43,ok\n";
        let (ours, hidden) = read_ours(text).unwrap();
        let theirs =
            read_theirs("kpi,statistic,office,month,value\nTF-07,p90,A,2024-01,1.5\nTF-07,_T,B,2024-01,2\n").unwrap();
        assert_eq!((ours.len(), hidden.len()), (1, 1));
        let agreement = compare(&ours, &hidden, &theirs);
        assert!(agreement.holds());
        assert_eq!(agreement.by_exactness[&Exactness::Exact].hidden, 1);
        assert!(read_theirs("kpi,statistic\n").is_err());
        assert!(read_ours("kpi,period,office,statistic,value,status\nA,2024-01,B,_T,1,not_closed\n").is_err());
    }
}
