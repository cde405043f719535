//! `mizan frontier`: what units get out of what they have, beside the best.

mod answer;
mod beside;
mod circumstances;
mod draws;
mod over_time;
mod radial;
mod stochastic;
mod units;
mod windows;

use crate::arguments::{FrontierCommand, FrontierInputs, OutputArguments};
use crate::commands::{Session, never_over};
use crate::failure::{Exit, Failure};

/// Table and file of an answer.
fn files(command: &FrontierCommand) -> (&FrontierInputs, &OutputArguments) {
    match command {
        FrontierCommand::Dea(of) => (&of.inputs, &of.output),
        FrontierCommand::Directional(of) => (&of.inputs, &of.output),
        FrontierCommand::Super(of) => (&of.inputs, &of.output),
        FrontierCommand::Meta(of) => (&of.inputs, &of.output),
        FrontierCommand::Sbm(of) => (&of.inputs, &of.output),
        FrontierCommand::Additive(of) => (&of.inputs, &of.output),
        FrontierCommand::Russell(of) | FrontierCommand::Hyperbolic(of) => (&of.inputs, &of.output),
        FrontierCommand::Range(of) => (&of.inputs, &of.output),
        FrontierCommand::Undesirable(of) => (&of.inputs, &of.output),
        FrontierCommand::Cross(of) => (&of.inputs, &of.output),
        FrontierCommand::Cost(of) => (&of.inputs, &of.output),
        FrontierCommand::Stages(of) => (&of.inputs, &of.output),
        FrontierCommand::Bootstrap(of) => (&of.inputs, &of.output),
        FrontierCommand::Environment(of) => (&of.inputs, &of.output),
        FrontierCommand::OrderM(of) => (&of.inputs, &of.output),
        FrontierCommand::OrderAlpha(of) => (&of.inputs, &of.output),
        FrontierCommand::Malmquist(of) => (&of.inputs, &of.output),
        FrontierCommand::Window(of) => (&of.inputs, &of.output),
        FrontierCommand::Sfa(of) => (&of.inputs, &of.output),
    }
}

/// Reads the table, computes, and prints one row a unit in the order of the table.
pub fn run(command: &FrontierCommand, session: &Session<'_>) -> Result<Exit, Failure> {
    let (inputs, output) = files(command);
    never_over(&[output.out.as_deref()], std::iter::once(inputs.data.as_path()))?;
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
        FrontierCommand::Window(arguments) => windows::window(arguments, session),
        FrontierCommand::Sfa(arguments) => stochastic::sfa(arguments, session),
    }
}
