//! Statistics of evidence from the command line: published numbers come out, and what cannot be meant is said.

// Clippy counts helper functions of tests as shipped code.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::process::Command;

use tempfile::TempDir;

#[path = "evidence/wrong.rs"]
mod wrong;

struct Outcome {
    code: i32,
    stdout: String,
    stderr: String,
}

/// Runs `mizan evidence` where the table is the file `data.csv`.
fn evidence(folder: &TempDir, table: &str, arguments: &str) -> Outcome {
    std::fs::write(folder.path().join("data.csv"), table).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mizan"));
    command.current_dir(folder.path()).env_clear().env("LANG", "C").env("NO_COLOR", "1");
    let output = command.arg("evidence").args(arguments.split_whitespace()).output().unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Rows of the answer by column.
fn rows(table: &str, arguments: &str) -> Vec<BTreeMap<String, String>> {
    rows_in(&tempfile::tempdir().unwrap(), table, arguments)
}

fn rows_in(folder: &TempDir, table: &str, arguments: &str) -> Vec<BTreeMap<String, String>> {
    let outcome = evidence(folder, table, &format!("{arguments} --data data.csv --format csv"));
    assert_eq!(outcome.code, 0, "{arguments}: {}", outcome.stderr);
    let mut lines = outcome.stdout.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().unwrap();
    lines.map(|line| head.iter().cloned().zip(line).collect()).collect()
}

fn check(row: &BTreeMap<String, String>, column: &str, expect: f64, tolerance: f64) {
    let found: f64 = row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"));
    assert!((found - expect).abs() <= tolerance, "{column}: {found} is not {expect}");
}

fn words<'a>(rows: &'a [BTreeMap<String, String>], column: &str) -> Vec<&'a str> {
    rows.iter().map(|row| row[column].as_str()).collect()
}

/// A table of one column, from numbers.
fn column(name: &str, numbers: &[f64]) -> String {
    numbers.iter().fold(format!("{name}\n"), |table, number| format!("{table}{number}\n"))
}

/// Hours between failures of an air conditioner (Davison and Hinkley 1997, example 1.1).
const HOURS: [f64; 12] = [3.0, 5.0, 7.0, 18.0, 43.0, 85.0, 91.0, 98.0, 100.0, 130.0, 230.0, 487.0];

/// Newcombe 1998, table I, methods 3 and 5.
#[test]
fn intervals_of_newcombe() {
    let table = "office,errors,examined\nA,81,263\nB,15,148\nC,0,20\nD,1,29\n";
    let columns = "interval --hits errors --of examined";
    let wilson = [(0.2553, 0.3662), (0.0624, 0.1605), (0.0, 0.1611), (0.0061, 0.1718)];
    let exact = [(0.2527, 0.3676), (0.0578, 0.1617), (0.0, 0.1684), (0.0009, 0.1776)];
    for (method, expected) in [("wilson", wilson), ("clopper-pearson", exact)] {
        let found = rows(table, &format!("{columns} --method {method}"));
        for (row, (low, high)) in found.iter().zip(expected) {
            check(row, "lower", low, 5e-5);
            check(row, "upper", high, 5e-5);
        }
    }
    // Beta(½, 20½) in Python.
    check(&rows(table, &format!("{columns} --method jeffreys"))[2], "upper", 0.116_638_983_0, 1e-8);
    // 10 ± 1.96 × 2.
    let found = rows("office,hours,se\nA,10,2\n", "interval --value hours --error se");
    check(&found[0], "lower", 6.0801, 5e-5);
    check(&found[0], "upper", 13.9199, 5e-5);
}

/// The median of 100 values lies between the 40th and the 60th.
#[test]
fn quantiles_lie_between_order_statistics() {
    let table = (1..=200).fold("office,hours\n".to_owned(), |table, hours| {
        format!("{table}{},{}\n", if hours % 2 == 0 { "A" } else { "B" }, (hours + 1) / 2)
    });
    let found = rows(&table, "quantile --value hours --by office --at 0.5,0.9");
    assert_eq!(words(&found, "office"), ["B", "B", "A", "A"]);
    assert_eq!((words(&found, "value"), words(&found, "lower")[0]), (vec!["50", "90", "50", "90"], "40"));
    assert_eq!((words(&found, "upper")[0], words(&found, "n")[0]), ("60", "100"));
}

