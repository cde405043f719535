mod page;

use super::*;
use crate::normalise::{Basis, Method};

fn check(text: &str, expect: &[(&str, &str)]) -> Recipe {
    let checked = Recipe::from_toml("recipe.toml", text);
    assert_eq!(checked.diagnostics.len(), expect.len(), "{:?}", checked.diagnostics);
    for (finding, (code, words)) in checked.diagnostics.iter().zip(expect) {
        assert_eq!(finding.code, *code, "{finding:?}");
        assert!(finding.message.contains(words), "{finding:?}");
    }
    checked.value
}

#[test]
fn the_recipe_of_the_manual_is_read() {
    let text = r#"
        schema = "recipe/1"
        [[step]]
        denominate = {}
        [[step]]
        impute = { method = "mean", group = "EurAsia_group" }
        [[step]]
        screen = { by = "missing", min_available = 0.9 }
        [[step]]
        treat = { winmax = 5 }
        [[step]]
        normalise = { method = "minmax", range = [0, 100], panel = 2018 }
        [[step]]
        aggregate = { method = "arithmetic" }
    "#;
    let recipe = check(text, &[]);
    assert_eq!(
        recipe.steps.iter().map(Step::name).collect::<Vec<_>>(),
        ["denominate", "impute", "screen", "treat", "normalise", "aggregate"]
    );
    let Step::Normalise(step) = &recipe.steps[4] else { panic!("{:?}", recipe.steps) };
    let normalisation = step.normalisation().unwrap();
    assert_eq!(normalisation.method, Method::MinMax { range: [0.0, 100.0] });
    assert_eq!(normalisation.basis, Basis::Year(2018));
}

#[test]
fn nothing_unknown_is_ignored() {
    let step = |step: &str| format!("schema = \"recipe/1\"\n[[step]]\n{step}\n");
    check("schema = \"recipe/2\"", &[(codes::RECIPE, "recipe/2")]);
    check("[[step]]", &[(codes::RECIPE, "schema")]);
    check("schema = \"recipe/1\"\nsteps = 1", &[(codes::RECIPE, "steps")]);
    check(&step("normalize = {}"), &[(codes::PARAMETER, "unknown step `normalize`")]);
    check(&step("treat = { winmx = 5 }"), &[(codes::PARAMETER, "winmx")]);
    check(&step("treat = { winmax = \"many\" }"), &[(codes::PARAMETER, "treat")]);
    check(&step("normalise = { method = \"minmax\", sd = 2 }"), &[(codes::PARAMETER, "`sd` has no effect")]);
    check(&step("normalise = { method = \"dist2ref\" }"), &[(codes::PARAMETER, "needs `unit`")]);
    check(&step("normalise = { range = [5, 1] }"), &[(codes::PARAMETER, "ascending")]);
    check(&step("impute = { method = \"linear\", group = \"x\" }"), &[(codes::PARAMETER, "`group` has no effect")]);
    check(&step("screen = { min_available = 2 }"), &[(codes::PARAMETER, "between 0 and 1")]);
    check(&step("aggregate = { method = \"generalised\", p = 0 }"), &[(codes::PARAMETER, "geometric")]);
    check(&step("aggregate = { method = \"owa\" }"), &[(codes::PARAMETER, "`ordered`")]);
    for (step_with, name) in [
        ("treat = { first = \"iqr\", winmax = 5 }", "winmax"),
        ("treat = { k = 2 }", "k"),
        ("treat = { percentiles = [0.1, 0.9] }", "percentiles"),
        ("treat = { lambda = 0.5 }", "lambda"),
        ("treat = { first = \"none\", combine = true }", "combine"),
        ("treat = { indicator = { LPI = { k = 2 } } }", "k"),
        ("impute = { seed = 3 }", "seed"),
        ("impute = { method = \"regression\", seed = 3 }", "seed"),
        ("impute = { predictors = 3 }", "predictors"),
        ("impute = { imputations = 20 }", "imputations"),
        ("weigh = { method = \"equal\", share = 0.3 }", "share"),
        ("weigh = { method = \"nicoletti\", count = 2 }", "count"),
        ("weigh = { method = \"manual\", weights = { LPI = 1 }, level = 1 }", "level"),
        ("screen = { min_nonzero = 0.5 }", "min_nonzero"),
        ("aggregate = { phenomenon = \"positive\" }", "phenomenon"),
        ("aggregate = { method = \"copeland\", min_available = 0.5 }", "min_available"),
        ("aggregate = { method = \"benefit-of-the-doubt\", shares_of = \"score\" }", "shares_of"),
    ] {
        check(&step(step_with), &[(codes::PARAMETER, &format!("`{name}` has no effect"))]);
    }
    // A parameter of the step that one indicator alone looks at has an effect.
    check(&step("treat = { k = 2, indicator = { LPI = { first = \"iqr\" } } }"), &[]);
    check(&step("aggregate = { method = \"mean-min\", alpha = 2 }"), &[(codes::PARAMETER, "`alpha`")]);
    check(&step("aggregate = { method = \"mean-min\", beta = -1 }"), &[(codes::PARAMETER, "`beta`")]);
    check(&step("impute = { method = \"row-mean\", level = 1 }"), &[(codes::PARAMETER, "from 2 up")]);
    check(&step("denominate = { scale = -1 }"), &[(codes::PARAMETER, "above 0")]);
    let twice = "weigh = { method = \"ahp\", elements = [\"a\", \"a\"], matrices = [[[1, 2], [0.5, 1]]] }";
    check(&step(twice), &[(codes::PARAMETER, "`a` twice")]);
    check(&step("treat = 5"), &[(codes::PARAMETER, "table of parameters")]);
    check(&step("treat = {}\nscreen = {}"), &[(codes::PARAMETER, "holds 2")]);
    check(&step("aggregate = {}\n[[step]]\ntreat = {}"), &[(codes::STEP_ORDER, "after `aggregate`")]);
}

