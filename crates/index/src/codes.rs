//! Codes of findings. `mizan explain CODE` prints the page of each.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$doc])* pub const $name: &str = $code;)*
        /// All codes of this crate.
        pub const ALL: &[&str] = &[$($code),*];
    };
}

codes! {
    /// A table without rows or columns.
    EMPTY_TABLE = "S0101";
    /// One unit and year in two rows.
    DUPLICATE_ROW = "S0102";
    /// One code for two columns or two lines of the structure.
    DUPLICATE_CODE = "S0103";
    /// A cell that is no finite number.
    NOT_A_NUMBER = "S0104";
    /// A year for some rows only.
    YEAR_MISSING = "S0105";
    /// A parent or denominator that the structure does not know.
    UNKNOWN_CODE = "S0106";
    /// An aggregate without children.
    CHILDLESS = "S0107";
    /// Parents in a circle.
    CIRCLE = "S0108";
    /// An element that belongs nowhere, or two tops.
    ORPHAN = "S0109";
    /// A level that does not lie below that of the parent.
    LEVEL = "S0110";
    /// A direction or weight that cannot be meant.
    IMPOSSIBLE_ATTRIBUTE = "S0111";
    /// An indicator of the structure is not in the table.
    COLUMN_MISSING = "S0112";
    /// The recipe cannot be read.
    RECIPE = "S0201";
    /// A parameter cannot be meant, or does not fit these data.
    PARAMETER = "S0202";
    /// Steps in an order that makes no sense.
    STEP_ORDER = "S0203";
    /// An indicator without variation.
    CONSTANT = "S0301";
    /// Cells stay missing.
    STAYS_MISSING = "S0302";
    /// Outliers stay after treatment.
    STAYS_SKEWED = "S0303";
    /// A step or an alternative changes nothing.
    NO_EFFECT = "S0304";
    /// A value that the method cannot take.
    VALUE_NOT_ALLOWED = "S0305";
    /// Weights of present children stand for missing ones.
    REWEIGHTED = "S0306";
    /// A weighting method gave something to look at.
    WEIGHTS = "S0307";
    /// An iterative method did not converge.
    NOT_CONVERGED = "S0308";
    /// Too few units or values.
    TOO_FEW = "S0309";
    /// A unit was left out or kept by force.
    SCREENED = "S0310";
    /// A denominator is missing or zero, or negative.
    DENOMINATOR = "S0311";
    /// An uncertain input that cannot be meant.
    UNCERTAIN_INPUT = "S0401";
    /// Stored draws do not fit the recipe or the data.
    REPLAY = "S0402";
    /// Uncertain choices that act together.
    INTERACTION = "S0403";
}
