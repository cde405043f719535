//! Small charts as SVG: axes, marks, lines, bars, words. The same numbers give the same bytes.

// Two programs share this file, and neither needs all of it.
#![allow(dead_code)]

mod axis;
mod table;

use std::fmt::Write as _;
use std::path::Path;

pub use self::axis::Axis;
pub use self::table::Table;

/// What a program of plots gives back.
pub type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Colours of Okabe and Ito (2008), which people with any common colour blindness can tell apart. Marks differ in shape
/// too, so that no chart rests on colour alone.
pub const BLUE: &str = "#0072B2";
pub const RED: &str = "#D55E00";
pub const GREEN: &str = "#007A5A";
pub const ORANGE: &str = "#E69F00";
pub const PURPLE: &str = "#A8558A";
pub const DARK: &str = "#222222";
pub const GREY: &str = "#8A8A8A";

/// Shape of a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Disc,
    Ring,
    Square,
    Triangle,
    Diamond,
    /// An upright stroke.
    Tick,
    /// For legends: a piece of a line, drawn through or dashed.
    Line,
    Dashes,
}

/// Where words stand beside their point.
#[derive(Clone, Copy)]
pub enum Side {
    Left,
    Middle,
    Right,
}

const WIDTH: f64 = 720.0;
const TOP: f64 = 34.0;
const LINE: f64 = 19.0;
/// Letters of a title in one line, and mean width of a letter of 12 pixels.
const LETTERS: usize = 76;
const LETTER: f64 = 6.4;

/// A chart.
pub struct Plot {
    title: Vec<String>,
    x: Axis,
    y: Axis,
    body: String,
    legend: String,
    height: f64,
    left: f64,
    top: f64,
    right: f64,
}

impl Plot {
    /// An empty chart of a height in pixels; the title says what it shows.
    pub fn new(title: &str, height: f64, x: Axis, y: Axis) -> Plot {
        let title = wrapped(title);
        let left = 34.0 + y.longest() as f64 * LETTER;
        // One line is kept for the legend.
        let top = TOP + LINE * (title.len() as f64 + 1.0) + 12.0;
        Plot { title, x, y, body: String::new(), legend: String::new(), height, left, top, right: 24.0 }
    }

