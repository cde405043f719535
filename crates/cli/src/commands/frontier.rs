//! `mizan frontier`: what units get out of what they have, beside the best.

mod answer;
mod beside;
mod draws;
mod over_time;
mod radial;
mod stochastic;
mod units;

use crate::arguments::FrontierCommand;
use crate::commands::Session;
use crate::failure::{Exit, Failure};

/// Reads the table, computes, and prints one row a unit in the order of the table.
pub fn run(command: &FrontierCommand, session: &Session<'_>) -> Result<Exit, Failure> {
    match command {
        FrontierCommand::Dea(arguments) => radial::dea(arguments, session),
        FrontierCommand::Directional(arguments) => radial::directional(arguments, session),
        FrontierCommand::Super(arguments) => radial::super_efficiency(arguments, session),
        FrontierCommand::Meta(arguments) => radial::meta(arguments, session),
        FrontierCommand::Sbm(arguments) => beside::sbm(arguments, session),
        FrontierCommand::Additive(arguments) => beside::additive(arguments, session),
        FrontierCommand::Russell(arguments) => beside::russell(arguments, session),
        FrontierCommand::Hyperbolic(arguments) => beside::hyperbolic(arguments, session),
        FrontierCommand::Range(arguments) => beside::range(arguments, session),
        FrontierCommand::Undesirable(arguments) => beside::undesirable(arguments, session),
        FrontierCommand::Cross(arguments) => beside::cross(arguments, session),
        FrontierCommand::Cost(arguments) => beside::cost(arguments, session),
        FrontierCommand::Stages(arguments) => beside::stages(arguments, session),
        FrontierCommand::Bootstrap(arguments) => draws::bootstrap(arguments, session),
        FrontierCommand::Environment(arguments) => draws::environment(arguments, session),
        FrontierCommand::OrderM(arguments) => draws::order_m(arguments, session),
        FrontierCommand::OrderAlpha(arguments) => draws::order_alpha(arguments, session),
        FrontierCommand::Malmquist(arguments) => over_time::malmquist(arguments, session),
        FrontierCommand::Sfa(arguments) => stochastic::sfa(arguments, session),
    }
}