#[test]
fn an_uncertain_input_names_what_exists() {
    let input = |input: &str| {
        format!(
            "schema = \"recipe/1\"\n[[step]]\ntreat = {{}}\n[uncertainty]\n[[uncertainty.input]]\nname = \"a\"\n{input}"
        )
    };
    let found = check(&input("step = \"treat\"\nparameter = \"winmax\"\nvalues = [1, 2]"), &[]);
    // With another treatment a limit of winsorisation has no effect; the choice between the two may be uncertain.
    check(&input("step = \"treat\"\nparameter = \"first\"\nvalues = [\"winsorise\", \"iqr\"]"), &[]);
    assert_eq!(found.uncertainty.unwrap().inputs.len(), 1);
    let fails = |text: &str, words: &str| {
        check(&input(text), &[(codes::UNCERTAIN_INPUT, words)]);
    };
    fails("step = \"impute\"\nvalues = [1, 2]", "no step `impute`");
    fails("step = \"treat\"\nparameter = \"winmx\"\nvalues = [1, 2]", "winmx");
    fails("step = \"treat\"\nparameter = \"winmax\"\nvalues = [1]", "two values");
    fails("step = \"treat\"\nparameter = \"skew\"\nuniform = [3, 2]", "ascending");
    fails("weights = { noise = 0 }", "noise");
    fails("step = \"treat\"", "exactly one");
    fails(
        "intervals = true",
        "input `a`: `intervals`: invalid type: boolean `true`, expected a table: `{ sets = 1000 }`",
    );
    fails(
        "weight_sets = [{ a = \"x\" }, {}]",
        "input `a`: `weight_sets.a`: invalid type: string \"x\", expected a number",
    );
    fails("weight_sets = 3", "input `a`: `weight_sets`: invalid type: number `3`, expected a list");
    fails("weights = { noise = \"much\" }", "input `a`: `weights.noise`: expected a number, or a table");
}
