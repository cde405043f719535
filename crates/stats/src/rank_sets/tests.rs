use super::*;

fn spaced(units: usize, step: f64) -> Vec<f64> {
    (0..units).map(|unit| 50.0 - step * unit as f64).collect()
}

fn sets(estimates: &[f64], errors: &[f64], seed: u64) -> RankSets {
    rank_sets(estimates, &independent_draws(estimates, errors, 2_000, seed).unwrap(), 0.95).unwrap()
}

/// Equal standard errors: c is the 95 % point of the studentised range over √2 (tables of Tukey: 2.772, 3.314, 4.474 for
/// 2, 3 and 10 groups), and for one unit against all others that of Dunnett, two-sided (1.96, 2.21, 2.69 for 1, 2 and 9).
#[test]
fn critical_values_are_those_of_tukey_and_dunnett() {
    for (units, tukey, dunnett) in [(2, 2.772, 1.96), (3, 3.314, 2.21), (10, 4.474, 2.69)] {
        let (estimates, errors) = (spaced(units, 1.0), vec![1.0; units]);
        let draws = independent_draws(&estimates, &errors, 20_000, 3).unwrap();
        let together = rank_sets(&estimates, &draws, 0.95).unwrap();
        assert!((together.critical - tukey / 2_f64.sqrt()).abs() < 0.04, "{units}: {}", together.critical);
        let (alone, critical) = rank_set(units / 2, &estimates, &draws, 0.95).unwrap();
        assert!((critical - dunnett).abs() < 0.04, "{units}: {critical}");
        let set = together.sets[units / 2];
        assert!(set.rank == alone.rank && set.best <= alone.best && alone.worst <= set.worst);
    }
}

#[test]
fn with_tiny_errors_the_set_is_the_rank() {
    let estimates = [3.0, 9.0, 1.0, 7.0];
    let found = sets(&estimates, &[1e-6; 4], 1);
    let ranks: Vec<usize> = found.sets.iter().map(|set| set.rank).collect();
    assert_eq!(ranks, [3, 1, 4, 2]);
    assert!(found.sets.iter().all(|set| set.best == set.rank && set.worst == set.rank));
    assert_eq!(found.groups(), [vec![1], vec![3], vec![0], vec![2]]);
}

#[test]
fn with_great_errors_every_rank_is_possible() {
    let found = sets(&spaced(6, 1.0), &[500.0; 6], 1);
    assert!(found.sets.iter().all(|set| set.best == 1 && set.worst == 6));
    assert_eq!(found.groups(), [vec![0, 1, 2, 3, 4, 5]]);
    assert_eq!(found.alike(4), [0, 1, 2, 3, 4, 5]);
}

/// What moves all scores alike (a weight, a deflator) does not blur the ranks.
#[test]
fn a_common_error_leaves_ranks_alone() {
    let estimates = spaced(5, 1.0);
    let shift = independent_draws(&[0.0], &[100.0], 500, 4).unwrap();
    let draws: Vec<Vec<f64>> =
        shift.iter().map(|shift| estimates.iter().map(|score| score + shift[0]).collect()).collect();
    let found = rank_sets(&estimates, &draws, 0.95).unwrap();
    assert!(found.sets.iter().all(|set| set.best == set.rank && set.worst == set.rank));
    // Equal scores that never differ cannot be told apart.
    let equal = rank_sets(&[5.0, 5.0, 4.0], &vec![vec![5.0, 5.0, 4.0]; 100], 0.95).unwrap();
    assert_eq!(equal.sets[1], RankSet { rank: 1, best: 1, worst: 2 });
    assert_eq!(equal.groups(), [vec![0, 1], vec![2]]);
}

