//! What is asked for in vain is said: parameters and options without effect, data that tell nobody apart.

// Clippy counts helper functions of tests as shipped code.
#![allow(clippy::unwrap_used)]

use std::process::Command;

use tempfile::TempDir;

const UNITS: &str = "uCode,g,p,a,b\nX,n,1,1,2\nY,n,2,3,1\nZ,s,4,2,5\n";
const STRUCTURE: &str = "iCode,Type,Parent,Weight,Direction\na,Indicator,I,1,1\nb,Indicator,I,1,1\n\
                         I,Aggregate,,1,1\ng,Group,,,\np,Denominator,,,\n";
const RECIPE: &str = "schema = \"recipe/1\"\n[[step]]\nnormalise = { range = [1, 100] }\n[[step]]\naggregate = {}\n";

/// The tables of a case, and the arguments that name them.
struct Case {
    folder: TempDir,
}

impl Case {
    fn new(units: &str, recipe: &str) -> Case {
        let case = Case { folder: tempfile::tempdir().unwrap() };
        for (name, content) in [("u.csv", units), ("s.csv", STRUCTURE), ("r.toml", recipe)] {
            std::fs::write(case.folder.path().join(name), content).unwrap();
        }
        case
    }

    /// Exit code, standard output and standard error.
    fn run(&self, arguments: &[&str], with_recipe: bool) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mizan"));
        command.env_clear().env("LANG", "C").env("NO_COLOR", "1").current_dir(self.folder.path());
        command.args(arguments).args(["-o", "csv"]);
        if arguments[0] == "index" {
            command.args(["--units", "u.csv", "--structure", "s.csv"]);
        }
        if with_recipe {
            command.args(["--recipe", "r.toml"]);
        }
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

/// The run ends with a code and says something.
fn check(case: &Case, arguments: &[&str], code: i32, words: &[&str]) {
    let with_recipe = arguments[0] == "index" && arguments[1] != "coherence";
    let (found, _, stderr) = case.run(arguments, with_recipe);
    assert_eq!(found, code, "{arguments:?}: {stderr}");
    assert!(words.iter().all(|words| stderr.contains(words)), "{arguments:?}, {words:?}: {stderr}");
}

#[test]
fn an_option_without_effect_is_said() {
    let case = Case::new(UNITS, RECIPE);
    std::fs::write(case.folder.path().join("d.csv"), "uCode,p\nX,1\nY,-2\nZ,3\nQ,4\n").unwrap();
    check(&case, &["index", "what-if", "X", "--set", "a=5", "--set", "a=1"], 2, &["`a` is set twice"]);
    check(&case, &["index", "coherence", "--kind", "kendall"], 2, &["`--kind` has no effect"]);
    check(&case, &["index", "coherence", "--denominators", "d.csv"], 2, &["`--denominators` has no effect"]);
    check(&case, &["index", "coherence", "--what", "correlations", "--kind", "kendall"], 0, &[]);
    check(&case, &["index", "run", "--denominators", "d.csv"], 0, &["S0304", "no step `denominate`", "lines of `Q`"]);
    let table = case.folder.path().join("f.csv");
    std::fs::write(&table, "unit,x1,x2,y1\nA,1,2,3\nB,2,1,4\nC,3,3,5\n").unwrap();
    let dea = ["frontier", "dea", "--data", "f.csv", "--inputs", "x1,x2", "--outputs", "y1", "--fixed"];
    check(&case, &[&dea[..], &["y1"]].concat(), 2, &["`--fixed y1` has no effect"]);
    check(&case, &[&dea[..], &["x1", "--orientation", "out"]].concat(), 2, &["`--fixed x1` has no effect"]);
    check(&case, &[&dea[..], &["x1"]].concat(), 0, &[]);
}

#[test]
fn a_recipe_that_does_not_fit_the_tree_is_refused() {
    let step = |step: &str| RECIPE.replace("[[step]]\naggregate = {}", &format!("[[step]]\n{step}"));
    let before = |step: &str| RECIPE.replacen("[[step]]", &format!("[[step]]\n{step}\n[[step]]"), 1);
    let weigh =
        |step: &str| RECIPE.replace("[[step]]\naggregate", &format!("[[step]]\nweigh = {step}\n[[step]]\naggregate"));
    for (recipe, code, words) in [
        (step("aggregate = { method = [\"arithmetic\", \"copeland\"] }"), "S0202", "has 2 methods"),
        (step("aggregate = { method = \"ampi\", reference = { zz = 1 } }"), "S0106", "`zz`"),
        (step("aggregate = { method = \"directional-bod\", direction = { zz = 1 } }"), "S0106", "`zz`"),
        (before("impute = { method = \"row-mean\", level = 9 }"), "S0202", "no level 9"),
        (before("impute = { method = \"multiple\", level = 9 }"), "S0202", "no level 9"),
        (before("denominate = { scales = { b = 2 } }"), "S0202", "scale of `b` has no effect"),
        (weigh("{ method = \"pca\", level = 7 }"), "S0202", "not at 7"),
        (weigh("{ method = \"balance\", targets = { zz = 1 } }"), "S0106", "`zz`"),
        (weigh("{ method = \"balance\", targets = { a = 0.5 } }"), "S0202", "no target for `b`"),
        (
            weigh("{ method = \"ahp\", elements = [\"a\", \"I\"], matrices = [[[1, 2], [0.5, 1]]] }"),
            "S0202",
            "of which it is a part",
        ),
        (weigh("{ method = \"ahp\", elements = [\"a\"], matrices = [[[1]]] }"), "S0202", "not its sibling `b`"),
        (weigh("{ method = \"budget-allocation\", judges = [{ a = 3 }] }"), "S0202", "not its sibling `b`"),
    ] {
        check(&Case::new(UNITS, &recipe), &["index", "run"], 4, &[code, words]);
    }
    let pca = "{ method = \"manual\", weights = { a = 2 } }";
    for method in ["mpi", "ampi", "wroclaw", "benefit-of-the-doubt"] {
        let recipe = weigh(pca).replace("aggregate = {}", &format!("aggregate = {{ method = \"{method}\" }}"));
        check(&Case::new(UNITS, &recipe), &["index", "run"], 0, &["S0304", "children of `I` have no effect"]);
    }
}

#[test]
fn data_that_tell_nobody_apart_are_said() {
    let uncertain = "[uncertainty]\nreplications = 8\n[[uncertainty.input]]\nname = \"w\"\nweights = { noise = 0.5 }\n";
    let recipe = format!("{RECIPE}{uncertain}");
    // One unit, and all equal: what the recipe finds is said by each command.
    for units in ["uCode,g,p,a,b\nX,n,1,1,2\n", "uCode,g,p,a,b\nX,n,1,1,2\nY,n,1,1,2\nZ,s,1,1,2\n"] {
        for command in ["run", "uncertainty", "sensitivity"] {
            check(&Case::new(units, &recipe), &["index", command], 0, &["S0301", "`I` of `X`"]);
        }
    }
    // Between goalposts an indicator without variation has a value.
    let posts = "normalise = { method = \"goalposts\", posts = [0, 10] }";
    for method in ["mpi", "ampi", "wroclaw", "copeland", "kemeny", "benefit-of-the-doubt"] {
        let recipe = RECIPE.replace("normalise = { range = [1, 100] }", posts);
        let recipe = recipe.replace("aggregate = {}", &format!("aggregate = {{ method = \"{method}\" }}"));
        let one = Case::new("uCode,g,p,a,b\nX,n,1,1,2\n", &recipe);
        check(&one, &["index", "run"], 0, &["S0309", "has one unit only"]);
        let same = Case::new("uCode,g,p,a,b\nX,n,1,1,2\nY,n,1,1,2\n", &recipe);
        if method == "kemeny" {
            // An order has no ties.
            check(&same, &["index", "run"], 0, &["several orders share the best support"]);
            continue;
        }
        check(&same, &["index", "run"], 0, &["S0301", "`I` is the same for all units"]);
    }
    for method in ["mpi", "ampi", "wroclaw"] {
        let recipe = format!("schema = \"recipe/1\"\n[[step]]\naggregate = {{ method = \"{method}\" }}\n");
        let case = Case::new("uCode,g,p,a,b\nX,n,1,1,2\nY,n,1,1,3\nZ,s,1,1,5\n", &recipe);
        check(&case, &["index", "run"], 0, &["S0301", "`a` cannot be standardised"]);
    }
}

/// Against a group, the parts sum to the gap under any mean.
#[test]
fn a_group_is_compared_with_under_a_geometric_mean() {
    for method in ["arithmetic", "geometric", "harmonic"] {
        let recipe = RECIPE.replace("aggregate = {}", &format!("aggregate = {{ method = \"{method}\" }}"));
        let case = Case::new(UNITS, &recipe);
        let (code, table, stderr) = case.run(&["index", "explain", "X", "--against", "g=n"], true);
        assert_eq!(code, 0, "{stderr}");
        let number = |cell: &str| cell.parse::<f64>().unwrap_or(0.0);
        let parts: Vec<f64> = csv::Reader::from_reader(table.as_bytes())
            .records()
            .map(|row| row.map(|row| number(&row[2]) + number(&row[4])).unwrap())
            .collect();
        let (whole, parts) = parts.split_last().unwrap();
        assert!(*whole != 0.0 && (parts.iter().sum::<f64>() - whole).abs() < 1e-9, "{table}");
        check(&case, &["index", "explain", "X", "--against", "g=q"], 2, &["S0106", "no group `q`"]);
    }
}
