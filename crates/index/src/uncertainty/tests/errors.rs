//! What cannot be meant is an error that names the input.

use nalgebra::DMatrix;

use super::summaries::{OWN_INTERVALS, two_indicators};
use super::*;
use crate::codes;
use crate::recipe::Recipe;

#[test]
fn a_recipe_names_what_is_wrong_with_its_uncertain_inputs() {
    let check = |input: &str, words: &str| {
        let text = format!("{STEPS}\n[uncertainty]\n[[uncertainty.input]]\nname = \"x\"\n{input}");
        let recipe = Recipe::from_toml("recipe.toml", &text);
        let [finding] = &recipe.diagnostics[..] else { panic!("{input}: {:?}", recipe.diagnostics) };
        assert_eq!(finding.code, codes::UNCERTAIN_INPUT);
        assert!(finding.message.contains("`x`") && finding.message.contains(words), "{}", finding.message);
    };
    check("step = \"weigh\"\nvalues = [{}, {}]", "no step `weigh`");
    check("step = \"treat\"\noccurrence = 1\nvalues = [{}, {}]", "no step `treat`");
    check("step = \"treat\"\nparameter = \"winmx\"\nvalues = [1, 2]", "unknown field `winmx`");
    check("step = \"treat\"\nparameter = \"winmax\"\nvalues = [1]", "at least two values");
    check("step = \"normalise\"\nvalues = [{ method = \"minmax\" }, { method = \"mimax\" }]", "mimax");
    check("step = \"normalise\"\nvalues = [\"minmax\", \"zscore\"]", "table of parameters");
    check("step = \"screen\"\nparameter = \"min_available\"\nuniform = [0.9, 0.1]", "ascending");
    check("step = \"screen\"\nparameter = \"min_available\"\nuniform = [0.9, 1.1]", "min_available");
    check("step = \"screen\"\nparameter = \"min_available\"\nnormal = [0.9, 0.0]", "above 0");
    check("step = \"screen\"\nuniform = [0.1, 0.9]", "table of parameters");
    check("values = [1, 2]", "needs `step`");
    check("step = \"treat\"", "exactly one of");
    check("leave_out = [\"LPI\"]\nintervals = {}", "exactly one of");
    check("leave_out = []", "names no indicator");
    check("leave_out = [\"LPI\", \"LPI\"]", "names `LPI` twice");
    check("leave_out = [\"LPI\"]\nparameter = \"winmax\"", "go with `values`");
    check("weights = { noise = 0.0 }", "above 0");
    check("weights = { noise = { top = 0.2 } }", "`top` is no level");
    check("weights = { noise = 0.1, sets = 1 }", "from 2 to 1000000");
    check("weight_sets = [{ LPI = 1.0 }]", "two sets");
    check("weight_sets = [{ LPI = 1.0 }, { LPI = -1.0 }]", "weight of `LPI`");
    check("intervals = { sets = 2000000 }", "from 2 to 1000000");
}

#[test]
fn an_analysis_names_the_input_that_does_not_fit() {
    let check = |inputs: &str, words: &str| {
        let chain = uncertain_asem(8, inputs);
        let error = Analysis::new(&chain, None, chain.structure.top()).err().unwrap().to_string();
        assert!(error.contains(words), "{error}");
    };
    let input = |name: &str, what: &str| format!("[[uncertainty.input]]\nname = \"{name}\"\n{what}\n");
    check("", "names no uncertain input");
    check(&input("x", "leave_out = [\"LPI\", \"XXX\"]"), "input `x`: `XXX` is not in the structure");
    check(&input("x", "leave_out = [\"Index\"]"), "without `Index` there is no index");
    check(&input("x", "weight_sets = [{ LPI = 1.0 }, { XXX = 1.0 }]"), "`XXX` is not in the structure");
    check(&input("x", "weights = { noise = { 4 = 0.2 } }"), "levels 1 to 3, not at 4");
    check(&input("x", "intervals = {}"), "the table has no intervals");
    let points = "step = \"treat\"\nparameter = \"winmax\"\nvalues = [1, 2]";
    check(&(input("x", points) + &input("y", points)), "input `y`: `x` sets the same");
    check(&(input("x", points) + &input("x", "leave_out = [\"LPI\"]")), "another input has this name");
    let chain = asem(STEPS);
    assert_eq!(Analysis::new(&chain, None, 0).err(), Some(UncertaintyError::NoInputs));
    let mut chain = uncertain_asem(8, &input("x", "leave_out = [\"LPI\"]"));
    assert!(matches!(Analysis::new(&chain, None, 999).err(), Some(UncertaintyError::NoElement { element: 999, .. })));
    chain.recipe.steps.pop();
    assert_eq!(Analysis::new(&chain, None, 0).err(), Some(UncertaintyError::NoAggregate));
    let several = STEPS.replace("method = \"mean\", group = \"EurAsia_group\"", "method = \"multiple\"");
    let chain = asem(&format!("{several}\n[uncertainty]\n{}", input("x", "leave_out = [\"LPI\"]")));
    assert!(Analysis::new(&chain, None, 0).err().unwrap().to_string().contains("instead of `multiple`"));
}

