//! The functions that expressions may use, and why the best known others are refused.

/// Where a function may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    /// Over fields and numbers: in every place but `value`, unless it is also in [`VALUE_SCALARS`].
    Scalar,
    /// Makes a part.
    Aggregate,
    /// Over parts, in `value`.
    OverParts,
    /// Only in a contract's `derive`.
    Derive,
}

/// A function of the language.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// Name, lower case.
    pub name: &'static str,
    /// Where it may stand.
    pub kind: FunctionKind,
    /// Fewest arguments.
    pub least: usize,
    /// Most arguments.
    pub most: usize,
    /// Form, for messages and the manual.
    pub usage: &'static str,
}

const fn function(name: &'static str, kind: FunctionKind, least: usize, most: usize, usage: &'static str) -> Function {
    Function { name, kind, least, most, usage }
}

/// All functions.
pub const FUNCTIONS: &[Function] = &[
    function("coalesce", FunctionKind::Scalar, 2, 16, "coalesce(a, b, …)"),
    function("nullif", FunctionKind::Scalar, 2, 2, "nullif(a, b)"),
    function("greatest", FunctionKind::Scalar, 2, 16, "greatest(a, b, …)"),
    function("least", FunctionKind::Scalar, 2, 16, "least(a, b, …)"),
    function("abs", FunctionKind::Scalar, 1, 1, "abs(x)"),
    function("round", FunctionKind::Scalar, 1, 2, "round(x, digits)"),
    function("floor", FunctionKind::Scalar, 1, 1, "floor(x)"),
    function("ceil", FunctionKind::Scalar, 1, 1, "ceil(x)"),
    function("lower", FunctionKind::Scalar, 1, 1, "lower(text)"),
    function("upper", FunctionKind::Scalar, 1, 1, "upper(text)"),
    function("trim", FunctionKind::Scalar, 1, 1, "trim(text)"),
    function("substr", FunctionKind::Scalar, 2, 3, "substr(text, from, length)"),
    function("starts_with", FunctionKind::Scalar, 2, 2, "starts_with(text, prefix)"),
    function("length", FunctionKind::Scalar, 1, 1, "length(text)"),
    function("hours", FunctionKind::Scalar, 2, 2, "hours(from, to)"),
    function("days", FunctionKind::Scalar, 2, 2, "days(from, to)"),
    function("working_hours", FunctionKind::Scalar, 3, 3, "working_hours(office, from, to)"),
    function("local_date", FunctionKind::Scalar, 1, 1, "local_date(timestamp)"),
    function("local_hour", FunctionKind::Scalar, 1, 1, "local_hour(timestamp)"),
    function("in_list", FunctionKind::Scalar, 2, 2, "in_list(field, 'list.group')"),
    function("hs", FunctionKind::Scalar, 2, 2, "hs(code, digits)"),
    function("count", FunctionKind::Aggregate, 1, 1, "count(*)"),
    function("sum", FunctionKind::Aggregate, 1, 1, "sum(x)"),
    function("min", FunctionKind::Aggregate, 1, 1, "min(x)"),
    function("max", FunctionKind::Aggregate, 1, 1, "max(x)"),
    function("moments", FunctionKind::Aggregate, 1, 1, "moments(x)"),
    function("hist_minutes", FunctionKind::Aggregate, 1, 1, "hist_minutes(clock)"),
    function("hist_log", FunctionKind::Aggregate, 1, 1, "hist_log(x)"),
    function("distinct_sketch", FunctionKind::Aggregate, 1, 1, "distinct_sketch(x)"),
    function("survival", FunctionKind::Aggregate, 1, 1, "survival(clock)"),
    function("quantile", FunctionKind::OverParts, 2, 2, "quantile(h, 0.9)"),
    function("share_within", FunctionKind::OverParts, 2, 2, "share_within(h, minutes)"),
    function("mean", FunctionKind::OverParts, 1, 1, "mean(m)"),
    function("stddev", FunctionKind::OverParts, 1, 1, "stddev(m)"),
    function("distinct_count", FunctionKind::OverParts, 1, 1, "distinct_count(s)"),
    function("capture_share", FunctionKind::OverParts, 3, 3, "capture_share(scored, hits, 0.05)"),
    function("bool_or", FunctionKind::Derive, 1, 1, "bool_or(x)"),
    function("bool_and", FunctionKind::Derive, 1, 1, "bool_and(x)"),
];

/// Scalar functions that may also stand in `value`.
pub const VALUE_SCALARS: &[&str] = &["coalesce", "nullif", "greatest", "least", "abs", "round", "floor", "ceil"];

/// The function with that name (lower case).
pub fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|f| f.name == name)
}

/// How many leading arguments of a function over parts are part names.
pub fn part_arguments(name: &str) -> usize {
    if name == "capture_share" { 2 } else { 1 }
}

/// Why a known function is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Its parts cannot be merged.
    DoesNotMerge(&'static str),
    /// Follows the stored zone, UTC.
    StoredZone,
    /// Gives another answer each time.
    Volatile,
    /// Regular expression.
    Regex,
}

/// Known functions that have their own finding.
pub fn refused(name: &str) -> Option<Refused> {
    Some(match name {
        "avg" => Refused::DoesNotMerge("write `sum(x)` and `count(x)` as two parts, or `moments(x)` with `mean(m)`"),
        "median"
        | "quantile_cont"
        | "quantile_disc"
        | "percentile_cont"
        | "percentile_disc"
        | "approx_median"
        | "approx_percentile_cont" => Refused::DoesNotMerge(
            "store `hist_minutes(clock)` or `hist_log(x)` and write `quantile(h, 0.5)` in `value`",
        ),
        "stddev_pop" | "stddev_samp" | "var" | "var_pop" | "var_samp" | "variance" => {
            Refused::DoesNotMerge("store `moments(x)` and write `stddev(m)` in `value`")
        }
        "approx_distinct" => {
            Refused::DoesNotMerge("store `distinct_sketch(x)` and write `distinct_count(s)` in `value`")
        }
        "array_agg" | "string_agg" | "listagg" | "first_value" | "last_value" | "nth_value" | "mode" | "any_value"
        | "corr" | "covar_pop" | "covar_samp" | "grouping" => {
            Refused::DoesNotMerge("use counts, sums, moments, histograms or sketches")
        }
        "date_trunc" | "date_part" | "datepart" | "date_bin" | "extract" | "to_char" | "year" | "month" | "day"
        | "hour" | "to_date" | "to_timestamp" => Refused::StoredZone,
        "now" | "random" | "rand" | "uuid" | "current_date" | "current_time" | "current_timestamp" | "today"
        | "localtime" | "localtimestamp" | "current_user" | "user" | "session_user" => Refused::Volatile,
        "regexp_like" | "regexp_match" | "regexp_matches" | "regexp_replace" | "regexp_count" | "regexp_instr"
        | "regexp_substr" => Refused::Regex,
        _ => return None,
    })
}