/// scipy 1.17 from 400 000 replicates: percentile 46.8 to 190.9, basic 25.3 to 169.3, BCa 56.9 to 226.6.
#[test]
fn resampling_gives_the_intervals_of_another_program() {
    let table = column("hours", &HOURS);
    for (method, low, high) in [("percentile", 46.83, 190.92), ("basic", 25.25, 169.33), ("bca", 56.92, 226.58)] {
        let found = rows(&table, &format!("bootstrap --value hours --method {method} --replications 20000 --seed 11"));
        check(&found[0], "value", 108.083_333, 1e-5);
        check(&found[0], "lower", low, 3.0);
        check(&found[0], "upper", high, 5.0);
    }
    let seeds = |seed: u32| rows(&table, &format!("bootstrap --value hours --seed {seed} --statistic median"));
    assert_eq!(seeds(4), seeds(4));
    assert_ne!(seeds(4), seeds(5));
    let blocks = "bootstrap --value hours --block auto --method percentile --statistic p90";
    assert_eq!(rows(&table, blocks)[0]["units"], "11");
}

/// Equal rows of a trader say no more than one: the interval of 40 rows in 10 clusters is twice as wide.
#[test]
fn clusters_are_drawn_whole() {
    let table = (0..40).fold("office,trader,fines,cases\n".to_owned(), |table, row| {
        format!("{table}X,t{},{},{}\n", row / 4, (row / 4) * 7 % 10, 1 + (row / 4) % 3)
    });
    let error = |more: &str| -> f64 {
        let found = rows(&table, &format!("bootstrap --value fines --method percentile {more}"));
        found[0]["standard_error"].parse().unwrap()
    };
    let ratio = error("--cluster trader --by office") / error("");
    assert!((1.8..2.2).contains(&ratio), "{ratio}");
    // (0 + 7 + 4 + 1 + 8 + 5 + 2 + 9 + 6 + 3) of (1 + 2 + 3 + 1 + 2 + 3 + 1 + 2 + 3 + 1).
    let found = rows(&table, "bootstrap --value fines --of cases --statistic ratio --cluster trader");
    check(&found[0], "value", 45.0 / 19.0, 1e-12);
}

/// Newcombe 1998, method 10; Welch's test of Student's sleep data as R documents it (`t.test(extra ~ group)`).
#[test]
fn differences_of_newcombe_and_student() {
    let pairs = "pair,h,n,before,of_before\na,56,70,48,80\nb,9,10,3,10\nc,5,56,0,29\n";
    let columns = "difference --hits h --of n --than-hits before --than-of of_before";
    let found = rows(pairs, columns);
    for (row, (low, high)) in found.iter().zip([(0.0524, 0.3339), (0.1705, 0.8090), (-0.0381, 0.1926)]) {
        check(row, "lower", low, 5e-5);
        check(row, "upper", high, 5e-5);
    }
    assert_eq!(words(&found, "verdict"), ["greater", "greater", "cannot be told"]);
    let found = rows(pairs, &format!("{columns} --smallest 0.3"));
    assert_eq!(words(&found, "verdict"), ["too small", "greater", "cannot be told"]);
    let sleep =
        [[0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]];
    let mut table = "drug,extra\n".to_owned();
    for (drug, hours) in sleep.iter().enumerate() {
        hours.iter().for_each(|hours| table.push_str(&format!("{},{hours}\n", drug + 1)));
    }
    let found = rows(&table, "difference --value extra --between drug");
    check(&found[0], "difference", -1.58, 1e-12);
    check(&found[0], "lower", -3.3654832, 1e-7);
    check(&found[0], "upper", 0.2054832, 1e-7);
    let found = rows(&format!("{table}3,9\n"), "difference --value extra --between drug --groups 2,1");
    check(&found[0], "difference", 1.58, 1e-12);
}

