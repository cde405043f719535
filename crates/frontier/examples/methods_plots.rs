//! The plots of `docs/methods` on frontiers: `cargo run --release -p mizan-frontier --example methods_plots`.
//!
//! Every number comes from the library's own functions on the reference data, and every number of a title is computed.
//! Radial scores are solved here by the linear programs of `mizan-stats`, and compared with the reference scores first.

#[path = "methods/draw.rs"]
mod draw;
#[path = "methods/hull.rs"]
mod hull;
#[path = "../../index/examples/plot/mod.rs"]
mod plot;
#[path = "methods/time.rs"]
mod time;
#[path = "methods/worked.rs"]
mod worked;

fn main() -> plot::Outcome {
    worked::hulls()?;
    worked::partial()?;
    worked::productivity()?;
    hull::envelopment()?;
    hull::slacks()?;
    draw::partial()?;
    draw::bootstrap()?;
    time::productivity()?;
    draw::stochastic()
}
