//! The parts of one period and split.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use mizan_model::expression::parts::PartKind;
use mizan_model::kpi::AppliesTo;
use mizan_model::period::Period;

use super::{Observer, class_places, places, trees};
use crate::MeasureError;
use crate::part_value::{PartScale, PartValue};
use crate::plan::{Formula, PartPlace};
use crate::rollup::{Codes, Split, total};
use crate::value::Parts;

/// Merged parts of one period and split, by part and codes.
pub(super) struct PeriodParts<'a> {
    parts: HashMap<&'a str, BTreeMap<Codes, Cow<'a, PartValue>>>,
    empties: HashMap<&'a str, PartValue>,
    scales: &'a HashMap<&'a str, (PartScale, PartKind)>,
    /// Parts that are not split: their total is taken for every code.
    whole: BTreeSet<&'a str>,
}

/// The parts of one cell.
pub(super) struct Cell<'a> {
    pub(super) parts: &'a PeriodParts<'a>,
    pub(super) codes: &'a Codes,
}

impl Parts for Cell<'_> {
    fn part(&self, place: &PartPlace) -> (&PartValue, PartScale) {
        let id = place.id.as_str();
        let scale = self.parts.scales[id].0;
        let none = total();
        let codes = if self.parts.whole.contains(id) { &none } else { self.codes };
        let value = self.parts.parts.get(id).and_then(|by_codes| by_codes.get(codes));
        (value.map_or(&self.parts.empties[id], Cow::as_ref), scale)
    }
}

impl<'a> Observer<'a> {
    pub(super) fn parts(&self, split: &Split, period: Period) -> Result<PeriodParts<'a>, MeasureError> {
        let mut parts = HashMap::new();
        let mut empties = HashMap::new();
        let mut whole = BTreeSet::new();
        let none = Split::new();
        let mut covers = HashMap::new();
        let unsplit = self.unsplit(split);
        for place in places(self.planned).chain(self.planned.checks.iter().flat_map(|(_, tree)| &tree.parts)) {
            let id = place.id.as_str();
            if parts.contains_key(id) {
                continue;
            }
            let is_whole = unsplit.contains(id);
            let split = if is_whole { &none } else { split };
            let rolled = &self.rolled[place.scan];
            let cover = covers.entry((place.source, is_whole)).or_insert_with(|| {
                let counts: Vec<&str> =
                    class_places(&self.planned.sources[place.source]).map(|place| place.id.as_str()).collect();
                rolled.cover(&counts, split, period, self.kpi.rollup.method)
            });
            parts.insert(id, rolled.period(id, split, period, cover.as_ref())?);
            empties.insert(id, PartValue::empty(self.scales[id].1));
            if is_whole {
                whole.insert(id);
            }
        }
        Ok(PeriodParts { parts, empties, scales: self.scales, whole })
    }

    /// Parts that a split does not apply to: the denominator, where the breakdown splits the numerator alone.
    fn unsplit(&self, split: &Split) -> BTreeSet<&'a str> {
        let numerator_only = self
            .planned
            .breakdowns
            .iter()
            .any(|(name, applies)| *applies == AppliesTo::Numerator && split.contains(name));
        match &self.planned.formula {
            Formula::Quotient { numerator, denominator } if numerator_only => denominator
                .parts
                .iter()
                .filter(|place| !numerator.parts.iter().any(|part| part.id == place.id))
                .map(|place| place.id.as_str())
                .collect(),
            // In an index, the first part in the file is the one that is split.
            Formula::Named { parts, .. } if numerator_only => {
                let split: Vec<&PartPlace> = parts.first().into_iter().flat_map(|(_, tree)| &tree.parts).collect();
                let others = parts.iter().skip(1).flat_map(|(_, tree)| &tree.parts);
                others
                    .filter(|place| !split.iter().any(|part| part.id == place.id))
                    .map(|place| place.id.as_str())
                    .collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// Whether every part that must be split can be: its contract has the breakdown.
    pub(super) fn can_split(&self, split: &Split) -> bool {
        let unsplit = self.unsplit(split);
        trees(&self.planned.formula).into_iter().flat_map(|tree| &tree.parts).all(|place| {
            let dimensions = &self.plan.scans[place.scan].dimensions;
            unsplit.contains(place.id.as_str()) || split.iter().all(|name| dimensions.iter().any(|d| d.name == *name))
        })
    }

    /// Codes that occur in the split parts of the formula; for the total there is one, empty.
    pub(super) fn codes(&self, split: &Split, parts: &PeriodParts<'_>) -> BTreeSet<Codes> {
        if split.is_empty() {
            return BTreeSet::from([total()]);
        }
        let is_counted = |value: &PartValue| !matches!(value, PartValue::Count(0) | PartValue::Sum { units: 0 });
        trees(&self.planned.formula)
            .into_iter()
            .flat_map(|tree| &tree.parts)
            .filter(|place| !parts.whole.contains(place.id.as_str()))
            .flat_map(|place| &parts.parts[place.id.as_str()])
            .filter(|(_, value)| is_counted(value.as_ref()))
            .map(|(codes, _)| codes.clone())
            .collect()
    }
}
