//! The plots of `docs/methods` on composite indices: `cargo run --release -p mizan-index --example methods_plots`.
//!
//! Every number comes from the library's own functions on the reference data, and every number of a title is computed.
//! Where a plot can be checked against a published table, it is, before it is written.

#[path = "methods/asem.rs"]
mod asem;
#[path = "methods/decide.rs"]
mod decide;
#[path = "plot/mod.rs"]
mod plot;
#[path = "methods/prepare.rs"]
mod prepare;
#[path = "methods/prove.rs"]
mod prove;
#[path = "methods/technology.rs"]
mod technology;
#[path = "methods/tell.rs"]
mod tell;
#[path = "methods/worked.rs"]
mod worked;

fn main() -> plot::Outcome {
    worked::explanations()?;
    worked::product()?;
    technology::doubt_by_hand()?;
    prove::by_hand()?;
    prepare::availability()?;
    prepare::denominators()?;
    prepare::imputation()?;
    prepare::outliers()?;
    technology::normalisation()?;
    technology::weights()?;
    technology::benefit_of_the_doubt()?;
    technology::coherence()?;
    decide::aggregation()?;
    decide::outranking()?;
    decide::bands()?;
    tell::uncertainty()?;
    tell::sensitivity()?;
    tell::explain()?;
    prove::evidence()
}
