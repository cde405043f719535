//! Bad input through the whole chain: each is an error or a listed finding, with a code and words that name the place.

use mizan_index::chain::Chain;
use mizan_index::codes;
use mizan_index::dataset::{Dataset, Row};
use mizan_index::recipe::Recipe;
use mizan_index::structure::{Element, ElementKind, Structure};
use mizan_model::diagnostic::{Diagnostic, Severity};
use nalgebra::DMatrix;

pub const MINMAX: &str = "[[step]]\nnormalise = { method = \"minmax\" }\n";
pub const MEAN: &str = "[[step]]\naggregate = { method = \"arithmetic\" }\n";

/// All findings of an attempt, and the scores if nothing stopped it before. Units are `u0`, `u1`, …, indicators `x0`,
/// `x1`, …; `adjust` changes lines of the structure.
pub fn attempt(
    columns: &[&[f64]],
    steps: &str,
    adjust: impl Fn(usize, &mut Element),
) -> (Vec<Diagnostic>, Option<Vec<f64>>) {
    let unit = |at: usize| Row { unit: format!("u{at}"), name: format!("u{at}"), time: None };
    let codes: Vec<String> = (0..columns.len()).map(|at| format!("x{at}")).collect();
    let n = columns.first().map_or(0, |column| column.len());
    let values = DMatrix::from_fn(n, columns.len(), |row, k| columns[k][row]);
    let data = Dataset::new((0..n).map(unit).collect(), codes.clone(), values);
    let mut lines: Vec<Element> = codes.iter().map(|code| Element::new(code, ElementKind::Indicator, None)).collect();
    lines.iter_mut().enumerate().for_each(|(at, line)| adjust(at, line));
    let structure = Structure::new(lines);
    let recipe = Recipe::from_toml("recipe.toml", &format!("schema = \"recipe/1\"\n{steps}"));
    let is_usable = data.is_usable() && structure.is_usable() && recipe.is_usable();
    let mut found = [data.diagnostics, structure.diagnostics, recipe.diagnostics].concat();
    if !is_usable {
        return (found, None);
    }
    let chain = Chain::new(data.value, structure.value, recipe.value);
    found.extend(chain.diagnostics);
    let run = chain.value.run(&mut |_| ());
    let is_usable = run.is_usable();
    found.extend(run.diagnostics);
    let top = chain.value.structure.top();
    let scores = run.value.last().column(top).map(<[f64]>::to_vec);
    (found, scores.filter(|_| is_usable))
}

pub fn as_it_is(_: usize, _: &mut Element) {}

/// Whether a finding has the code, weighs as much and has the words.
fn says(found: &[Diagnostic], severity: Severity, code: &str, words: &str) {
    let is_said = |own: &Diagnostic| own.severity == severity && own.code == code && own.message.contains(words);
    assert!(found.iter().any(is_said), "no {code} with `{words}` in {found:#?}");
    // Each finding says what to do.
    assert!(found.iter().all(|own| own.help.is_some()), "{found:#?}");
}

const X: [&[f64]; 2] = [&[1.0, 2.0, 4.0], &[3.0, 5.0, 4.0]];

#[test]
fn a_missing_or_impossible_weight_is_an_error() {
    for (weight, words) in [(f64::NAN, "`x1` has no weight"), (-1.0, "weight of `x1` is -1"), (f64::INFINITY, "is inf")]
    {
        let (found, scores) = attempt(&X, &format!("{MINMAX}{MEAN}"), |at, line| {
            if at == 1 {
                line.weight = weight;
            }
        });
        says(&found, Severity::Error, codes::IMPOSSIBLE_ATTRIBUTE, words);
        assert_eq!(scores, None);
    }
}

#[test]
fn children_that_all_weigh_nothing_leave_no_score_and_that_is_said() {
    for method in ["arithmetic", "geometric", "kemeny", "copeland", "borda", "mean-min"] {
        let steps = format!("[[step]]\naggregate = {{ method = \"{method}\" }}\n");
        let (found, scores) = attempt(&X, &steps, |_, line| line.weight = 0.0);
        says(&found, Severity::Warning, codes::WEIGHTS, "`Index` have no weight");
        assert!(scores.unwrap().iter().all(|score| score.is_nan()), "{method}");
    }
}