/// Efron and Morris 1975; the eight schools of Rubin 1981, whose spread is 0 by moments and whose common mean is 7.7 ± 4.1
/// (Gelman and others, *Bayesian Data Analysis*, 5.5).
#[test]
fn small_units_are_drawn_to_all() {
    let hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7];
    let rates: Vec<f64> = hits.iter().map(|hits| f64::from(*hits) / 45.0).collect();
    let mean = rates.iter().sum::<f64>() / 18.0;
    let variance = mean * (1.0 - mean) / 45.0;
    let found = rows(&column("rate", &rates), &format!("shrink --value rate --variance {variance}"));
    check(&found[0], "shrunk", 0.294, 5e-4);
    check(&found[17], "shrunk", 0.242, 5e-4);

    let folder = tempfile::tempdir().unwrap();
    let schools = "school,effect,se\nA,28,15\nB,8,10\nC,-3,16\nD,7,11\nE,-1,9\nF,1,11\nG,18,10\nH,12,18\n";
    for rule in ["dersimonian-laird", "paule-mandel", "0"] {
        let arguments = format!("shrink --value effect --error se --spread {rule} --data data.csv -o csv");
        let outcome = evidence(&folder, schools, &arguments);
        assert!(
            outcome.stderr.contains("S0704") && outcome.stderr.contains("mean 7.6856 ± 4.0719"),
            "{}",
            outcome.stderr
        );
    }
    // Known from elsewhere, τ = 10: school A is 7.3 from 28 and 0.7 of the way to the common mean.
    let found = rows(schools, "shrink --value effect --error se --spread 100");
    check(&found[0], "weight", 225.0 / 325.0, 1e-12);
    // Two hits of two say little beside fifty of 500.
    let found = rows("o,r,n\na,2,2\nb,50,500\nc,10,40\nd,30,600\ne,1,30\n", "shrink --hits r --of n");
    let of = |column: &str| -> f64 { found[0][column].parse().unwrap() };
    assert!(of("shrunk") < 0.6 && of("lower") < of("shrunk") && of("shrunk") < of("upper"));
    let towards = "o,v,s,size\na,1,1,1\nb,2,1,2\nc,3,1,3\nd,4.5,1,4\n";
    check(&rows(towards, "shrink --value v --error s --towards size")[0], "expected", 0.9, 1e-9);
}

/// The formulas of Spiegelhalter 2005 in numpy, as in the tests of the library.
#[test]
fn a_funnel_shows_who_is_outside() {
    let hits = [12, 30, 55, 8, 140, 61, 20, 90, 33, 4];
    let cases = [100, 210, 300, 90, 1000, 400, 150, 500, 260, 60];
    let table = hits
        .iter()
        .zip(cases)
        .enumerate()
        .fold("office,errors,examined\n".to_owned(), |table, (at, (r, n))| format!("{table}office {at},{r},{n}\n"));
    let columns = "funnel --hits errors --of examined";
    let found = rows(&table, &format!("{columns} --dispersion winsorised"));
    check(&found[9], "z", -1.944_787_41, 1e-8);
    check(&found[3], "z_chance", -1.736_489_04, 1e-8);
    check(&found[0], "lower_95", 0.079_912_154_9, 1e-9);
    check(&found[0], "upper_998", 0.285_794_660_1, 1e-9);
    assert_eq!(words(&found, "standing"), ["within"; 10]);
    let found = rows(&table, &format!("{columns} --dispersion ignored"));
    assert_eq!((found[7]["standing"].as_str(), found[9]["standing"].as_str()), ("above", "below"));
    let curves = rows(&table, &format!("{columns} --dispersion winsorised --curves"));
    assert_eq!((curves.len(), curves[0]["of"].as_str(), curves[49]["of"].as_str()), (50, "60", "1000"));
    check(&curves[49], "upper_95", 0.188_084_997_8, 1e-9);
    // Observed over expected has the target 1; counts over counts may pass it.
    let found =
        rows("o,r,n\na,30,10\nb,10,10\nc,11,10\n", "funnel --hits r --of n --figure standardised --dispersion ignored");
    assert_eq!(words(&found, "standing"), ["far above", "within", "within"]);
    rows("o,r,n\na,30,10\nb,10,10\nc,11,10\n", "funnel --hits r --of n --figure count-ratio");
}

