//! Synthetic customs administrations whose truth is known.
//!
//! [`write_administration`] writes the files that an administration's systems would export, with planted facts to be found again, and
//! counts what is true of them ([`Truth`]). It does not read, check or measure anything.
//! Read [`Plan`] first, then [`Truth`].
//!
//! ```
//! use mizan_synth::{Plan, write_administration};
//!
//! let folder = std::env::temp_dir().join(format!("mizan-synth-example-{}", std::process::id()));
//! let plan = Plan::sized(7, 500, 3, 4);
//! let truth = write_administration(&plan, &folder, &mut |_, _| ()).expect("the folder can be written");
//! assert_eq!(truth.declarations.all, 500);
//! assert!(folder.join("declaration-2024-01.csv").exists());
//! std::fs::remove_dir_all(&folder).expect("the folder is ours");
//! ```

mod administration;
mod asycuda;
mod bench;
mod border;
mod calendar;
mod chance;
mod clearance;
mod control;
mod declaration;
pub mod nations;
mod plan;
mod planted;
mod registers;
mod revenue;
mod seizure;
mod selection;
mod services;
mod sheet;
mod tables;
mod tally;
mod timeline;
mod totals;
mod truth;
mod world;

pub use administration::write_administration;
pub use asycuda::{AsycudaTruth, write_asycuda_extract};
pub use bench::{BenchFile, write_bench_items};
pub use plan::{Plan, SynthError};
pub use planted::{BunchingTruth, PaddingTruth, PairTruth, ReformTruth};
pub use sheet::FileTruth;
pub use tables::{SOURCE_TABLES, SourceTable};
pub use truth::{DeclarationTruth, Durations, FraudTruth, MoneyTruth, SeizureTruth, Truth};