#[test]
fn weights_that_a_recipe_cannot_mean_are_errors() {
    let checks = [
        ("method = \"manual\", weights = { x0 = -1 }", "weight of `x0` must be a number of at least 0"),
        ("method = \"manual\", weights = { x0 = nan }", "`weights.x0` is NaN"),
        ("method = \"budget-allocation\", judges = [{ x0 = 0, x1 = 0 }]", "points of judge 1"),
        ("method = \"budget-allocation\", judges = [{ x0 = 1 }, { x0 = 3, x1 = -1 }]", "points of judge 2"),
        ("method = \"ahp\", elements = [\"x0\"], matrices = [[[1, 2], [0.5, 1]]]", "1 rows of 1 numbers"),
        ("method = \"manual\"", "needs `weights`"),
    ];
    for (weigh, words) in checks {
        let (found, scores) = attempt(&X, &format!("{MINMAX}[[step]]\nweigh = {{ {weigh} }}\n{MEAN}"), as_it_is);
        says(&found, Severity::Error, codes::PARAMETER, words);
        assert_eq!(scores, None);
    }
    let unknown = "[[step]]\nweigh = { method = \"manual\", weights = { x9 = 1 } }\n";
    says(&attempt(&X, &format!("{unknown}{MEAN}"), as_it_is).0, Severity::Error, codes::UNKNOWN_CODE, "`x9`");
}

#[test]
fn values_that_a_mean_cannot_take_are_named() {
    let x: [&[f64]; 2] = [&[1.0, -2.0, 4.0], &[3.0, 0.0, 4.0]];
    let checks = [
        ("method = \"geometric\"", "geometric mean needs values above 0, and `x0` of unit u1 is -2"),
        ("method = \"harmonic\"", "harmonic mean needs values other than 0, and `x1` of unit u1 is 0"),
        ("method = \"generalised\", p = 0.5", "`x0` of unit u1 is -2"),
    ];
    for (method, words) in checks {
        let (found, scores) = attempt(&x, &format!("[[step]]\naggregate = {{ {method} }}\n"), as_it_is);
        says(&found, Severity::Error, codes::VALUE_NOT_ALLOWED, words);
        assert_eq!(scores, None);
    }
    // Inverses of opposite values cancel: there is no harmonic mean.
    let opposite: [&[f64]; 2] = [&[1.0, 2.0], &[-1.0, 3.0]];
    let (found, scores) = attempt(&opposite, "[[step]]\naggregate = { method = \"harmonic\" }\n", as_it_is);
    says(&found, Severity::Error, codes::VALUE_NOT_ALLOWED, "unit `u0`");
    assert_eq!(scores, None);
}

#[test]
fn one_unit_cannot_be_compared() {
    let one: [&[f64]; 2] = [&[1.0], &[3.0]];
    for method in ["minmax", "zscore", "rank", "prank", "borda", "dist2max", "categorical"] {
        let steps = format!("[[step]]\nnormalise = {{ method = \"{method}\" }}\n{MEAN}");
        let (found, scores) = attempt(&one, &steps, as_it_is);
        says(&found, Severity::Warning, codes::CONSTANT, "`x0` cannot be normalised: all values are equal");
        says(&found, Severity::Warning, codes::STAYS_MISSING, "`u0`");
        assert!(scores.unwrap()[0].is_nan(), "{method}");
    }
    for method in ["pca", "pca-scaled", "nicoletti", "entropy", "critic", "standard-deviation", "gini"] {
        let steps = format!("[[step]]\nweigh = {{ method = \"{method}\" }}\n{MEAN}");
        let (found, scores) = attempt(&one, &steps, as_it_is);
        says(&found, Severity::Error, codes::TOO_FEW, "the children of `Index` cannot be weighed");
        assert_eq!(scores, None);
    }
    // Goalposts need no others.
    let posts = "[[step]]\nnormalise = { method = \"goalposts\", posts = [0, 4] }\n";
    let (found, scores) = attempt(&one, &format!("{posts}{MEAN}"), as_it_is);
    assert_eq!((found.len(), scores), (0, Some(vec![0.5])));
}

#[test]
fn equal_values_say_nothing() {
    let equal: [&[f64]; 2] = [&[7.0, 7.0, 7.0], &[1.0, 2.0, 3.0]];
    let (found, scores) = attempt(&equal, &format!("{MINMAX}{MEAN}"), as_it_is);
    says(&found, Severity::Warning, codes::CONSTANT, "`x0` cannot be normalised");
    says(&found, Severity::Notice, codes::REWEIGHTED, "3 scores stand on re-normalised weights");
    assert_eq!(scores.unwrap(), [0.0, 50.0, 100.0]);
    let all: [&[f64]; 2] = [&[7.0, 7.0], &[2.0, 2.0]];
    let (found, scores) = attempt(&all, &format!("{MINMAX}{MEAN}"), as_it_is);
    says(&found, Severity::Warning, codes::STAYS_MISSING, "`Index` of `u0`, `u1` is missing");
    assert!(scores.unwrap().iter().all(|score| score.is_nan()));
    let treat = format!("[[step]]\ntreat = {{}}\n{MINMAX}{MEAN}");
    says(&attempt(&all, &treat, as_it_is).0, Severity::Warning, codes::CONSTANT, "`x1` is not treated");
}

