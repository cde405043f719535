//! The Kaplan-Meier curve of a table, step by step.

use crate::bin_counts::BinCounts;

/// The curve from a minute with events on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) minute: u32,
    /// Cases that last longer, and are still seen.
    after: u64,
    stretch: Stretch,
}

/// Minutes without censoring. Within them S falls in proportion to those at risk. Taking it from the start makes it exact
/// (a count over a count) as long as nothing was censored.
///
/// So does Greenwood's sum: Σ d / (n (n - d)) = Σ 1/(n - d) - 1/n, in which all but the first and the last fall away.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    /// Cases at risk when it begins.
    at_risk: u64,
    /// S when it begins.
    survival: f64,
    /// Greenwood's sum when it begins.
    greenwood: f64,
}

/// Where the curve stands before the first event.
pub(super) const START: Step =
    Step { minute: 0, after: 1, stretch: Stretch { at_risk: 1, survival: 1.0, greenwood: 0.0 } };

impl Step {
    /// S.
    pub(super) fn survival(self) -> f64 {
        self.stretch.survival * (self.after as f64 / self.stretch.at_risk as f64)
    }

    /// Σ d / (n (n - d)); infinite once S is 0.
    pub(super) fn greenwood(self) -> f64 {
        self.stretch.greenwood + (1.0 / self.after as f64 - 1.0 / self.stretch.at_risk as f64)
    }

    /// Whether S is at most `target`, to the last bits of its value: without dividing, for there are many steps.
    fn reaches(self, target: f64) -> bool {
        self.stretch.survival * self.after as f64 <= target * self.stretch.at_risk as f64
    }

    /// Whether the lower limit of S is at most `target`, whose -ln is `log`. Where S is 0 there are no limits, and the lower counts as 0.
    ///
    /// S^exp(shift) <= T means shift >= ln(ln T / ln S). As ln x >= 1 - 1/x and 1 - S <= -ln S <= 1/S - 1, the limit
    /// cannot be reached where z √G / (1 - S) < 1 - (1/S - 1) / -ln T, which spares most steps their logarithms.
    pub(super) fn low_reaches(self, target: f64, log: f64, z: f64) -> bool {
        if self.reaches(target) {
            return true;
        }
        let survival = self.survival();
        let least = (1.0 - (1.0 / survival - 1.0) / log) * (1.0 - survival);
        if least > 0.0 && z * z * self.greenwood() < least * least {
            return false;
        }
        self.interval(z).is_some_and(|limits| limits.0 <= target)
    }

    pub(super) fn interval(&self, z: f64) -> Option<(f64, f64)> {
        let survival = self.survival();
        if survival <= 0.0 || survival >= 1.0 {
            return None;
        }
        let shift = z.abs() * self.greenwood().sqrt() / survival.ln().abs();
        Some((survival.powf(shift.exp()), survival.powf((-shift).exp())))
    }
}

/// Where a curve falls.
#[derive(Clone, Copy, Debug)]
struct Fall {
    minute: u32,
    /// Index into the stretches.
    stretch: u32,
    after: u64,
}

/// The curve at each minute with events, ascending.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    falls: Vec<Fall>,
    stretches: Vec<Stretch>,
}

impl Curve {
    /// The curve of so many cases, by the minutes in which they ended or were last seen.
    pub(super) fn new(cases: u64, events: &BinCounts, censored: &BinCounts) -> Self {
        let mut censored = censored.iter().peekable();
        let mut stretch = Stretch { at_risk: cases, survival: 1.0, greenwood: 0.0 };
        let mut stretches = vec![stretch];
        let mut after = cases;
        let mut falls = Vec::new();
        events.for_each(|minute, events| {
            let mut left = 0;
            while let Some((_, count)) = censored.next_if(|&(bin, _)| bin < minute) {
                left += count;
            }
            if left > 0 {
                let end = Step { minute, after, stretch };
                after -= left;
                stretch = Stretch { at_risk: after, survival: end.survival(), greenwood: end.greenwood() };
                stretches.push(stretch);
            }
            after -= events;
            falls.push(Fall { minute, stretch: stretches.len() as u32 - 1, after });
        });
        Curve { falls, stretches }
    }

    fn step(&self, fall: &Fall) -> Step {
        Step { minute: fall.minute, after: fall.after, stretch: self.stretches[fall.stretch as usize] }
    }

    /// The steps from one on.
    pub(super) fn steps(&self, first: usize) -> impl Iterator<Item = Step> {
        self.falls[first.min(self.falls.len())..].iter().map(|fall| self.step(fall))
    }

    /// The step that holds at a minute.
    pub(super) fn at(&self, minute: i64) -> Step {
        let steps = self.falls.partition_point(|fall| i64::from(fall.minute) <= minute);
        self.falls[..steps].last().map_or(START, |fall| self.step(fall))
    }

    /// Number of the first step at which S is at most `target`: S never rises.
    pub(super) fn reaching(&self, target: f64) -> usize {
        self.falls.partition_point(|fall| !self.step(fall).reaches(target))
    }
}