/// Neighbours cannot be told apart, ends can: groups overlap.
#[test]
fn groups_overlap_along_a_ladder() {
    let found = sets(&spaced(5, 1.0), &[0.45; 5], 2);
    // c is about 2.73, times √2 0.45: differences above 1.74 are sure.
    assert_eq!(found.groups(), [vec![0, 1], vec![1, 2], vec![2, 3], vec![3, 4]]);
    assert_eq!(found.alike(2), [1, 2, 3]);
    assert_eq!(found.sets[2], RankSet { rank: 3, best: 2, worst: 4 });
    assert!(found.surely_better(0, 2) && !found.surely_better(2, 0));
}

/// A group is whole when every other unit can be told apart from one of its members, and all pairs alike are in a group.
#[test]
fn groups_are_the_greatest_and_hold_every_pair_that_is_alike() {
    for seed in 0..20 {
        let scores = independent_draws(&[50.0; 14], &[4.0; 14], 1, seed).unwrap().remove(0);
        let errors: Vec<f64> = (0..14).map(|unit| 0.2 + 0.3 * f64::from(unit % 5)).collect();
        let found = sets(&scores, &errors, seed);
        let groups = found.groups();
        for group in &groups {
            let all = |unit: usize| group.iter().all(|&other| found.alike(unit).contains(&other));
            (0..14).for_each(|unit| assert_eq!(all(unit), group.contains(&unit), "{group:?} {unit}"));
            assert!(group.windows(2).all(|pair| scores[pair[0]] >= scores[pair[1]]));
        }
        for unit in 0..14 {
            for other in found.alike(unit) {
                assert!(groups.iter().any(|group| group.contains(&unit) && group.contains(&other)));
            }
        }
    }
}

/// 500 simulations of 12 units, some nearly alike: all true ranks inside together in at least 95 %.
#[test]
fn true_ranks_are_inside_as_often_as_promised() {
    let truth: Vec<f64> = (0..12).map(|unit| 60.0 - 0.1 * f64::from(unit * unit)).collect();
    let errors: Vec<f64> = (0..12).map(|unit| 0.5 + 0.25 * f64::from(unit % 4)).collect();
    let observed = independent_draws(&truth, &errors, 500, 99).unwrap();
    let (mut all, mut alone) = (0, 0);
    for (seed, scores) in observed.iter().enumerate() {
        let draws = independent_draws(scores, &errors, 499, seed as u64).unwrap();
        let found = rank_sets(scores, &draws, 0.95).unwrap();
        let holds = |set: &RankSet, unit: usize| set.best <= unit + 1 && unit < set.worst;
        all += u32::from(found.sets.iter().enumerate().all(|(unit, set)| holds(set, unit)));
        alone += u32::from(holds(&rank_set(5, scores, &draws, 0.95).unwrap().0, 5));
    }
    // 95 % of 500 with two standard errors (10) to spare.
    assert!(all >= 465 && alone >= 465, "{all} {alone}");
}

#[test]
fn threads_change_no_digit() {
    let estimates = spaced(7, 0.7);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| sets(&estimates, &[1.0; 7], 5))
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn what_has_no_rank_is_said() {
    let says = |estimates: &[f64], draws: &[Vec<f64>], confidence, expect| {
        assert_eq!(rank_sets(estimates, draws, confidence).map(|_| ()), Err(expect));
    };
    let draws = vec![vec![1.0, 2.0]; 100];
    says(&[1.0, f64::NAN], &draws, 0.95, RankError::NoScore { unit: 1 });
    says(&[1.0], &draws, 0.95, RankError::Replicate(0));
    says(&[1.0, 2.0], &vec![vec![f64::NAN, 2.0]; 100], 0.95, RankError::NoScore { unit: 0 });
    says(&[1.0, 2.0], &draws, 1.0, RankError::Confidence(1.0));
    says(&[1.0, 2.0], &draws, 0.999, RankError::TooFewReplicates { replicates: 100, confidence: 0.999 });
    assert_eq!(rank_set(2, &[1.0, 2.0], &draws, 0.95), Err(RankError::NoScore { unit: 2 }));
    assert_eq!(independent_draws(&[1.0, 2.0], &[1.0, -1.0], 9, 1), Err(RankError::NoScore { unit: 1 }));
}
