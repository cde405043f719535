//! The Handbook's voting examples, tables 25 to 34: candidates are units, profiles of voters are indicators, and the
//! number of voters of a profile is its weight.

use std::collections::BTreeMap;

use mizan_index::aggregate::{kemeny_of, outranking};
use mizan_index::codes;
use mizan_model::diagnostic::Diagnostic;
use nalgebra::DMatrix;

use crate::support::{Table, chain, dataset, flat, near, number, reference, run, scores};

/// Voters of each profile, and the profile from the best to the worst.
fn profiles(example: &str) -> Vec<(f64, Vec<char>)> {
    let table = Table::read(reference!("handbook_tai/voting_examples.csv"));
    let voters = table.numbers("profile_count");
    let rankings = table.words("ranking_best_to_worst");
    let of = table.words("example").into_iter().zip(voters).zip(rankings);
    of.filter(|((name, _), _)| name == example)
        .map(|((_, voters), ranking)| (voters, ranking.chars().filter(char::is_ascii_lowercase).collect()))
        .collect()
}

fn expected(example: &str, quantity: &str) -> Vec<Vec<f64>> {
    let table = Table::read(reference!("handbook_tai/voting_expected.csv"));
    let names = table.words("example").into_iter().zip(table.words("quantity"));
    let at = names.into_iter().position(|(name, what)| name == example && what.starts_with(quantity)).unwrap();
    let value = &table.words("value")[at];
    value.split(';').map(|row| row.split(',').map(number).collect()).collect()
}

/// Scores of the candidates a, b, c, … and what the run said. A candidate has the number of those below in each profile.
fn elect(profiles: &[(f64, Vec<char>)], method: &str) -> (Vec<f64>, Vec<Diagnostic>) {
    let mut candidates = profiles[0].1.clone();
    candidates.sort_unstable();
    let below = |profile: &[char], candidate: char| {
        (profile.len() - 1 - profile.iter().position(|known| *known == candidate).unwrap()) as f64
    };
    let columns: Vec<(String, Vec<f64>)> = profiles
        .iter()
        .enumerate()
        .map(|(at, (_, profile))| (format!("p{at}"), candidates.iter().map(|c| below(profile, *c)).collect()))
        .collect();
    let mut lines = flat(&columns);
    lines.iter_mut().zip(profiles).for_each(|(line, (voters, _))| line.weight = *voters);
    let units: Vec<String> = candidates.iter().map(char::to_string).collect();
    let steps = format!("[[step]]\naggregate = {{ method = \"{method}\" }}\n");
    let chain = chain(dataset(&units, &columns), lines, &steps);
    let (outcome, found) = run(&chain);
    (scores(&chain, &outcome, "Index"), found)
}

#[test]
fn points_are_those_of_borda() {
    for example in ["T25", "T28", "T31"] {
        let (found, said) = elect(&profiles(example), "borda");
        near(example, &found, &expected(example, "borda")[0], 1e-12);
        assert!(said.is_empty(), "{said:?}");
    }
    assert_eq!(elect(&profiles("T34"), "borda").0, [3.0, 3.0, 3.0]);
    // A candidate nobody wants turns the order of the others round: Fishburn's paradox.
    let without: Vec<(f64, Vec<char>)> = profiles("T31")
        .into_iter()
        .map(|(voters, profile)| (voters, profile.into_iter().filter(|c| *c != 'd').collect()))
        .collect();
    near("T31 without d", &elect(&without, "borda").0, &expected("T31 without d", "borda")[0], 1e-12);
}

#[test]
fn majorities_make_an_order_or_a_circle_that_is_reported() {
    // c > b > d > a, whereas Borda elects b.
    for method in ["condorcet", "copeland", "kemeny"] {
        let (found, said) = elect(&profiles("T25"), method);
        assert!(found[2] > found[1] && found[1] > found[3] && found[3] > found[0], "{method}: {found:?}");
        assert!(said.is_empty(), "{said:?}");
    }
    // a > b > c > a, so that nobody is ahead; Kemeny breaks the circle where the fewest object.
    let (found, said) = elect(&profiles("T28"), "condorcet");
    assert_eq!(found, [0.0, 0.0, 0.0]);
    let [said, same] = &said[..] else { panic!("{said:?}") };
    assert_eq!(same.code, codes::CONSTANT);
    assert_eq!(said.code, codes::VALUE_NOT_ALLOWED);
    assert!(said.message.contains("circle over `a`, `b`, `c`"), "{}", said.message);
    assert_eq!(elect(&profiles("T28"), "copeland").0, [0.0, 0.0, 0.0]);
    let (found, said) = elect(&profiles("T28"), "kemeny");
    assert_eq!((found, said.len()), (vec![0.0, 2.0, 1.0], 0));
    // Three voters, three orders, each as good as the others: that there are several is said.
    let (_, said) = elect(&profiles("T34"), "kemeny");
    assert!(said[0].message.contains("several orders share the best support"), "{said:?}");
}

#[test]
fn pairs_and_orders_have_the_printed_support() {
    for (example, voters) in [("T25", 21.0), ("T28", 60.0)] {
        let own = profiles(example);
        let n = own[0].1.len();
        let x = DMatrix::from_fn(n, own.len(), |unit, profile| {
            let letter = char::from(b'a' + unit as u8);
            (n - own[profile].1.iter().position(|known| *known == letter).unwrap()) as f64
        });
        let e = outranking(&x, &own.iter().map(|(voters, _)| *voters).collect::<Vec<f64>>());
        let rows = expected(example, "outranking");
        for (row, expect) in rows.iter().enumerate() {
            let own: Vec<f64> = e.row(row).iter().map(|share| share * voters).collect();
            near(example, &own, expect, 1e-9);
        }
        if example == "T28" {
            let orders = ["abc", "bca", "cab", "bac", "cba", "acb"];
            let supports: BTreeMap<&str, f64> =
                orders.into_iter().zip(expected("T28", "kemeny").into_iter().flatten()).collect();
            let best = kemeny_of(&e).unwrap();
            let name: String = best.order.iter().map(|&unit| char::from(b'a' + unit as u8)).collect();
            near("support", &[best.support * voters], &[supports[name.as_str()]], 1e-9);
            assert!(supports.values().all(|support| *support <= best.support * voters + 1e-9));
        }
    }
}
