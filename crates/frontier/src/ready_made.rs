//! Ready-made sets of variables for customs offices and administrations, as data.
//!
//! Codes only: names and explanations for readers belong to the message catalogues.

/// What a variable is in production.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Used up; less is better.
    Input,
    /// Wanted; more is better.
    Output,
    /// Comes along and is not wanted.
    Undesirable,
    /// Given from outside; the office cannot change it.
    NonControllable,
}

/// Unit in which a variable is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Full-time equivalents.
    FullTimeEquivalents,
    /// Money of one year and currency.
    Money,
    /// A number of things.
    Count,
    /// Hours.
    Hours,
    /// From 0 to 1.
    Share,
    /// Kilometres.
    Kilometres,
}

/// A variable that assessments of customs often use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Stable code.
    pub code: &'static str,
    /// Role.
    pub role: Role,
    /// Unit.
    pub measure: Measure,
}

impl Variable {
    /// Whether the variable grows with the size of the office. Shares and medians do not: with them a frontier of
    /// constant returns makes no sense, as twice the office does not have twice the median.
    pub fn grows_with_size(&self) -> bool {
        !matches!(self.measure, Measure::Hours | Measure::Share)
    }
}

const fn variable(code: &'static str, role: Role, measure: Measure) -> Variable {
    Variable { code, role, measure }
}

/// All variables of the sets.
pub const VARIABLES: &[Variable] = &[
    variable("staff", Role::Input, Measure::FullTimeEquivalents),
    variable("operating_cost", Role::Input, Measure::Money),
    variable("scanners", Role::Input, Measure::Count),
    variable("it_cost", Role::Input, Measure::Money),
    variable("declarations", Role::Output, Measure::Count),
    variable("duties_collected", Role::Output, Measure::Money),
    variable("value_of_detections", Role::Output, Measure::Money),
    variable("passengers", Role::Output, Measure::Count),
    variable("post_clearance_recoveries", Role::Output, Measure::Money),
    variable("median_release_time", Role::Undesirable, Measure::Hours),
    variable("error_rate", Role::Undesirable, Measure::Share),
    variable("appeal_rate", Role::Undesirable, Measure::Share),
    variable("trade_value", Role::NonControllable, Measure::Money),
    variable("border_length", Role::NonControllable, Measure::Kilometres),
    variable("traffic_mix", Role::NonControllable, Measure::Share),
];

/// Types of office that are compared with their own kind first.
pub const GROUPS: &[&str] = &["sea", "land", "air", "inland"];

/// A set of variables for one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariableSet {
    /// Stable code.
    pub code: &'static str,
    /// Codes of its variables, in the order of [`VARIABLES`].
    pub variables: &'static [&'static str],
}

/// The sets that are offered: everything, and parts small enough for a country with few offices.
pub const SETS: &[VariableSet] = &[
    VariableSet {
        code: "whole_office",
        variables: &[
            "staff",
            "operating_cost",
            "scanners",
            "it_cost",
            "declarations",
            "duties_collected",
            "value_of_detections",
            "passengers",
            "post_clearance_recoveries",
            "median_release_time",
            "error_rate",
            "trade_value",
            "border_length",
            "traffic_mix",
        ],
    },
    VariableSet { code: "clearance", variables: &["staff", "operating_cost", "declarations", "duties_collected"] },
    VariableSet {
        code: "clearance_with_delay",
        variables: &["staff", "operating_cost", "declarations", "duties_collected", "median_release_time"],
    },
    VariableSet {
        code: "control",
        variables: &["staff", "scanners", "value_of_detections", "post_clearance_recoveries"],
    },
    VariableSet { code: "passengers", variables: &["staff", "scanners", "value_of_detections", "passengers"] },
];

/// The variable of a code.
pub fn variable_of(code: &str) -> Option<&'static Variable> {
    VARIABLES.iter().find(|variable| variable.code == code)
}

impl VariableSet {
    /// Its variables of a role, in order.
    pub fn of_role(&self, role: Role) -> impl Iterator<Item = &'static Variable> {
        self.variables.iter().filter_map(|code| variable_of(code)).filter(move |variable| variable.role == role)
    }

    /// Fewest units with which scores still tell units apart: max(m s, 3 (m + s)), undesirable outputs counted as
    /// outputs.
    pub fn fewest_units(&self) -> usize {
        let inputs = self.of_role(Role::Input).count();
        let outputs = self.of_role(Role::Output).count() + self.of_role(Role::Undesirable).count();
        (inputs * outputs).max(3 * (inputs + outputs))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_set_can_be_computed_from_known_variables() {
        let codes: BTreeSet<&str> = VARIABLES.iter().map(|variable| variable.code).collect();
        assert_eq!(codes.len(), VARIABLES.len(), "a code stands twice");
        assert_eq!(SETS.iter().map(|set| set.code).collect::<BTreeSet<_>>().len(), SETS.len());
        for set in SETS {
            let places: Vec<_> =
                set.variables.iter().map(|code| VARIABLES.iter().position(|v| v.code == *code).unwrap()).collect();
            assert!(places.is_sorted_by(|a, b| a < b), "{}", set.code);
            assert!(set.of_role(Role::Input).count() > 0 && set.of_role(Role::Output).count() > 0, "{}", set.code);
        }
    }

    #[test]
    fn the_size_guard_follows_from_the_roles() {
        let needed = |code: &str| SETS.iter().find(|set| set.code == code).unwrap().fewest_units();
        // 2 inputs and 2 outputs: 3 (2 + 2); 4 inputs and 7 outputs: 3 (4 + 7).
        assert_eq!(needed("clearance"), 12);
        assert_eq!(needed("whole_office"), 33);
    }

    #[test]
    fn medians_and_shares_do_not_grow_with_size() {
        let still: Vec<&str> = VARIABLES.iter().filter(|v| !v.grows_with_size()).map(|v| v.code).collect();
        assert_eq!(still, ["median_release_time", "error_rate", "appeal_rate", "traffic_mix"]);
    }
}
