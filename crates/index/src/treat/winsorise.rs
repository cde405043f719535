//! Winsorisation point by point, until the test passes or the limit is reached.

use super::{Mark, test};
use crate::recipe::{TreatStep, WinsorLimit};

/// A winsorised column.
pub(super) struct Winsorised {
    pub values: Vec<f64>,
    pub marks: Vec<(usize, Mark)>,
    /// Size of the last high set plus that of the last low set.
    pub points: usize,
}

/// While the test fails and fewer points than the limit were moved: a column with a long upper tail has all cells that
/// are equal to the maximum set to the next lower different value; otherwise mirrored at the minimum. Ties can carry the
/// number of points past the limit.
pub(super) fn winsorise(x: &[f64], parameters: &TreatStep) -> Winsorised {
    let limit = match parameters.winmax {
        WinsorLimit::Points(points) => points as usize,
        WinsorLimit::NoLimit(_) => usize::MAX,
    };
    let mut order: Vec<usize> = (0..x.len()).filter(|&row| !x[row].is_nan()).collect();
    order.sort_unstable_by(|&a, &b| x[a].total_cmp(&x[b]));
    let mut values = x.to_vec();
    // Rows of `order` below `low` are in the low set, those from `high` on in the high set.
    let (mut low, mut high) = (0, order.len());
    loop {
        let points = low + (order.len() - high);
        let now = test(&values, parameters);
        if now.passes || now.skew.is_nan() || points >= limit {
            return Winsorised { values, marks: marks(&order, low, high), points };
        }
        if now.skew >= 0.0 {
            let top = values[order[high - 1]];
            let next = order[low..high].iter().rposition(|&row| values[row] < top);
            // All that is left is equal: nothing to set it to.
            let Some(next) = next else { return Winsorised { values, marks: marks(&order, low, high), points } };
            high = low + next + 1;
            let value = values[order[high - 1]];
            order[high..].iter().for_each(|&row| values[row] = value);
        } else {
            let bottom = values[order[low]];
            let next = order[low..high].iter().position(|&row| values[row] > bottom);
            let Some(next) = next else { return Winsorised { values, marks: marks(&order, low, high), points } };
            low += next;
            let value = values[order[low]];
            order[..low].iter().for_each(|&row| values[row] = value);
        }
    }
}

fn marks(order: &[usize], low: usize, high: usize) -> Vec<(usize, Mark)> {
    let lows = order[..low].iter().map(|&row| (row, Mark::WinsorLow));
    let mut marks: Vec<_> = lows.chain(order[high..].iter().map(|&row| (row, Mark::WinsorHigh))).collect();
    marks.sort_unstable_by_key(|(row, _)| *row);
    marks
}
