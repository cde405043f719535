//! Everything that depends on the reader's language: messages, numbers, dates, lists, sorting, direction.
//!
//! The crate does no I/O and reads neither clock nor environment: the values of `LANG` and `LC_ALL` are handed in, and
//! the same input gives the same bytes on every machine. It knows nothing of frameworks: names and definitions of KPIs
//! come from the framework's own catalogues.
//!
//! Read [`Locale`] first (which language, which region, which direction), then [`Text`], which bundles what one reader
//! needs: typed [`Messages`] from the Fluent catalogues in `messages/`, [`Numbers`], [`Dates`], [`Lists`] and [`Order`].
//!
//! ```
//! use mizan_text::{Locale, Text};
//!
//! let locale = Locale::choose(Some("fr"), &[])?;
//! let text = Text::for_terminal(locale);
//! assert_eq!(text.messages.declarations(2), "2 déclarations");
//! assert_eq!(text.numbers.percent(Some(87.25), 1), "87,2\u{202f}%");
//! assert_eq!(text.period("2025-Q2"), "2e trimestre 2025");
//! # Ok::<(), mizan_text::UnknownLanguage>(())
//! ```

// Clippy counts helper functions of tests as shipped code.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bundle;
pub mod catalogue;
pub mod codegen;
mod collation;
mod date;
mod isolate;
mod list;
mod locale;
#[rustfmt::skip]
mod messages;
mod number;
mod plural;
mod pseudo;
mod text;
mod words;

pub use bundle::Messages;
pub use collation::Order;
pub use date::{Dates, Day};
pub use isolate::{isolate, strip_isolates};
pub use list::Lists;
pub use locale::{Direction, Language, Locale, UnknownLanguage};
pub use number::{DASH, Numbers};
pub use text::Text;
