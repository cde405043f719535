//! An axis: its ends, its marks, and what it measures.

/// An axis.
#[derive(Clone)]
pub struct Axis {
    pub label: String,
    pub low: f64,
    pub high: f64,
    /// Values and their words.
    pub ticks: Vec<(f64, String)>,
    is_logarithmic: bool,
}

impl Axis {
    /// From `low` to `high`, with a mark every `step`.
    pub fn linear(label: &str, low: f64, high: f64, step: f64) -> Axis {
        let digits = if step.fract() == 0.0 {
            0
        } else if (10.0 * step).fract().abs() < 1e-9 {
            1
        } else {
            2
        };
        let count = ((high - low) / step + 1e-9).floor() as usize;
        let at = |k: usize| low + step * k as f64;
        let ticks = (0..=count).map(|k| (at(k), format!("{:.digits$}", at(k)))).collect();
        Axis { label: label.to_owned(), low, high, ticks, is_logarithmic: false }
    }

    /// Logarithmic, with marks where they are wanted.
    pub fn logarithmic(label: &str, low: f64, high: f64, ticks: &[f64]) -> Axis {
        let ticks = ticks.iter().map(|value| (*value, value.to_string())).collect();
        Axis { label: label.to_owned(), low, high, ticks, is_logarithmic: true }
    }

    /// Names from the top down (or from the left): the first stands at n - 1 (at 0).
    pub fn names(label: &str, names: &[String], from_the_top: bool) -> Axis {
        let n = names.len();
        let place = |k: usize| if from_the_top { n - 1 - k } else { k } as f64;
        let ticks = names.iter().enumerate().map(|(k, name)| (place(k), name.clone())).collect();
        Axis { label: label.to_owned(), low: -0.6, high: n as f64 - 0.4, ticks, is_logarithmic: false }
    }

    /// Where a value stands, from 0 to 1.
    pub fn share(&self, value: f64) -> f64 {
        if self.is_logarithmic {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }

    /// Letters of the longest word.
    pub fn longest(&self) -> usize {
        self.ticks.iter().map(|(_, words)| words.chars().count()).max().unwrap_or(0)
    }
}
