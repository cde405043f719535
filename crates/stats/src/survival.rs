//! Durations of which some are not over.

use crate::bin_counts::BinCounts;
use crate::encoding::{DecodeError, Reader, kind};
use crate::minute_histogram::{MINUTE, MinuteHistogram, whole_minutes};

/// Events (cases that ended) and censored cases (still open when last seen) by the minute, for Kaplan-Meier estimates.
///
/// An event lies in the minute that covers it (⌈us / 60,000,000⌉), a censored case in the last whole minute that it is
/// known to have lasted (⌊us / 60,000,000⌋). In one minute events come first: a case censored at minute k is at
/// risk for the events of minute k and leaves after them. So no case counts as at risk in a minute that it was
/// not seen to the end of.
///
/// S(k) = Π_{i <= k} (1 - d_i / n_i), d_i events among n_i at risk (Kaplan & Meier, JASA 53, 1958); variance by
/// Greenwood (1926), S² Σ d_i / (n_i (n_i - d_i)).
///
/// Three cases end after 1, 2 and 4 minutes, one is still open after 2: S(1) = 3/4, S(2) = 3/4 × 2/3 = 1/2, S(4) = 0.
///
/// ```
/// let minute = 60_000_000;
/// let mut cases = mizan_stats::survival::SurvivalTable::default();
/// [1, 2, 4].iter().for_each(|m| cases.add_event_microseconds(m * minute));
/// cases.add_censored_microseconds(2 * minute);
/// assert_eq!(cases.survival_at(1.0), Some(0.75));
/// assert_eq!(cases.survival_at(2.0), Some(0.5));
/// assert_eq!(cases.survival_at(4.0), Some(0.0));
/// ```
#[derive(Clone, Debug, PartialEq, Default)]
pub struct SurvivalTable {
    events: MinuteHistogram,
    censored: BinCounts,
}

/// The curve from a minute with events on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    minute: u32,
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
const START: Step = Step { minute: 0, after: 1, stretch: Stretch { at_risk: 1, survival: 1.0, greenwood: 0.0 } };

/// Room for the last bits of S when it is compared with 1 - p.
const GUARD: f64 = 1e-12;

impl SurvivalTable {
    /// Adds a case that ended after so many microseconds; 0 and less count as minute 0.
    #[inline]
    pub fn add_event_microseconds(&mut self, us: i64) {
        self.events.add_microseconds(us);
    }

    /// Adds a case that was still open after so many microseconds; less than 0 counts as minute 0.
    #[inline]
    pub fn add_censored_microseconds(&mut self, us: i64) {
        let minutes = us.max(0) / MINUTE;
        self.censored.add(u32::try_from(minutes).unwrap_or(u32::MAX));
    }

    /// Adds all cases of `other`. Commutative and associative.
    pub fn merge(&mut self, other: &Self) {
        self.events.merge(&other.events);
        self.censored.merge(&other.censored);
    }

    /// Number of cases, ended or not.
    pub fn count(&self) -> u64 {
        self.events.count().saturating_add(self.censored.total())
    }

    /// The curve at each minute with events, ascending.
    fn steps(&self) -> impl Iterator<Item = Step> {
        let mut censored = self.censored.iter().peekable();
        let mut stretch = Stretch { at_risk: self.count(), survival: 1.0, greenwood: 0.0 };
        let mut after = stretch.at_risk;
        self.events.iter().map(move |(minute, events)| {
            let mut left = 0;
            while let Some((_, count)) = censored.next_if(|&(bin, _)| bin < minute) {
                left += count;
            }
            if left > 0 {
                let end = Step { minute, after, stretch };
                after -= left;
                stretch = Stretch { at_risk: after, survival: end.survival(), greenwood: end.greenwood() };
            }
            after -= events;
            Step { minute, after, stretch }
        })
    }

    /// Last minute at which a case was seen.
    fn last_seen(&self) -> Option<u32> {
        self.events.bins.last().max(self.censored.last())
    }

    /// The curve at `minutes`; `None` where it is not known.
    fn step_at(&self, minutes: f64) -> Option<Step> {
        let last_seen = self.last_seen()?;
        if minutes.is_nan() {
            return None;
        }
        let at = whole_minutes(minutes);
        let step = self.steps().take_while(|step| i64::from(step.minute) <= at).last().unwrap_or(START);
        (step.survival() == 0.0 || at <= i64::from(last_seen)).then_some(step)
    }

    /// S: share (0 to 1) of cases that last longer than `minutes`, a part of a minute dropped.
    ///
    /// `None` without cases, and after the last minute in which a case was seen unless S has come down to 0 by then:
    /// what happens later is not in the data.
    pub fn survival_at(&self, minutes: f64) -> Option<f64> {
        Some(self.step_at(minutes)?.survival())
    }

