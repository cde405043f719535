//! What the template prints, in the reader's words and forms of numbers.

use askama::Template;

use super::breakdown::Breakdown;

/// Everything that the template prints, in the reader's words.
#[derive(Template)]
#[template(path = "page.html", whitespace = "minimize")]
pub struct Page {
    pub lang: String,
    pub dir: &'static str,
    pub title: String,
    pub subtitle: String,
    pub lead: String,
    pub synthetic: Option<String>,
    pub facts: Vec<(String, String)>,
    pub words: Words,
    pub how: Vec<String>,
    pub legend: Vec<Legend>,
    pub sections: Vec<Section>,
    /// Whether the tables stand beside the page.
    pub has_files: bool,
    pub absent: Vec<Absent>,
    pub entered: Vec<Absent>,
    pub footer: Vec<String>,
}

/// Fixed words of the page.
pub struct Words {
    pub skip: String,
    pub contents: String,
    pub how_to_read: String,
    pub legend: String,
    pub value: String,
    pub interval: String,
    pub cases: String,
    pub trend: String,
    pub status: String,
    pub definition: String,
    pub rationale: String,
    pub limits: String,
    pub reading: String,
    pub downloads: String,
    pub absent: String,
    pub absent_lead: String,
    pub entered: String,
    pub entered_lead: String,
    pub reason: String,
    pub kpi: String,
    pub name: String,
}

pub struct Legend {
    pub class: &'static str,
    pub label: String,
    pub why: String,
}

pub struct Section {
    pub id: String,
    pub name: String,
    pub mark: Option<String>,
    pub count: String,
    pub kpis: Vec<Entry>,
}

/// One KPI.
pub struct Entry {
    pub id: String,
    pub name: Said,
    pub period: String,
    pub value: String,
    pub is_long: bool,
    pub has_value: bool,
    pub interval: Option<String>,
    pub status: String,
    pub status_class: &'static str,
    pub status_why: Option<String>,
    pub facts: Vec<(String, String)>,
    pub statistics: Vec<(String, String)>,
    /// SVG, made here from numbers and escaped words.
    pub trend: Option<String>,
    pub trend_text: String,
    pub definition: Said,
    pub rationale: Said,
    pub limits: Said,
    pub how_to_read: Said,
    pub notes: Vec<String>,
    pub breakdowns: Vec<Breakdown>,
}

/// A text of the framework, with its language and the mark of one that is not reviewed.
pub struct Said {
    pub text: String,
    pub lang: String,
    pub mark: Option<String>,
}

pub struct Absent {
    pub id: String,
    pub name: String,
    pub reason: String,
}
