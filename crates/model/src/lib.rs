//! The nouns of Mizan: framework, KPI, contract, mapping, period, part, observation, diagnostic.
//!
//! This crate reads texts that are handed to it and returns checked values with every finding. It deliberately does
//! no I/O, knows no clock and no engine: types of expressions are checked where the engine is. Read
//! [`framework::Framework`] and [`kpi::Kpi`] first.
//!
//! ```
//! use std::collections::BTreeMap;
//! use mizan_model::framework::Framework;
//!
//! let head = r#"
//!     schema          = "framework/1"
//!     id              = "tiny"
//!     version         = "0.1.0"
//!     source_language = "en"
//!     languages       = ["en"]
//!     dimension       = [{ id = "tf", name = "Trade facilitation" }]
//!     outcome         = [{ id = "tf.faster-release", dimension = "tr", name = "Faster release", pmm = false }]
//! "#;
//! let checked = Framework::from_files(BTreeMap::from([("framework.toml".into(), head.into())]));
//! let finding = &checked.diagnostics[0];
//! assert_eq!(finding.code, "F0208");
//! assert_eq!(finding.help.as_deref(), Some("did you mean `tf`?"));
//! assert_eq!(&head[finding.labels[0].span.clone()], "\"tr\"");
//! ```

pub mod contract;
pub mod diagnostic;
pub mod expression;
pub mod framework;
pub mod kpi;
pub mod mapping;
pub mod observation;
pub mod period;
pub mod schema;
pub mod source;
