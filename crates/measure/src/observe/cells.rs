//! The parts of one period and split.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use mizan_model::kpi::AppliesTo;
use mizan_model::period::Period;

use super::{Observer, class_places, places, trees};
use crate::MeasureError;
use crate::part_value::{PartScale, PartValue};
use crate::plan::{Formula, PartPlace};
use crate::rollup::{Codes, PeriodColumn, Split, total};
use crate::value::Parts;

/// Merged parts of one period and split, by id.
pub(super) struct PeriodParts<'a> {
    parts: HashMap<&'a str, PeriodPart<'a>>,
}

struct PeriodPart<'a> {
    column: PeriodColumn<'a>,
    scale: PartScale,
    /// Not split: its total is taken for every code.
    is_whole: bool,
}

/// The parts of one cell.
pub(super) struct Cell<'a> {
    pub(super) parts: &'a PeriodParts<'a>,
    /// Number of the cell's codes.
    pub(super) codes: u32,
}

/// Number of the codes of the total: its split has no others.
pub(super) const TOTAL: u32 = 0;

impl Parts for Cell<'_> {
    fn part(&self, place: &PartPlace) -> (Cow<'_, PartValue>, PartScale) {
        let part = &self.parts.parts[place.id.as_str()];
        (part.column.part(if part.is_whole { TOTAL } else { self.codes }), part.scale)
    }
}

impl<'a> Observer<'a> {
    pub(super) fn parts(&self, split: &Split, period: Period) -> Result<PeriodParts<'a>, MeasureError> {
        let mut parts = HashMap::new();
        let none = Split::new();
        let mut covers = HashMap::new();
        let unsplit = self.unsplit(split);
        for place in places(self.planned).chain(self.planned.checks.iter().flat_map(|(_, tree)| &tree.parts)) {
            let id = place.id.as_str();
            if parts.contains_key(id) {
                continue;
            }
            let is_whole = split.is_empty() || unsplit.contains(id);
            let split = if is_whole { &none } else { split };
            let cover = covers.entry((place.source, is_whole)).or_insert_with(|| {
                let counts: Vec<&str> =
                    class_places(&self.planned.sources[place.source]).map(|place| place.id.as_str()).collect();
                self.rollup.cover(place.scan, &counts, split, period, self.kpi.rollup.method)
            });
            let (scale, kind) = self.scales[id];
            let column = self.rollup.period((place.scan, id, kind), split, period, cover.as_ref())?;
            parts.insert(id, PeriodPart { column, scale, is_whole });
        }
        Ok(PeriodParts { parts })
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

    /// Codes that occur in the split parts of the formula, in order, with their numbers; for the total there is one, empty.
    pub(super) fn codes(&self, split: &Split, parts: &PeriodParts<'_>) -> Vec<(u32, Codes)> {
        if split.is_empty() {
            return vec![(TOTAL, total())];
        }
        let places = trees(&self.planned.formula).into_iter().flat_map(|tree| &tree.parts);
        let columns: Vec<&PeriodColumn<'_>> = places
            .map(|place| &parts.parts[place.id.as_str()])
            .filter(|part| !part.is_whole)
            .map(|part| &part.column)
            .collect();
        let occurs = |number: u32| columns.iter().any(|column| column.is_filled(number));
        let codes = self.rollup.codes(split).filter(|(number, _)| occurs(*number));
        codes.map(|(number, codes)| (number, codes.clone())).collect()
    }
}