#[test]
fn cells_that_are_no_numbers_are_missing_or_errors() {
    for value in [f64::INFINITY, f64::NEG_INFINITY] {
        let (found, scores) = attempt(&[&[1.0, value, 2.0]], &format!("{MINMAX}{MEAN}"), as_it_is);
        says(&found, Severity::Error, codes::NOT_A_NUMBER, "`x0` of unit `u1` is not a finite number");
        assert_eq!(scores, None);
    }
    let nan = f64::NAN;
    let gaps: [&[f64]; 2] = [&[1.0, nan, nan, 3.0], &[1.0, 2.0, nan, 3.0]];
    let (found, scores) = attempt(&gaps, &format!("{MINMAX}{MEAN}"), as_it_is);
    says(&found, Severity::Notice, codes::REWEIGHTED, "1 scores");
    says(&found, Severity::Warning, codes::STAYS_MISSING, "`Index` of `u2` is missing");
    let scores = scores.unwrap();
    assert_eq!((scores[0], scores[1], scores[3]), (0.0, 50.0, 100.0));
    assert!(scores[2].is_nan());
    // A threshold makes u1 missing as well.
    let strict = "[[step]]\naggregate = { min_available = 0.6 }\n";
    let (found, _) = attempt(&gaps, &format!("{MINMAX}{strict}"), as_it_is);
    says(&found, Severity::Warning, codes::STAYS_MISSING, "`Index` of `u1`, `u2` is missing");
    let (found, _) = attempt(&[&[nan, nan]], &format!("{MINMAX}{MEAN}"), as_it_is);
    says(&found, Severity::Warning, codes::TOO_FEW, "`x0` cannot be normalised: no value");
    says(&attempt(&[], MEAN, as_it_is).0, Severity::Error, codes::EMPTY_TABLE, "no rows");
}

#[test]
fn parameters_that_are_no_numbers_are_errors() {
    let checks = [
        ("normalise = { method = \"goalposts\", posts = [nan, 1] }", "`posts[0]` is NaN"),
        ("normalise = { method = \"minmax\", range = [0, inf] }", "`range[1]` is inf"),
        ("normalise = { method = \"zscore\", mean = nan }", "`mean` is NaN"),
        ("normalise = { indicator = { x0 = { method = \"dist2targ\", target = -inf } } }", "`indicator.x0.target`"),
        ("aggregate = { method = \"owa\", ordered = [nan, 1] }", "`ordered[0]` is NaN"),
        ("treat = { winmax = 5, skew = nan }", "`skew` is NaN"),
        ("denominate = { scale = inf }", "`scale` is inf"),
    ];
    for (step, words) in checks {
        let (found, scores) = attempt(&X, &format!("[[step]]\n{step}\n"), as_it_is);
        says(&found, Severity::Error, codes::PARAMETER, words);
        assert_eq!(scores, None);
    }
    for (name, number) in [("target", f64::NAN), ("floor", f64::INFINITY)] {
        let (found, scores) = attempt(&X, &format!("{MINMAX}{MEAN}"), |_, line| match name {
            "target" => line.target = Some(number),
            _ => drop(line.parameters.insert(name.to_owned(), number)),
        });
        says(&found, Severity::Error, codes::IMPOSSIBLE_ATTRIBUTE, &format!("{name} of `x0` is {number}"));
        assert_eq!(scores, None);
    }
}

#[test]
fn numbers_too_large_to_compute_with_are_errors() {
    let wide: [&[f64]; 1] = [&[-1e308, 0.0, 1e308]];
    for method in ["minmax", "zscore", "dist2max"] {
        let steps = format!("[[step]]\nnormalise = {{ method = \"{method}\" }}\n{MEAN}");
        let (found, scores) = attempt(&wide, &steps, as_it_is);
        says(&found, Severity::Error, codes::PARAMETER, "`x0` cannot be normalised");
        assert_eq!(scores, None);
    }
    let (found, scores) = attempt(&[&[1e308, 1.0], &[1e308, 1.0]], MEAN, as_it_is);
    says(&found, Severity::Error, codes::VALUE_NOT_ALLOWED, "unit `u0`");
    assert_eq!(scores, None);
}

#[test]
fn a_ratio_that_would_turn_the_order_round_is_an_error() {
    let checks = [
        ("fracmax\"", "largest value is below 0"),
        ("ratio\", to = \"mean\"", "mean is below 0"),
        ("ratio\", to = \"best\"", "best value is below 0"),
        ("dist2targ\", target = 6", "distance of the target to the worst is below 0"),
    ];
    for (method, words) in checks {
        let steps = format!("[[step]]\nnormalise = {{ method = \"{method} }}\n{MEAN}");
        let (found, scores) = attempt(&X, &steps, |_, line| line.direction = -1.0);
        says(&found, Severity::Error, codes::PARAMETER, words);
        assert_eq!(scores, None);
    }
}
