//! The benchmark's framework: the shipped one, with a split by office everywhere and further KPIs.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

/// Shipped KPIs that declarations and items answer.
pub const SHIPPED: [&str; 20] = [
    "TF-01", "TF-04", "TF-07", "TF-08", "TF-09", "TF-10", "TF-11", "TF-12", "TF-13", "TF-14", "TF-15", "TF-16",
    "TF-17", "TF-25", "TF-31", "RC-20", "RC-21", "RC-22", "OD-05", "OD-12",
];

/// KPIs of the benchmark alone.
const OWN: [Definition; 5] = [
    Definition {
        id: "BX-01",
        name: "Imports released within 24 h of lodgement",
        kind: "share",
        unit: "percent",
        population: "contract = \"declaration/1\"\nwhere = \"flow = 'import' AND procedure = 'home_use' AND NOT cancelled\"",
        clock: "start = \"lodged_at\"\nstop = \"released_at\"\nrequires = [\"lodged_at\"]",
        measure: "parts.h = \"hist_minutes(clock)\"\nvalue = \"share_within(h, 1440)\"",
    },
    Definition {
        id: "BX-02",
        name: "Declarations of electronic commerce",
        kind: "ratio",
        unit: "percent",
        population: "contract = \"declaration/1\"\nwhere = \"NOT cancelled AND ecommerce IN (true, false)\"",
        clock: "",
        measure: "numerator = \"count(*) FILTER (WHERE ecommerce)\"\ndenominator = \"count(*)\"",
    },
    Definition {
        id: "BX-03",
        name: "Importers",
        kind: "distinct",
        unit: "count",
        population: "contract = \"declaration/1\"\nwhere = \"flow = 'import' AND NOT cancelled\"",
        clock: "",
        measure: "parts.s = \"distinct_sketch(consignee)\"\nvalue = \"distinct_count(s)\"",
    },
    Definition {
        id: "BX-04",
        name: "Effective duty rate",
        kind: "ratio",
        unit: "percent",
        population: "contract = \"item/1\"\nwhere = \"flow = 'import' AND NOT cancelled\"",
        clock: "",
        measure: "numerator = \"sum(total_taxes)\"\ndenominator = \"sum(value)\"",
    },
    Definition {
        id: "BX-05",
        name: "Median value of an imported item",
        kind: "quantile",
        unit: "money",
        population: "contract = \"item/1\"\nwhere = \"flow = 'import' AND NOT cancelled\"",
        clock: "",
        measure: "parts.v = \"hist_log(value)\"\nvalue = \"quantile(v, 0.5)\"",
    },
];

/// How many KPIs the growth of cost is shown for.
pub const MOST: usize = 60;

#[derive(Debug, Clone)]
struct Definition<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'a str,
    unit: &'a str,
    population: &'a str,
    clock: &'a str,
    measure: &'a str,
}

/// Ids of the KPIs that are compared with DuckDB.
pub fn compared() -> Vec<String> {
    SHIPPED.iter().copied().chain(OWN.iter().map(|kpi| kpi.id)).map(str::to_owned).collect()
}

/// Ids of [`MOST`] KPIs: the compared ones, then variants of them.
pub fn all() -> Vec<String> {
    let mut ids = compared();
    let variants = MOST - ids.len();
    ids.extend((1..=variants).map(variant_id));
    ids
}

fn variant_id(number: usize) -> String {
    format!("BV-{number:02}")
}

/// Variants ask other questions of the same columns: other limits, other groups, other sums, in turn.
fn variant(number: usize) -> String {
    let id = variant_id(number);
    let group =
        ["mode = '1'", "mode = '3'", "mode = '4'", "channel = 'green'", "channel = 'yellow'", "channel = 'red'", "aeo"]
            [number % 7];
    let item_group =
        ["mode = '1'", "mode = '3'", "mode = '4'", "aeo", "checked", "procedure = 'warehousing'", "origin = 'CN'"]
            [number % 7];
    let hours = 2 * number;
    let name = format!("Variant {number}");
    let released = "start = \"accepted_at\"\nstop = \"released_at\"\nrequires = [\"accepted_at\"]";
    let lodged = "start = \"lodged_at\"\nstop = \"released_at\"\nrequires = [\"lodged_at\"]";
    let imports = "contract = \"declaration/1\"\nwhere = \"flow = 'import' AND NOT cancelled\"";
    let items = "contract = \"item/1\"\nwhere = \"flow = 'import' AND NOT cancelled\"";
    let home_use =
        "contract = \"declaration/1\"\nwhere = \"flow = 'import' AND procedure = 'home_use' AND NOT cancelled\"";
    let every = "contract = \"declaration/1\"\nwhere = \"NOT cancelled\"";
    let (kind, population, clock, measure) = match number % 5 {
        0 => (
            "ratio",
            imports,
            released,
            format!(
                "numerator = \"count(*) FILTER (WHERE clock <= INTERVAL '{hours} hours')\"\ndenominator = \"count(*)\""
            ),
        ),
        1 => (
            "share",
            home_use,
            lodged,
            format!("parts.h = \"hist_minutes(clock)\"\nvalue = \"share_within(h, {})\"", hours * 60),
        ),
        2 => {
            ("ratio", every, "", format!("numerator = \"count(*) FILTER (WHERE {group})\"\ndenominator = \"count(*)\""))
        }
        3 => (
            "ratio",
            items,
            "",
            format!("numerator = \"sum(total_taxes) FILTER (WHERE {item_group})\"\ndenominator = \"sum(total_taxes)\""),
        ),
        _ => (
            "ratio",
            items,
            "",
            format!("numerator = \"sum(value) FILTER (WHERE {item_group})\"\ndenominator = \"sum(value)\""),
        ),
    };
    Definition { id: &id, name: &name, kind, unit: "percent", population, clock, measure: &measure }.text()
}

