//! Durations of which some are not over.

mod curve;

use std::sync::OnceLock;

use self::curve::{Curve, START, Step};
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
#[derive(Clone, Debug, Default)]
pub struct SurvivalTable {
    events: MinuteHistogram,
    censored: BinCounts,
    /// Made when it is first asked for: a median with its limits asks three times.
    curve: OnceLock<Curve>,
}

impl PartialEq for SurvivalTable {
    fn eq(&self, other: &Self) -> bool {
        self.events == other.events && self.censored == other.censored
    }
}

/// Room for the last bits of S when it is compared with 1 - p.
const GUARD: f64 = 1e-12;

impl SurvivalTable {
    /// Adds a case that ended after so many microseconds; 0 and less count as minute 0.
    #[inline]
    pub fn add_event_microseconds(&mut self, us: i64) {
        self.curve.take();
        self.events.add_microseconds(us);
    }

    /// Adds a case that was still open after so many microseconds; less than 0 counts as minute 0.
    #[inline]
    pub fn add_censored_microseconds(&mut self, us: i64) {
        self.curve.take();
        let minutes = us.max(0) / MINUTE;
        self.censored.add(u32::try_from(minutes).unwrap_or(u32::MAX));
    }

    /// Adds all cases of `other`. Commutative and associative.
    pub fn merge(&mut self, other: &Self) {
        self.curve.take();
        self.events.merge(&other.events);
        self.censored.merge(&other.censored);
    }

    /// Number of cases, ended or not.
    pub fn count(&self) -> u64 {
        self.events.count().saturating_add(self.censored.total())
    }

    fn curve(&self) -> &Curve {
        self.curve.get_or_init(|| Curve::new(self.count(), &self.events.bins, &self.censored))
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
        let step = self.curve().at(at);
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
        let first = self.curve().reaching(target + GUARD);
        Some(f64::from(self.curve().steps(first).next()?.minute))
    }

    /// Lower limit of the p-quantile, see [`Self::quantile_interval`].
    pub fn quantile_low(&self, p: f64, z: f64) -> Option<f64> {
        let target = survival_target(p)?;
        let target = target + GUARD;
        let log = -target.ln();
        let step = self.curve().steps(0).find(|step| step.low_reaches(target, log, z))?;
        Some(f64::from(step.minute))
    }

    /// Upper limit of the p-quantile, see [`Self::quantile_interval`].
    pub fn quantile_high(&self, p: f64, z: f64) -> Option<f64> {
        let target = survival_target(p)?;
        // The upper limit is above S, so it does not come down first.
        let mut steps = self.curve().steps(self.curve().reaching(target + GUARD));
        let step = steps.find(|step| step.interval(z).is_some_and(|limits| limits.1 <= target + GUARD))?;
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
        for step in self.curve().steps(0) {
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
        Ok(SurvivalTable { events: MinuteHistogram { bins: events }, censored, curve: OnceLock::new() })
    }

    /// Merges canonical bytes, as [`Self::merge`] what [`Self::decode`] reads, but quicker.
    ///
    /// # Errors
    /// The bytes are not the canonical encoding of a survival table. Part of them may have been merged.
    pub fn merge_encoded(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        self.curve.take();
        let mut reader = Reader::new(bytes, kind::SURVIVAL_TABLE)?;
        let events = self.events.bins.merge_encoded(&mut reader)?;
        let censored = self.censored.merge_encoded(&mut reader)?;
        events.checked_add(censored).ok_or(DecodeError::Number)?;
        reader.finish()
    }

    /// Bytes on the heap, about. Constant time.
    pub fn heap_size(&self) -> usize {
        self.events.heap_size() + self.censored.heap_size()
    }
}

/// 1 - p, for p within 0..=1.
fn survival_target(p: f64) -> Option<f64> {
    (0.0..=1.0).contains(&p).then_some(1.0 - p)
}

#[cfg(test)]
mod tests;
