//! Window analysis: is an office good all the time, or only in some years, beside others?
//!
//! Each window pools w consecutive periods; an office in a period is a unit of its own there. So a period is scored in
//! up to w windows: across them it shows how stable a score is, along them where an office goes. Charnes, Clark, Cooper,
//! Golany, *A developmental study of data envelopment analysis in measuring the efficiency of maintenance units in the U.S.
//! Air Forces*, Annals of Operations Research 2 (1985); Cooper, Seiford, Tone, *Data Envelopment Analysis* (2007), chapter
//! 9.

use crate::envelopment::Unmeasured;
use crate::orientation::Orientation;
use crate::productivity::{Panel, PanelError, check};
use crate::radial::{Model, scores};
use crate::technology::Returns;

mod summary;
#[cfg(test)]
mod tests;

pub use self::summary::{Summary, summaries};

/// Why there are no windows.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WindowError {
    /// The panel or its data are not as they must be.
    #[error(transparent)]
    Panel(#[from] PanelError),
    /// A window holds at least one period, and at most all.
    #[error("a window of {width} periods does not fit {periods} periods")]
    Width {
        /// Periods of a window.
        width: usize,
        /// Periods of the panel.
        periods: usize,
    },
}

/// A row of the panel in one window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Row of the panel.
    pub row: usize,
    /// Window, counted from 0.
    pub window: usize,
    /// Farrell θ or φ beside all rows of the window.
    pub score: Result<f64, Unmeasured>,
}

/// A panel in windows.
#[derive(Debug, Clone, PartialEq)]
pub struct Windows {
    /// Periods in a window.
    pub width: usize,
    /// First and last period of each window.
    pub spans: Vec<(i64, i64)>,
    /// Number of rows in each window.
    pub pooled: Vec<usize>,
    /// Scores, window by window, in the order of the panel's rows.
    pub cells: Vec<Cell>,
}

/// The usual width for `periods` periods: (k + 1)/2, the longer one where that is no whole number.
///
/// It gives the most scores, w(k − w + 1) an office, which is what Cooper, Seiford and Tone (2007, chapter 9) recommend it
/// for; for an even k both neighbours of (k + 1)/2 give as many, and the longer window has more units to compare.
pub fn usual_width(periods: usize) -> usize {
    periods / 2 + 1
}

/// Scores each window of `width` consecutive periods, or of the [`usual_width`]. Periods are those that the panel has, in
/// order; a unit that is missing in one is missing in those cells alone.
///
/// # Errors
/// [`WindowError`].
pub fn windows(
    panel: &Panel,
    width: Option<usize>,
    returns: Returns,
    orientation: Orientation,
) -> Result<Windows, WindowError> {
    let years = check(panel)?;
    let width = width.unwrap_or_else(|| usual_width(years.len()));
    if width == 0 || width > years.len() {
        return Err(WindowError::Width { width, periods: years.len() });
    }
    let model = Model { with_slacks: false, ..Model::radial(returns, orientation) };
    let mut found = Windows { width, spans: Vec::new(), pooled: Vec::new(), cells: Vec::new() };
    for (window, years) in years.windows(width).enumerate() {
        let (first, last) = (years[0], years[width - 1]);
        let rows: Vec<usize> =
            (0..panel.years.len()).filter(|row| (first..=last).contains(&panel.years[*row])).collect();
        let scored = scores(&panel.data.select(&rows), &model).map_err(PanelError::Refused)?;
        let scored = scored.into_iter().map(|scored| scored.map(|scored| scored.score));
        found.cells.extend(rows.iter().zip(scored).map(|(row, score)| Cell { row: *row, window, score }));
        found.spans.push((first, last));
        found.pooled.push(rows.len());
    }
    Ok(found)
}