impl Definition<'_> {
    fn text(&self) -> String {
        let Definition { id, name, kind, unit, population, clock, measure } = self;
        let clock = match *clock {
            "" => String::new(),
            clock => format!("\n[clock]\n{clock}\nprecision = \"minute\"\ncalendar = \"elapsed\"\nzone = \"office\"\n"),
        };
        format!(
            r#"schema = "kpi/1"
id = "{id}"
version = "1.0.0"
status = "pilot"
dimension = "tf"
outcome = "tf.faster-release"
kind = "{kind}"
unit = "{unit}"
direction = "context"
origin = {{ kind = "own", source = "Benchmark" }}
external_ref = []

[text]
lang = "en"
name = "{name}"
short = "{name}"
definition = "{name}, for the benchmark."
rationale = "It costs what such a KPI costs."
limits = "It is for the benchmark alone."
how_to_read = "It is not read."

[population]
{population}
period = "accepted_at"
closes = "30d"
{clock}
[measure]
{measure}
pending = "exclude"
unusable = "exclude_and_report"

[rollup]
method = "merge"
min_denominator = 0
min_coverage = 0.9
zero = "undefined"

[uncertainty]
when_full_count = "none"
when_sample = "none"

[[breakdown]]
by = ["office"]
applies_to = "both"
export = true

[score]
method = "none"
source = "Benchmark"

[disclosure]
default = "members"
ceiling = "public"
min_cell = 10
min_contributors = 5

[evidence]
required = ["extraction_log"]
acceptable = ["system_extract"]

[history]
supersedes = ""
break = "none"
"#
        )
    }
}

/// The files of the benchmark's framework, from those of the shipped one.
pub fn files(mut files: BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    for id in SHIPPED {
        let path = format!("kpis/{id}.toml");
        let text = files.get_mut(&path).with_context(|| format!("the shipped framework has no `{path}`"))?;
        if !splits_by_office(text).with_context(|| path.clone())? {
            text.push_str("\n[[breakdown]]\nby = [\"office\"]\napplies_to = \"both\"\nexport = true\n");
        }
    }
    for kpi in OWN {
        files.insert(format!("kpis/{}.toml", kpi.id), kpi.text());
    }
    for number in 1..=MOST - SHIPPED.len() - OWN.len() {
        files.insert(format!("kpis/{}.toml", variant_id(number)), variant(number));
    }
    Ok(files)
}

fn splits_by_office(kpi: &str) -> Result<bool> {
    let document: toml::Table = kpi.parse()?;
    let breakdowns = document.get("breakdown").and_then(toml::Value::as_array).into_iter().flatten();
    let mut names = breakdowns.filter_map(|b| b.get("by").and_then(toml::Value::as_array)).flatten();
    Ok(names.any(|name| name.as_str() == Some("office")))
}

/// The text files of a folder and its folders, by relative path.
pub fn read(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    read_into(folder, "", &mut files)?;
    Ok(files)
}

fn read_into(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let inside = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if name.starts_with('.') {
            continue;
        } else if path.is_dir() {
            read_into(&path, &inside, files)?;
        } else {
            files.insert(inside, std::fs::read_to_string(&path).with_context(|| path.display().to_string())?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mizan_model::diagnostic::Severity;
    use mizan_model::framework::Framework;

    #[test]
    fn the_framework_is_sound_and_splits_by_office() {
        let shipped = Path::new("../frameworks/open-customs");
        let checked = Framework::from_files(files(read(shipped).unwrap()).unwrap());
        let errors: Vec<String> = checked
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .map(|d| format!("{} {}", d.code, d.message))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
        let framework = checked.value.unwrap();
        assert_eq!(all().len(), MOST);
        for id in all() {
            let kpi = framework.kpi(&id).unwrap_or_else(|| panic!("{id} is missing"));
            assert!(kpi.breakdowns.iter().any(|b| b.by.iter().any(|name| name == "office")), "{id}");
        }
    }

    #[test]
    fn variants_differ() {
        let count = MOST - compared().len();
        let texts: std::collections::BTreeSet<String> = (1..=count)
            .map(|n| {
                variant(n)
                    .lines()
                    .filter(|line| line.contains("count") || line.contains("sum") || line.contains("share_"))
                    .collect()
            })
            .collect();
        assert_eq!(texts.len(), count);
    }
}
