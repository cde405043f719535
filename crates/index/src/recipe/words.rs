//! What the reader of TOML says of a value, in words of a recipe: with the name of the parameter, and without the types
//! of the program.

use toml::de::Error;

/// Types of the program, and what they mean to people. Longer ones first.
const TYPES: [(&str, &str); 14] = [
    ("floating point ", "number "),
    ("integer ", "number "),
    ("expected a sequence", "expected a list"),
    ("expected sequence", "expected a list"),
    ("expected a map", "expected a table"),
    ("expected an array of length ", "expected a list of length "),
    ("expected a string", "expected a text"),
    ("expected string", "expected a text"),
    ("expected a boolean", "expected `true` or `false`"),
    ("expected usize", "expected a whole number of at least 0"),
    ("expected u32", "expected a whole number of at least 0"),
    ("expected u64", "expected a whole number of at least 0"),
    ("expected i64", "expected a whole number"),
    ("expected f64", "expected a number"),
];
const UNITS: [(&str, &str); 2] =
    [("invalid type: sequence", "invalid type: list"), ("invalid type: map", "invalid type: table")];

/// Why a table of parameters cannot be read: ``\`path\`: message``.
pub(super) fn reason(error: &Error) -> String {
    let mut message = error.message().to_owned();
    for (program, people) in TYPES.iter().chain(&UNITS) {
        message = message.replace(program, people);
    }
    // Without the text it was read from, the error writes the way to the value behind the message.
    let whole = error.to_string();
    let path = whole.trim_end().rsplit_once("\nin `").and_then(|(_, path)| path.strip_suffix('`'));
    match path {
        Some(path) => format!("`{path}`: {message}"),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use crate::recipe::Step;

    fn check(name: &str, parameters: &str, expect: &str) {
        let found = Step::from_table(name, parameters.parse().unwrap()).unwrap_err();
        assert_eq!(found, expect);
    }

    #[test]
    fn no_type_of_the_program_is_shown() {
        let limit = "expected a whole number of points from 0, or `\"none\"`";
        check("treat", "winmax = -1", &format!("`winmax`: {limit}"));
        check("treat", "winmax = \"many\"", &format!("`winmax`: {limit}"));
        check(
            "impute",
            "predictors = -1",
            "`predictors`: invalid value: number `-1`, expected a whole number of at least 0",
        );
        check("treat", "skew = \"a\"", "`skew`: invalid type: string \"a\", expected a number");
        check("normalise", "range = 5", "`range`: invalid type: number `5`, expected a list of length 2");
        check("normalise", "panel = \"all\"", "`panel`: expected `\"pooled\"`, `\"per-year\"` or a year");
        check(
            "aggregate",
            "method = 5",
            "`method`: invalid type: number `5`, expected the name of a method, or a list of such names",
        );
        let misspelt = Step::from_table("aggregate", "method = [\"mean\"]".parse().unwrap()).unwrap_err();
        assert!(misspelt.contains("unknown variant `mean`, expected one of `arithmetic`, `geometric`"), "{misspelt}");
        check("screen", "keep = [1]", "`keep`: invalid type: list, expected a table");
        check("treat", "combine = 1", "`combine`: invalid type: number `1`, expected `true` or `false`");
    }
}
