//! Small trend lines: as SVG for the page, as block characters for the terminal.

use std::fmt::Write as _;

const WIDTH: f64 = 168.0;
const HEIGHT: f64 = 40.0;
const MARGIN: f64 = 4.0;

/// A trend line; `None` for fewer than two values. A missing value is a gap, the last one carries a mark.
///
/// Left to right in every language, since it is a time axis.
pub fn svg(id: &str, title: &str, description: &str, values: &[Option<f64>]) -> Option<String> {
    let known: Vec<f64> = values.iter().flatten().copied().filter(|value| value.is_finite()).collect();
    if known.len() < 2 {
        return None;
    }
    let low = known.iter().copied().fold(f64::INFINITY, f64::min);
    let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let x = |index: usize| MARGIN + (WIDTH - 2.0 * MARGIN) * index as f64 / (values.len() - 1).max(1) as f64;
    let y = |value: f64| {
        if high > low { HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * (value - low) / (high - low) } else { HEIGHT / 2.0 }
    };
    let mut path = String::new();
    let mut alone = String::new();
    let mut last = None;
    for (index, value) in values.iter().enumerate() {
        let Some(value) = value.filter(|value| value.is_finite()) else { continue };
        let before = index > 0 && values[index - 1].is_some();
        let after = values.get(index + 1).is_some_and(Option::is_some);
        let (x, y) = (x(index), y(value));
        if before || after {
            let step = if before { 'L' } else { 'M' };
            let _ = write!(path, "{step}{x:.1} {y:.1}");
        } else {
            let _ = write!(alone, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"1.3\" class=\"dot\"/>");
        }
        last = Some((x, y));
    }
    let (end_x, end_y) = last?;
    Some(format!(
        "<svg role=\"img\" direction=\"ltr\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         aria-labelledby=\"t-{id}\" aria-describedby=\"d-{id}\"><title id=\"t-{id}\">{}</title><desc id=\"d-{id}\">{}</desc>\
         <path d=\"{path}\" class=\"line\"/>{alone}<circle cx=\"{end_x:.1}\" cy=\"{end_y:.1}\" r=\"2.8\" class=\"end\"/></svg>",
        escape(title),
        escape(description),
    ))
}

/// The same as characters of eight heights; a missing value is a blank.
pub fn blocks(values: &[Option<f64>]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let known = || values.iter().flatten().copied();
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let block = |value: &Option<f64>| match value {
        None => ' ',
        Some(_) if high <= low => BLOCKS[3],
        Some(value) => BLOCKS[(((value - low) / (high - low)) * 7.0).round() as usize],
    };
    values.iter().map(block).collect::<String>().trim_end().to_owned()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_stays_a_gap_and_the_last_point_is_marked() {
        let svg = svg("X", "a<b", "d", &[Some(1.0), Some(2.0), None, Some(1.5), None]).unwrap();
        assert!(svg.contains("d=\"M4.0 36.0L44.0 4.0\""), "{svg}");
        assert!(
            svg.contains("cx=\"124.0\" cy=\"20.0\" r=\"1.3\"") && svg.contains("cx=\"124.0\" cy=\"20.0\" r=\"2.8\"")
        );
        assert!(svg.contains("a&lt;b"));
    }

    #[test]
    fn one_value_is_no_trend() {
        assert_eq!(svg("X", "", "", &[None, Some(1.0)]), None);
    }

    #[test]
    fn blocks_for_the_terminal() {
        assert_eq!(blocks(&[Some(0.0), Some(7.0), None, Some(3.0)]), "▁█ ▄");
        assert_eq!(blocks(&[Some(2.0), Some(2.0)]), "▄▄");
        assert_eq!(blocks(&[]), "");
    }
}