/// Tukey: c = 3.314/√2, and 71 and 70 ± 2 cannot be told apart while 52 can.
#[test]
fn ranks_are_sets() {
    let table = "office,score,se\nA,71,2\nB,70,2\nC,52,2\n";
    let found = rows(table, "ranks --value score --error se");
    assert_eq!((words(&found, "best"), words(&found, "worst")), (vec!["1", "1", "3"], vec!["2", "2", "3"]));
    assert_eq!(words(&found, "groups"), ["1", "1", "2"]);
    let found = rows(table, "ranks --value score --error se --less-is-better --unit C");
    assert_eq!((found.len(), found[0]["rank"].as_str(), found[0]["worst"].as_str()), (1, "1", "1"));
    // What moves all scores alike leaves ranks alone.
    let folder = tempfile::tempdir().unwrap();
    let draws = (0..200).fold("A,B,C\n".to_owned(), |draws, at| {
        let shift = f64::from(at % 40) - 19.5;
        format!("{draws}{},{},{}\n", 71.0 + shift, 70.0 + shift, 52.0 + shift)
    });
    std::fs::write(folder.path().join("draws.csv"), draws).unwrap();
    let found = rows_in(&folder, table, "ranks --value score --draws draws.csv");
    assert_eq!((words(&found, "best"), words(&found, "worst")), (vec!["1", "2", "3"], vec!["1", "2", "3"]));
}

/// Benjamini and Hochberg 1995, 4.1: fifteen tests, of which they reject four and Bonferroni three.
#[test]
fn tests_are_adjusted_as_in_the_paper() {
    let p = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ];
    let table = column("p", &p);
    for (method, expect) in [("benjamini-hochberg", 4), ("bonferroni", 3), ("holm", 3), ("benjamini-yekutieli", 3)] {
        let found = rows(&table, &format!("adjust --p p --method {method}"));
        assert_eq!(words(&found, "rejected").iter().filter(|word| **word == "yes").count(), expect, "{method}");
    }
    // A test that was not made is not counted.
    let found = rows("test,p\na,0.04\nb,\nc,0.01\nd,0.5\n", "adjust --p p --rate 0.04");
    check(&found[0], "adjusted", 0.06, 1e-15);
    assert_eq!(words(&found, "rejected"), ["no", "", "yes", "no"]);
}

/// By hand: two of two at a half each are 0.25; two or more of 0.1, 0.2, 0.3 are 0.014 + 0.024 + 0.054 + 0.006.
#[test]
fn tails_of_the_poisson_binomial() {
    let table = "pair,p,hit\na,0.5,1\na,0.5,1\nb,0.1,1\nb,0.2,1\nb,0.3,0\n";
    let found = rows(table, "poisson-binomial --p p --hit hit --by pair");
    check(&found[0], "p_at_least", 0.25, 1e-15);
    check(&found[1], "p_at_least", 0.098, 1e-15);
    check(&found[1], "p_at_most", 0.994, 1e-15);
    check(&found[1], "adjusted", 0.196, 1e-15);
    check(&found[1], "z", 1.4 / (0.09_f64 + 0.16 + 0.21).sqrt(), 1e-12);
}

/// Shrout and Fleiss 1979, table 2: ICC(1,1) = 0.17.
#[test]
fn designs_have_an_effect() {
    let ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
    let mut table = "target,rating\n".to_owned();
    for (target, ratings) in ratings.iter().enumerate() {
        ratings.iter().for_each(|rating| table.push_str(&format!("{target},{rating}\n")));
    }
    let found = rows(&table, "design --value rating --cluster target");
    check(&found[0], "correlation", 0.1659, 5e-4);
    check(&found[0], "cluster_size", 4.0, 1e-12);
    let found = rows("weight\n1\n1\n2\n4\n", "design --weight weight");
    check(&found[0], "effective_rows", 64.0 / 22.0, 1e-12);
}

#[test]
fn an_answer_has_the_form_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let table = "office,errors,examined\nA,81,263\n";
    let columns = "interval --hits errors --of examined --data data.csv";
    let json = evidence(&folder, table, &format!("{columns} --format json")).stdout;
    assert!(json.contains("\"unit\": \"A\"") && json.contains("\"hits\": 81"), "{json}");
    let shown = evidence(&folder, table, columns).stdout;
    assert!(shown.contains("0.2553") && shown.contains("0.3662"), "{shown}");
    let quiet = evidence(&folder, table, &format!("{columns} --out answer.csv"));
    assert_eq!((quiet.code, quiet.stdout.as_str()), (0, ""));
    assert!(std::fs::read_to_string(folder.path().join("answer.csv")).unwrap().starts_with("unit,hits,of,value"));
}
