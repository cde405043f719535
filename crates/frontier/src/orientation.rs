//! Whether a score asks for less input or for more output.

/// Direction of a radial score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Orientation {
    /// Farrell θ <= 1: the share of its inputs that would do.
    Input,
    /// Farrell φ >= 1: the multiple of its outputs that would be possible.
    Output,
}