#[test]
fn a_setting_that_cannot_be_computed_is_named() {
    let inputs = r#"
        [[uncertainty.input]]
        name = "range"
        step = "normalise"
        parameter = "range"
        values = [[1, 100], [0, 100]]
        [[uncertainty.input]]
        name = "mean"
        step = "aggregate"
        parameter = "method"
        values = ["arithmetic", "geometric"]
    "#;
    let chain = uncertain_asem(64, inputs);
    let analysis = Analysis::new(&chain, None, chain.structure.top()).unwrap();
    let draws = Draws::new(analysis.uncertainty(), 1).unwrap();
    let errors = [1, 8].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| analysis.run(&draws, &|_| (), &AtomicBool::new(false))).unwrap_err()
    });
    assert_eq!(errors[0], errors[1]);
    let UncertaintyError::Setting { settings, message } = &errors[0] else { panic!("{errors:?}") };
    assert_eq!(settings, "range = [0, 100], mean = \"geometric\"");
    assert!(message.contains("geometric mean needs values above 0"), "{message}");
    assert_eq!(effects(&analysis).err(), None, "one at a time, each can be computed");
}

#[test]
fn draws_must_be_those_of_the_recipe() {
    let chain = uncertain_asem(8, INPUTS);
    let analysis = Analysis::new(&chain, None, chain.structure.top()).unwrap();
    let draws = Draws::new(analysis.uncertainty(), 1).unwrap();
    let check = |draws: &Draws, words: &str| {
        let error = analysis.run(draws, &|_| (), &AtomicBool::new(false)).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    };
    let with = |change: &dyn Fn(&mut Draws)| {
        let mut changed = draws.clone();
        change(&mut changed);
        changed
    };
    check(&with(&|draws| draws.inputs.swap(0, 1)), "the draws are of the inputs `normalisation`, `left out`");
    check(&with(&|draws| _ = draws.uniforms.pop()), "no whole rows of 7");
    check(&with(&|draws| draws.uniforms.clear()), "no whole rows of 7");
    check(&with(&|draws| draws.uniforms[8] = 1.0), "draw 2 of `normalisation` is 1");
    check(&with(&|draws| draws.uniforms[0] = f64::NAN), "draw 1 of `left out` is NaN");
    // Those of an uncertainty analysis have no matrix B.
    let error = sensitivity(&analysis, &draws, 0, &|_| (), &AtomicBool::new(false)).err().unwrap();
    assert!(matches!(error, UncertaintyError::Draws(DrawsError::OtherInputs { .. })));
}

#[test]
fn intervals_must_hold_their_values() {
    let chain = two_indicators(DMatrix::from_row_slice(2, 2, &[10.0, 4.0, 20.0, 8.0]), OWN_INTERVALS);
    let check = |lower: DMatrix<f64>, upper: DMatrix<f64>, words: &str| {
        let error = Analysis::new(&chain, Some(Intervals { lower, upper }), 2).err().unwrap().to_string();
        assert!(error.contains(words), "{error}");
    };
    let (low, high) = (DMatrix::from_element(2, 2, 0.0), DMatrix::from_element(2, 2, 30.0));
    check(DMatrix::zeros(3, 2), high.clone(), "3 rows by 2 indicators");
    check(low.clone(), DMatrix::from_element(2, 2, 9.0), "`a` of unit `U0` is 10, its interval 0 to 9");
    check(DMatrix::from_element(2, 2, f64::NAN), high.clone(), "interval NaN to 30");
    check(low.clone(), DMatrix::from_element(2, 2, f64::INFINITY), "0 to inf");
    assert!(Analysis::new(&chain, Some(Intervals { lower: low, upper: high }), 2).is_ok());
}
