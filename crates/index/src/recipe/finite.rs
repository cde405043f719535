//! TOML knows `nan` and `inf`; no parameter of a step can mean them.

/// The first number of a table that is not finite: its path, such as `posts[0]`, and the number.
pub(super) fn not_finite(table: &toml::Table) -> Option<(String, f64)> {
    table.iter().find_map(|(name, value)| in_value(name, value))
}

fn in_value(path: &str, value: &toml::Value) -> Option<(String, f64)> {
    match value {
        toml::Value::Float(number) if !number.is_finite() => Some((path.to_owned(), *number)),
        toml::Value::Array(values) => {
            values.iter().enumerate().find_map(|(at, value)| in_value(&format!("{path}[{at}]"), value))
        }
        toml::Value::Table(table) => table.iter().find_map(|(name, value)| in_value(&format!("{path}.{name}"), value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<&str>) {
        let found = not_finite(&text.parse().unwrap());
        assert_eq!(found.map(|(path, number)| format!("{path} {number}")).as_deref(), expect);
    }

    #[test]
    fn numbers_are_found_wherever_they_stand() {
        check("a = 1\nb = [1.5, \"nan\"]", None);
        check("a = nan", Some("a NaN"));
        check("a = [[1, 2], [3, -inf]]", Some("a[1][1] -inf"));
        check("a = { b = { c = [{ d = inf }] } }", Some("a.b.c[0].d inf"));
    }
}