    /// Limits of S on the log(-log S) scale, S^exp(±z √G / ln S) with G = Σ d / (n (n - d)).
    ///
    /// Kalbfleisch & Prentice, *The Statistical Analysis of Failure Time Data* (2002), 1.4. They stay inside 0..=1.
    /// `None` where S is not known, and where it is 1 or 0: the scale has no such point.
    pub fn survival_interval(&self, minutes: f64, z: f64) -> Option<(f64, f64)> {
        self.step_at(minutes)?.interval(z)
    }

    /// Smallest whole minute at which 1 - S >= p; `None` when the curve does not come down so far, or p is outside
    /// 0..=1.
    ///
    /// Without censored cases this is [`MinuteHistogram::quantile`].
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let target = survival_target(p)?;
        let step = self.steps().find(|step| step.reaches(target + GUARD))?;
        Some(f64::from(step.minute))
    }

    /// Lower limit of the p-quantile, see [`Self::quantile_interval`].
    pub fn quantile_low(&self, p: f64, z: f64) -> Option<f64> {
        let target = survival_target(p)?;
        let target = target + GUARD;
        let log = -target.ln();
        let step = self.steps().find(|step| step.low_reaches(target, log, z))?;
        Some(f64::from(step.minute))
    }

    /// Upper limit of the p-quantile, see [`Self::quantile_interval`].
    pub fn quantile_high(&self, p: f64, z: f64) -> Option<f64> {
        let target = survival_target(p)?;
        // The upper limit is above S, so it does not come down first.
        let step = self.steps().find(|step| {
            step.reaches(target + GUARD) && step.interval(z).is_some_and(|limits| limits.1 <= target + GUARD)
        })?;
        Some(f64::from(step.minute))
    }

    /// Limits of the p-quantile: the minutes at which the lower and the upper limit of S come down to 1 - p.
    ///
    /// Brookmeyer & Crowley, Biometrics 38 (1982), on the log(-log S) scale. A limit that is not reached is `None`: the
    /// quantile may be any later time. At the step to S = 0 the limits of S do not exist; the lower counts there as 0 and
    /// the upper as not reached. `None` altogether without cases or for p outside 0..=1.
    pub fn quantile_interval(&self, p: f64, z: f64) -> Option<(Option<f64>, Option<f64>)> {
        survival_target(p)?;
        if self.count() == 0 {
            return None;
        }
        Some((self.quantile_low(p, z), self.quantile_high(p, z)))
    }

    /// Restricted mean in minutes: mean of min(duration, tau) = ∫ S from 0 to tau. Print tau with it.
    ///
    /// A case counts with the whole minute that covers it. `None` when S is not known up to tau, or tau is not a
    /// number of at least 0.
    ///
    /// For 1, 2, 4 and 2+ (see [`SurvivalTable`]) and tau = 4: 1 + 3/4 + 2 × 1/2 = 2.75.
    pub fn restricted_mean(&self, tau: f64) -> Option<f64> {
        if !(tau >= 0.0 && tau.is_finite()) {
            return None;
        }
        self.step_at(tau)?;
        let mut area = 0.0;
        let mut before = START;
        for step in self.steps() {
            if f64::from(step.minute) >= tau {
                break;
            }
            area += before.survival() * f64::from(step.minute - before.minute);
            before = step;
        }
        Some(area + before.survival() * (tau - f64::from(before.minute)))
    }

    /// Appends the canonical bytes: the same for the same cases, however they came in.
    pub fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.push(kind::SURVIVAL_TABLE);
        self.events.bins.encode(bytes);
        self.censored.encode(bytes);
    }

    /// Reads canonical bytes.
    ///
    /// # Errors
    /// The bytes are not the canonical encoding of a survival table.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes, kind::SURVIVAL_TABLE)?;
        let events = BinCounts::decode(&mut reader)?;
        let censored = BinCounts::decode(&mut reader)?;
        reader.finish()?;
        if events.total().checked_add(censored.total()).is_none() {
            return Err(DecodeError::Number);
        }
        Ok(SurvivalTable { events: MinuteHistogram { bins: events }, censored })
    }

    /// Bytes on the heap, about. Constant time.
    pub fn heap_size(&self) -> usize {
        self.events.heap_size() + self.censored.heap_size()
    }
}

impl Step {
    /// S.
    fn survival(self) -> f64 {
        self.stretch.survival * (self.after as f64 / self.stretch.at_risk as f64)
    }

    /// Σ d / (n (n - d)); infinite once S is 0.
    fn greenwood(self) -> f64 {
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
    fn low_reaches(self, target: f64, log: f64, z: f64) -> bool {
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

    fn interval(&self, z: f64) -> Option<(f64, f64)> {
        let survival = self.survival();
        if survival <= 0.0 || survival >= 1.0 {
            return None;
        }
        let shift = z.abs() * self.greenwood().sqrt() / survival.ln().abs();
        Some((survival.powf(shift.exp()), survival.powf((-shift).exp())))
    }
}

/// 1 - p, for p within 0..=1.
fn survival_target(p: f64) -> Option<f64> {
    (0.0..=1.0).contains(&p).then_some(1.0 - p)
}

#[cfg(test)]
mod tests;
