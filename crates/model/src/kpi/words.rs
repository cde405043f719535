//! The closed sets of words of a KPI file.

use serde::{Deserialize, Serialize};

/// Makes an enumeration whose variants are words of a file.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }
        impl $name {
            /// All variants, in their natural order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// All words, in the order of the variants.
            pub const WORDS: &'static [&'static str] = &[$($word),+];
            /// The word as definitions write it.
            pub fn as_str(self) -> &'static str { match self { $($name::$variant => $word),+ } }
            /// The variant with that word.
            pub fn from_word(word: &str) -> Option<Self> { match word { $($word => Some($name::$variant),)+ _ => None } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }
    };
}
pub(crate) use words;

words! {
    /// Life of a definition.
    DefinitionStatus {
        /// Written, not decided.
        Proposed = "proposed",
        /// Tried out by some administrations.
        Pilot = "pilot",
        /// Adopted.
        Active = "active",
        /// Replaced by a later version.
        Superseded = "superseded",
        /// No longer measured.
        Retired = "retired",
    }
}
words! {
    /// How the value comes out of the parts.
    KpiKind {
        /// Quotient of two parts; times 100 when the unit is percent.
        Ratio = "ratio",
        /// A sum over a count, in the KPI's unit.
        Mean = "mean",
        /// Quantile of one histogram or survival part.
        Quantile = "quantile",
        /// Share of a histogram part within a limit, times 100 when the unit is percent.
        Share = "share",
        /// A count or a sum itself.
        Count = "count",
        /// Number of distinct values.
        Distinct = "distinct",
        /// Variation between T and T-1, in percent.
        Change = "change",
        /// Arithmetic over named parts or other KPIs.
        Index = "index",
        /// Entered by people, not computed.
        Reported = "reported",
        /// A maturity level from a rubric; entered.
        Rubric = "rubric",
    }
}
words! {
    /// Which direction is better.
    Direction {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
        /// Nearer to a target is better.
        Target = "target",
        /// Neither: a figure for comparison.
        Context = "context",
    }
}
words! {
    /// Unit of the value.
    Unit {
        /// Hundredths.
        Percent = "percent",
        /// Hours.
        Hours = "hours",
        /// Days.
        Days = "days",
        /// National currency.
        Money = "money",
        /// A number of things.
        Count = "count",
        /// A plain quotient.
        Ratio = "ratio",
        /// 0 to 100.
        Score = "score",
        /// Percentage points.
        Points = "points",
        /// A physical quantity, such as kilograms.
        Quantity = "quantity",
        /// A stage of maturity.
        Stage = "stage",
    }
}
words! {
    /// Where a definition comes from.
    OriginKind {
        /// Published by the WCO's Performance Measurement Mechanism, verified.
        Pmm = "pmm",
        /// Published elsewhere, taken as it is.
        Published = "published",
        /// Published elsewhere, changed.
        Adapted = "adapted",
        /// Made here.
        Own = "own",
    }
}
words! {
    /// What happens to a case that is still open at closing.
    Pending {
        /// Stays in the denominator.
        NotMet = "not_met",
        /// Is taken out.
        Exclude = "exclude",
        /// Counts as open until closing; survival parts only.
        Censored = "censored",
    }
}
words! {
    /// Coarsest time stamp that a clock accepts.
    Precision {
        /// To the day.
        Day = "day",
        /// To the minute.
        Minute = "minute",
        /// To the second.
        Second = "second",
    }
}
words! {
    /// Which hours a clock counts.
    ClockCalendar {
        /// All hours.
        Elapsed = "elapsed",
        /// Hours in which the office is open.
        WorkingHours = "working_hours",
    }
}
words! {
    /// Zone of a clock and of the period's edges.
    ClockZone {
        /// The office's local time.
        Office = "office",
        /// UTC.
        Utc = "utc",
    }
}
words! {
    /// How a value is scored; `none` is the default and valid for a whole framework.
    ScoreMethod {
        /// No score.
        None = "none",
        /// Distance to a mean or median.
        Distance = "distance",
        /// Change against T-1.
        Change = "change",
        /// Rank among peers.
        Percentile = "percentile",
        /// Attainment of an agreed target.
        Target = "target",
        /// Linear between two values.
        Goalposts = "goalposts",
        /// A to D by criteria.
        Bands = "bands",
        /// 0, 1, 2 for each variable.
        Points = "points",
        /// 0 to 3.
        Stage = "stage",
    }
}
words! {
    /// Who may see a value.
    DisclosureLevel {
        /// The administration alone.
        Administration = "administration",
        /// And its reviewers.
        Reviewers = "reviewers",
        /// And other members.
        Members = "members",
        /// Everybody.
        Public = "public",
    }
}
words! {
    /// Interval that a value carries.
    IntervalMethod {
        /// No band.
        None = "none",
        /// Wilson score interval of a proportion, 95 %.
        Wilson95 = "wilson95",
        /// Mean plus or minus 1.96 standard errors, from moments.
        Normal95 = "normal95",
        /// Order statistics of a quantile, 95 %.
        Order95 = "order95",
        /// Greenwood on the log(-log S) scale, 95 %.
        Greenwood95 = "greenwood95",
    }
}
words! {
    /// Break in a series.
    BreakClass {
        /// The series goes on.
        None = "none",
        /// Same concept, shifted.
        Level = "level",
        /// Another thing.
        Concept = "concept",
    }
}
words! {
    /// How parts of several months make a longer period.
    RollupMethod {
        /// Parts are merged.
        Merge = "merge",
        /// The last month stands for the period (stocks).
        Last = "last",
    }
}
words! {
    /// Which side of a ratio a breakdown splits.
    AppliesTo {
        /// Numerator and denominator.
        Both = "both",
        /// The numerator alone.
        Numerator = "numerator",
    }
}
