//! Why a row is in quarantine, as stable codes.

/// More fields than the header has.
pub const EXTRA_FIELDS: &str = "D0201";
/// Fewer fields than the header has.
pub const MISSING_FIELDS: &str = "D0202";
/// Bytes that are no text in the file's encoding.
pub const NOT_TEXT: &str = "D0203";
/// A required field is empty.
pub const REQUIRED: &str = "D0204";
/// Not a date or time in the mapping's format.
pub const NOT_A_TIME: &str = "D0205";
/// Not a number.
pub const NOT_A_NUMBER: &str = "D0206";
/// A number with more digits than the field can hold.
pub const OUT_OF_RANGE: &str = "D0207";
/// Not a yes or a no.
pub const NOT_A_TRUTH_VALUE: &str = "D0208";
/// Not in the framework's closed list.
pub const NOT_IN_LIST: &str = "D0209";
/// Not among the values that the mapping translates.
pub const NOT_TRANSLATED: &str = "D0210";
/// An amount in a foreign currency without a rate.
pub const CURRENCY: &str = "D0211";
/// The exchange rate is empty or no number.
pub const RATE: &str = "D0212";
/// Not a period code.
pub const NOT_A_PERIOD: &str = "D0213";
/// The expression of the mapping failed on this row.
pub const EXPRESSION: &str = "D0214";
/// The key is there already.
pub const DUPLICATE: &str = "D0215";
/// A row check of the contract failed.
pub const CHECK: &str = "D0216";

/// Reasons that no change of a mapping's fields can mend, so that `retry` leaves these rows alone.
pub(crate) const STRUCTURAL: [&str; 3] = [EXTRA_FIELDS, MISSING_FIELDS, NOT_TEXT];

/// Notice: a number had more digits than the field keeps and was rounded half to even.
pub const ROUNDED: &str = "D0301";
/// Warning: a code outside the mapping's values was taken as it is.
pub const KEPT_CODE: &str = "D0302";
/// Warning: a code outside the mapping's values was left empty.
pub const EMPTIED_CODE: &str = "D0303";
/// Warning: a record lies outside [`PLAUSIBLE_YEARS`], by a wrong century or format; or one of its other stamps lies before
/// 1900 or after those years, as placeholders do.
pub const IMPLAUSIBLE_STAMP: &str = "D0304";

/// Local years in which records of a customs administration that has an information system can lie. Fixed, because
/// reading must not depend on a clock.
pub const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
