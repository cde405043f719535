//! The report of a run, as Markdown.

use std::fmt::Write as _;

use super::Results;
use super::agreement::Exactness;
use super::framework;
use super::options::Options;
use super::process::{Usage, median, ratio};

/// All tables.
pub fn markdown(command: &str, options: &Options, results: &Results) -> String {
    let mut out = String::new();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let [items, declarations] = results.rows.map(grouped);
    let _ = writeln!(
        out,
        "`{command}`: {items} items and {declarations} declarations in {} MB of Parquet, {} months, {} offices; {} KPIs by \
         office and month; {cores} cores; DuckDB {}; medians of {} fresh processes each, run in turn.\n",
        grouped(results.bytes / 1_000_000),
        options.months,
        options.offices,
        framework::compared().len(),
        results.duckdb,
        options.rounds
    );
    let (ours, singles, fused) = (median(&results.ours), median(&results.singles), median(&results.fused));
    beside(&mut out, ours, singles, fused);
    agreement(&mut out, results);
    incremental(&mut out, results, ours, fused);
    growth(&mut out, results);
    if let Some((rows, runs)) = &results.more_rows {
        more_rows(&mut out, results.rows[0], ours, *rows, median(runs));
    }
    out
}

fn beside(out: &mut String, ours: Usage, singles: Usage, fused: Usage) {
    out.push_str("| | wall s | CPU s | peak memory MB |\n|---|---:|---:|---:|\n");
    row(out, "Mizan", ours);
    row(out, "(a) DuckDB, one query a KPI", singles);
    row(out, "(b) DuckDB, one hand-written fused query a table, exact quantiles", fused);
    out.push_str("\n| ratio | measured | goal |\n|---|---:|---:|\n");
    goal(out, "CPU of (a) / Mizan", ratio(singles.cpu, ours.cpu), "at least 4");
    goal(out, "CPU of (b) / Mizan", ratio(fused.cpu, ours.cpu), "at least 2");
    goal(out, "peak memory of Mizan / (b)", ratio(ours.memory, fused.memory), "at most 0.33");
}

fn agreement(out: &mut String, results: &Results) {
    out.push_str(
        "\n| agreement with | figures | compared | not shown, too few cases | largest difference | beyond the limit | wrong |\n\
         |---|---|---:|---:|---:|---:|---:|\n",
    );
    for (with, agreement) in &results.agreement {
        for (exactness, found) in &agreement.by_exactness {
            let name = match exactness {
                Exactness::Exact => "counts, sums, shares, minute quantiles (equal)",
                Exactness::Bins => "quantile by logarithmic bins (1 %)",
                Exactness::Sketch => "distinct counts by sketch (4.9 %, three standard errors)",
            };
            let _ = writeln!(
                out,
                "| {with} | {name} | {} | {} | {:.1e} | {} | {} |",
                grouped(found.compared as u64),
                grouped(found.hidden as u64),
                found.largest,
                found.beyond,
                found.wrong
            );
        }
    }
}

fn incremental(out: &mut String, results: &Results, ours: Usage, fused: Usage) {
    let (new, full) = (median(&results.incremental), median(&results.incremental_full));
    out.push_str("\n| after one new month | wall s | CPU s | peak memory MB |\n|---|---:|---:|---:|\n");
    row(out, "what changed", new);
    row(out, "everything again", full);
    out.push_str("\n| ratio | measured | goal |\n|---|---:|---:|\n");
    goal(out, "CPU of the incremental run / everything again", ratio(new.cpu, full.cpu), "at most 0.083");
    goal(out, "CPU of the incremental run / the full run before it", ratio(new.cpu, ours.cpu), "");
    goal(out, "CPU of the incremental run / (b), the exact scan that it spares", ratio(new.cpu, fused.cpu), "");
    goal(out, "wall time of the incremental run / (b)", ratio(new.wall, fused.wall), "");
}

fn growth(out: &mut String, results: &Results) {
    out.push_str("\n| KPIs | wall s | CPU s | peak memory MB | CPU s a KPI |\n|---|---:|---:|---:|---:|\n");
    for (count, runs) in &results.kpi_counts {
        let used = median(runs);
        let _ = writeln!(
            out,
            "| {count} | {:.2} | {:.2} | {:.0} | {:.2} |",
            used.wall,
            used.cpu,
            used.memory,
            used.cpu / *count as f64
        );
    }
}

fn more_rows(out: &mut String, few: u64, at_few: Usage, many: u64, at_many: Usage) {
    out.push_str("\n| items | wall s | CPU s | peak memory MB |\n|---|---:|---:|---:|\n");
    row(out, &grouped(few), at_few);
    row(out, &grouped(many), at_many);
    out.push_str("\n| ratio | measured | goal |\n|---|---:|---:|\n");
    goal(out, "peak memory, more rows / fewer rows", ratio(at_many.memory, at_few.memory), "at most 1.25");
    let per_row = |used: Usage, rows: u64| ratio(used.cpu, rows as f64).unwrap_or(0.0);
    goal(out, "CPU a row, more rows / fewer rows", ratio(per_row(at_many, many), per_row(at_few, few)), "about 1");
}

fn row(out: &mut String, name: &str, used: Usage) {
    let _ = writeln!(out, "| {name} | {:.2} | {:.2} | {:.0} |", used.wall, used.cpu, used.memory);
}

fn goal(out: &mut String, name: &str, measured: Option<f64>, goal: &str) {
    let measured = measured.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"));
    let _ = writeln!(out, "| {name} | {measured} | {goal} |");
}

/// 12,345,678.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1_000, 20_000_000].map(grouped), ["0", "999", "1,000", "20,000,000"]);
    }

    #[test]
    fn ratios_stand_beside_their_goals() {
        let used = |cpu, memory| Usage { wall: cpu / 2.0, cpu, memory };
        let mut out = String::new();
        beside(&mut out, used(6.0, 300.0), used(30.0, 900.0), used(15.0, 2_100.0));
        assert!(out.contains("| Mizan | 3.00 | 6.00 | 300 |"), "{out}");
        assert!(out.contains("| CPU of (a) / Mizan | 5.000 | at least 4 |"), "{out}");
        assert!(out.contains("| CPU of (b) / Mizan | 2.500 | at least 2 |"), "{out}");
        assert!(out.contains("| peak memory of Mizan / (b) | 0.143 | at most 0.33 |"), "{out}");
    }
}
