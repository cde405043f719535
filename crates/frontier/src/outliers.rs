//! Units that may distort the frontier: far ahead of all others, or the measure of very many.
//!
//! Such a unit is to be looked at, not dropped: it can be a slip of the pen or the best practice. (Banker, Gifford 1988;
//! Banker, Chang 2006 use thresholds of super-efficiency from 1.0 to 1.6.)

use crate::nonradial::Peers;
use crate::orientation::Orientation;

/// From where on a unit is flagged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Super-efficiency (input θ, or 1/φ of outputs) above which a unit is far ahead; 1.2 is often used.
    pub super_efficiency: f64,
    /// Share of the other units that have the unit as a peer, above which it is the measure of too many.
    pub peer_share: f64,
}

/// A flagged unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlier {
    /// Unit, counted from 0.
    pub unit: usize,
    /// How far it is ahead: θ, or 1/φ; NaN where the others do not reach it at all, as the program is infeasible.
    pub super_efficiency: f64,
    /// Other units of which it is a peer.
    pub times_as_peer: usize,
    /// Above the threshold of super-efficiency.
    pub is_far_ahead: bool,
    /// The others do not reach it at all.
    pub is_beyond_reach: bool,
    /// Above the threshold of the share of units that it is a peer of.
    pub is_measure_of_many: bool,
}

/// Counts of how many *other* units each unit is a peer, from the peers of each unit.
pub fn times_as_peer(peers: &[Peers]) -> Vec<usize> {
    let mut times = vec![0; peers.len()];
    for (unit, peers) in peers.iter().enumerate() {
        for &(peer, _) in peers.iter().filter(|&&(peer, intensity)| peer != unit && intensity > 0.0) {
            if let Some(count) = times.get_mut(peer) {
                *count += 1;
            }
        }
    }
    times
}

/// Flags units, in their order.
///
/// `super_scores` are Farrell super-efficiency scores in the given orientation, NaN where infeasible; `peers` are those
/// of each unit in the ordinary program. Both have one entry a unit; entries beyond the shorter are not looked at.
pub fn outliers(
    super_scores: &[f64],
    orientation: Orientation,
    peers: &[Peers],
    thresholds: Thresholds,
) -> Vec<Outlier> {
    let others = peers.len().saturating_sub(1).max(1) as f64;
    let flag = |(unit, (&score, times_as_peer)): (usize, (&f64, usize))| {
        let super_efficiency = match orientation {
            Orientation::Input => score,
            Orientation::Output => 1.0 / score,
        };
        let outlier = Outlier {
            unit,
            super_efficiency,
            times_as_peer,
            is_far_ahead: super_efficiency > thresholds.super_efficiency,
            is_beyond_reach: score.is_nan(),
            is_measure_of_many: times_as_peer as f64 / others > thresholds.peer_share,
        };
        (outlier.is_far_ahead || outlier.is_beyond_reach || outlier.is_measure_of_many).then_some(outlier)
    };
    super_scores.iter().zip(times_as_peer(peers)).enumerate().filter_map(flag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const THRESHOLDS: Thresholds = Thresholds { super_efficiency: 1.2, peer_share: 0.6 };

    fn flagged(scores: &[f64], orientation: Orientation, peers: &[Peers]) -> Vec<(usize, [bool; 3])> {
        let kinds = |o: Outlier| (o.unit, [o.is_far_ahead, o.is_beyond_reach, o.is_measure_of_many]);
        outliers(scores, orientation, peers, THRESHOLDS).into_iter().map(kinds).collect()
    }

    #[test]
    fn peers_are_counted_without_the_unit_itself() {
        let peers = [vec![(0, 1.0)], vec![(0, 0.5), (1, 0.0)], vec![(0, 1.0), (2, 0.2)], vec![(2, 1.0)]];
        assert_eq!(times_as_peer(&peers), [2, 0, 1, 0]);
    }

    #[test]
    fn each_kind_of_outlier_is_named() {
        let alone = || vec![vec![(0, 1.0)], vec![(1, 1.0)], vec![(2, 1.0)]];
        assert_eq!(flagged(&[1.3, 1.2, 0.5], Orientation::Input, &alone()), [(0, [true, false, false])]);
        assert_eq!(flagged(&[0.5, 0.9, 2.0], Orientation::Output, &alone()), [(0, [true, false, false])]);
        assert_eq!(flagged(&[f64::NAN, 1.0, 1.0], Orientation::Input, &alone()), [(0, [false, true, false])]);
        let leader = [vec![(0, 1.0)], vec![(0, 1.0)], vec![(0, 1.0)]];
        assert_eq!(flagged(&[1.1, 0.9, 0.9], Orientation::Input, &leader), [(0, [false, false, true])]);
    }
}