    /// Room for words at the right end.
    pub fn with_room(mut self, pixels: f64) -> Plot {
        self.right = pixels;
        self
    }

    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let (left, right) = (self.left, WIDTH - self.right);
        let (top, bottom) = (self.top, self.height - 52.0);
        (left + self.x.share(x) * (right - left), bottom - self.y.share(y) * (bottom - top))
    }

    /// A mark at a point.
    pub fn mark(&mut self, x: f64, y: f64, mark: Mark, colour: &str) {
        let (x, y) = self.at(x, y);
        self.body.push_str(&shape(x, y, mark, colour));
    }

    /// Lines from point to point.
    pub fn line(&mut self, points: &[(f64, f64)], colour: &str, is_dashed: bool) {
        let mut path = String::new();
        for &(x, y) in points {
            let (x, y) = self.at(x, y);
            let _ = write!(path, "{}{x:.1},{y:.1}", if path.is_empty() { "" } else { " " });
        }
        let dashes = if is_dashed { r#" stroke-dasharray="5 4""# } else { "" };
        let _ = writeln!(
            self.body,
            r#"<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"{dashes}/>"#
        );
    }

    /// A lying bar from one x to another, `thick` pixels.
    pub fn bar(&mut self, from: f64, to: f64, y: f64, thick: f64, colour: &str) {
        let ((a, y), (b, _)) = (self.at(from.min(to), y), self.at(from.max(to), y));
        let top = y - 0.5 * thick;
        let width = b - a;
        let _ = writeln!(
            self.body,
            r#"<rect x="{a:.1}" y="{top:.1}" width="{width:.1}" height="{thick:.1}" fill="{colour}"/>"#
        );
    }

    /// A field around a point, of one unit in both directions.
    pub fn field(&mut self, x: f64, y: f64, colour: &str) {
        let ((a, top), (b, bottom)) = (self.at(x - 0.5, y + 0.5), self.at(x + 0.5, y - 0.5));
        let (width, height) = (b - a, bottom - top);
        let _ = writeln!(
            self.body,
            r#"<rect x="{a:.1}" y="{top:.1}" width="{width:.1}" height="{height:.1}" fill="{colour}"/>"#
        );
    }

    /// Words beside a point.
    pub fn words(&mut self, x: f64, y: f64, side: Side, words: &str, colour: &str) {
        let (x, y) = self.at(x, y);
        let (anchor, x) = match side {
            Side::Left => ("end", x - 8.0),
            Side::Middle => ("middle", x),
            Side::Right => ("start", x + 8.0),
        };
        let (y, words) = (y + 4.0, escaped(words));
        let _ =
            writeln!(self.body, r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" fill="{colour}">{words}</text>"#);
    }

    /// What marks mean, in a line under the title.
    pub fn legend(&mut self, entries: &[(Mark, &str, &str)]) {
        let mut x = 22.0;
        let y = TOP + LINE * self.title.len() as f64;
        for (mark, colour, words) in entries {
            self.legend.push_str(&shape(x, y - 4.0, *mark, colour));
            let _ = writeln!(self.legend, r##"<text x="{:.1}" y="{y:.1}">{}</text>"##, x + 11.0, escaped(words));
            x += 34.0 + words.chars().count() as f64 * LETTER;
        }
    }

    fn frame(&self) -> String {
        let mut out = String::new();
        let ((left, bottom), (right, top)) = (self.at(self.x.low, self.y.low), self.at(self.x.high, self.y.high));
        for (value, words) in &self.x.ticks {
            let (x, _) = self.at(*value, self.y.low);
            let _ = writeln!(out, r##"<path d="M{x:.1} {top:.1}V{bottom:.1}" stroke="#E3E3E3"/>"##);
            let _ = writeln!(
                out,
                r#"<text x="{x:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
                bottom + 17.0,
                escaped(words)
            );
        }
        for (value, words) in &self.y.ticks {
            let (_, y) = self.at(self.x.low, *value);
            let _ = writeln!(out, r##"<path d="M{left:.1} {y:.1}H{right:.1}" stroke="#E3E3E3"/>"##);
            let _ = writeln!(
                out,
                r#"<text x="{:.1}" y="{:.1}" text-anchor="end">{}</text>"#,
                left - 7.0,
                y + 4.0,
                escaped(words)
            );
        }
        let _ =
            writeln!(out, r##"<path d="M{left:.1} {top:.1}V{bottom:.1}H{right:.1}" fill="none" stroke="#444444"/>"##);
        let (middle, low) = (0.5 * (left + right), bottom + 38.0);
        let _ = writeln!(
            out,
            r#"<text x="{middle:.1}" y="{low:.1}" text-anchor="middle">{}</text>"#,
            escaped(&self.x.label)
        );
        let middle = 0.5 * (top + bottom);
        let _ = writeln!(
            out,
            r#"<text transform="translate(16 {middle:.1}) rotate(-90)" text-anchor="middle">{}</text>"#,
            escaped(&self.y.label)
        );
        out
    }

    /// Writes the chart to `docs/methods/plots`.
    pub fn write(self, name: &str) -> Outcome {
        let height = self.height;
        let mut out = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="{DARK}" role="img" aria-label="{0}">
<title>{0}</title>
<rect width="{WIDTH}" height="{height}" fill="#FFFFFF"/>
"##,
            escaped(&self.title.join(" "))
        );
        for (line, words) in self.title.iter().enumerate() {
            let y = 26.0 + LINE * line as f64;
            let _ =
                writeln!(out, r#"<text x="14" y="{y:.1}" font-size="15" font-weight="bold">{}</text>"#, escaped(words));
        }
        out += &self.legend;
        out += &self.frame();
        out += &self.body;
        out += "</svg>\n";
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods/plots").join(name);
        std::fs::write(path, out)?;
        Ok(())
    }
}

fn shape(x: f64, y: f64, mark: Mark, colour: &str) -> String {
    let path = |d: String, fill: &str| format!("<path d=\"{d}\" {fill}/>\n");
    let full = format!(r#"fill="{colour}""#);
    let stroke = format!(r#"stroke="{colour}" stroke-width="1.8" fill="none""#);
    match mark {
        Mark::Disc => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.6\" {full}/>\n"),
        Mark::Ring => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.8\" {stroke}/>\n"),
        Mark::Square => path(format!("M{:.1} {:.1}h7v7h-7z", x - 3.5, y - 3.5), &full),
        Mark::Triangle => path(format!("M{x:.1} {:.1}l4.4 7.8h-8.8z", y - 4.8), &full),
        Mark::Diamond => path(format!("M{x:.1} {:.1}l4.8 4.8l-4.8 4.8l-4.8 -4.8z", y - 4.8), &full),
        Mark::Tick => path(format!("M{x:.1} {:.1}v10", y - 5.0), &stroke),
        Mark::Line => path(format!("M{:.1} {y:.1}h14", x - 7.0), &stroke),
        Mark::Dashes => path(format!("M{:.1} {y:.1}h5m4 0h5", x - 7.0), &stroke),
    }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn wrapped(title: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in title.split_whitespace() {
        let last = lines.len() - 1;
        if lines[last].chars().count() + word.chars().count() >= LETTERS {
            lines.push(word.to_owned());
        } else {
            let gap = if lines[last].is_empty() { "" } else { " " };
            lines[last] = format!("{}{gap}{word}", lines[last]);
        }
    }
    lines
}
