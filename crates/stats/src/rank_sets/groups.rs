//! Units that cannot be told apart.

use super::RankSets;

impl RankSets {
    /// Greatest groups in which no two units can be told apart, each from its best estimate to its least, groups by
    /// their best members. Groups overlap: A may be like B and B like C while A surely is better than C. They are the
    /// letters of a compact letter display (Piepho, Journal of Computational and Graphical Statistics 13 (2004)).
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let units = self.sets.len();
        // Work with places in the order of estimates, so that groups come out sorted.
        let mut place = vec![0; units];
        self.order.iter().enumerate().for_each(|(at, &unit)| place[unit] = at);
        // A table of yes and no: hundreds of units that are all alike would take minutes with lists.
        let mut neighbours = vec![vec![false; units]; units];
        for (at, &unit) in self.order.iter().enumerate() {
            let others = self.alike(unit).into_iter().filter(|&other| other != unit);
            others.for_each(|other| neighbours[at][place[other]] = true);
        }
        let mut groups = Vec::new();
        extend(&neighbours, Vec::new(), (0..units).collect(), Vec::new(), &mut groups);
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort_unstable();
        groups.into_iter().map(|group| group.into_iter().map(|at| self.order[at]).collect()).collect()
    }
}

/// All maximal cliques that hold `group`, extend it by `candidates` only, and are not within one that holds a member of
/// `done`. Bron and Kerbosch, Communications of the ACM 16 (1973), with the pivot that leaves the fewest branches.
fn extend(
    neighbours: &[Vec<bool>],
    group: Vec<usize>,
    mut candidates: Vec<usize>,
    mut done: Vec<usize>,
    groups: &mut Vec<Vec<usize>>,
) {
    let alike = |unit: usize, other: &usize| neighbours[unit][*other];
    let reach = |pivot: &&usize| candidates.iter().filter(|other| alike(**pivot, other)).count();
    let Some(&pivot) = candidates.iter().chain(&done).max_by_key(reach) else {
        if !group.is_empty() {
            groups.push(group);
        }
        return;
    };
    let branches: Vec<usize> = candidates.iter().copied().filter(|unit| !alike(pivot, unit)).collect();
    for unit in branches {
        let among = |others: &[usize]| others.iter().copied().filter(|other| alike(unit, other)).collect();
        let (inner, excluded) = (among(&candidates), among(&done));
        let larger = group.iter().copied().chain([unit]).collect();
        extend(neighbours, larger, inner, excluded, groups);
        candidates.retain(|other| *other != unit);
        done.push(unit);
    }
}
