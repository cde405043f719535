//! The plots of `docs/methods` on frontiers: `cargo run --release -p mizan-frontier --example frontier_plots`.
//!
//! Every number comes from the library's own functions on the reference data, and every number of a title is computed.
//! Radial scores and productivity indices are compared with those of other programs before they are drawn.

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
    worked::radial()?;
    worked::beyond_radial()?;
    worked::partial()?;
    worked::productivity()?;
    hull::envelopment()?;
    hull::slacks()?;
    draw::partial()?;
    draw::bootstrap()?;
    time::productivity()?;
    draw::stochastic()
}
