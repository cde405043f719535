//! The table of units as a method wants it.

use mizan_frontier::codes;
use mizan_frontier::orientation::Orientation;
use mizan_frontier::technology::{Data, Returns};
use mizan_model::diagnostic::Diagnostic;
use nalgebra::DMatrix;

use crate::arguments::{FrontierInputs, OrientationChoice, ReturnsChoice, SidesChoice};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::tables::Sheet;

/// Units with their names, inputs and outputs.
pub struct Units {
    /// The table.
    pub sheet: Sheet,
    /// Names, one a row.
    pub ids: Vec<String>,
    /// Columns of inputs.
    pub inputs: Vec<String>,
    /// Columns of outputs.
    pub outputs: Vec<String>,
    /// Numbers of both.
    pub data: Data,
}

impl Units {
    /// Reads the table. Negative numbers are left for the method to refuse.
    pub fn read(given: &FrontierInputs) -> Result<Units, Failure> {
        let sheet = Sheet::read(&given.data)?;
        let trimmed = |names: &[String]| names.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>();
        let (inputs, outputs) = (trimmed(&given.inputs), trimmed(&given.outputs));
        let id = match &given.id {
            Some(name) => sheet.needed(name)?,
            None => 0,
        };
        let ids = (0..sheet.rows.len())
            .map(|row| sheet.code(row, id).map_or_else(|| (row + 1).to_string(), str::to_owned))
            .collect();
        once(inputs.iter().chain(&outputs))?;
        let data = Data { inputs: numbers(&sheet, &inputs)?, outputs: numbers(&sheet, &outputs)? };
        Ok(Units { sheet, ids, inputs, outputs, data })
    }

    /// Columns that stand beside inputs and outputs, none of them in two roles.
    pub fn further(&self, columns: &[String]) -> Result<DMatrix<f64>, Failure> {
        once(self.inputs.iter().chain(&self.outputs).chain(columns))?;
        self.numbers(columns)
    }

    /// Further columns of numbers.
    pub fn numbers(&self, columns: &[String]) -> Result<DMatrix<f64>, Failure> {
        numbers(&self.sheet, columns)
    }

    /// The data, if no number is negative; says when units are few for so many variables.
    pub fn quantities(&self, session: &Session<'_>) -> Result<Data, Failure> {
        let data =
            Data::new(self.data.inputs.clone(), self.data.outputs.clone()).map_err(|error| self.refused(&error))?;
        if data.units() < data.advised_units() {
            let message = format!(
                "{} units for {} inputs and {} outputs: at least {} are advised",
                data.units(),
                self.inputs.len(),
                self.outputs.len(),
                data.advised_units()
            );
            let finding = Diagnostic::warning(codes::FEW_UNITS, message)
                .help("leave out variables, join similar ones, or add units or years");
            session.report.findings(&[finding], &Texts::default());
        }
        Ok(data)
    }

    /// What a method refuses, with names instead of numbers.
    pub fn refused(&self, error: &mizan_frontier::nonradial::Refused) -> Failure {
        use mizan_frontier::nonradial::{Refused, Side};
        let name = |side: Side, variable: usize| match side {
            Side::Input => self.inputs.get(variable).cloned(),
            Side::Output => self.outputs.get(variable).cloned(),
            _ => None,
        };
        let column = |side: Side, variable: usize| {
            name(side, variable).map_or_else(|| format!("{side} {}", variable + 1), |name| format!("`{name}`"))
        };
        let line = |unit: usize| format!("line {} of `{}`", unit + 2, self.sheet.file);
        let message = match error {
            Refused::Returns(returns) => format!("the method is not defined for returns to scale `{}`", returns.word()),
            Refused::Shape(side) => format!("the {side}s do not fit the method"),
            Refused::NotFinite { side, unit, variable } => {
                format!("{}: {} is no finite number", line(*unit), column(*side, *variable))
            }
            Refused::Negative { side, unit, variable } => {
                format!("{}: {} is negative", line(*unit), column(*side, *variable))
            }
            Refused::Weight { side, variable } => {
                format!("the weight or direction of {} cannot be meant", column(*side, *variable))
            }
            Refused::Spread { side, variable } => format!(
                "the values of {} differ by more than a factor of a thousand million: small units would be lost in the \
                 rounding of large ones",
                column(*side, *variable)
            ),
            Refused::NoRange { side, variable } => format!("{} is the same for all units", column(*side, *variable)),
        };
        match error {
            Refused::Returns(_) => {
                Failure::new(Exit::Usage, codes::REFUSED, message).help("choose other returns with `--rts`")
            }
            Refused::Weight { .. } => Failure::new(Exit::Usage, codes::REFUSED, message)
                .help("weights and directions are numbers of at least 0"),
            Refused::Negative { .. } => {
                failure(message, "correct the table; `mizan frontier range` takes negative numbers")
            }
            _ => failure(message, "correct the table, or name other columns"),
        }
    }

    /// Positions of columns among inputs and outputs.
    pub fn places(&self, names: &[String]) -> Result<(Vec<usize>, Vec<usize>), Failure> {
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        for name in names {
            match self.place(name)? {
                (place, true) => inputs.push(place),
                (place, false) => outputs.push(place),
            }
        }
        Ok((inputs, outputs))
    }

    /// Position of a column, and whether it is an input.
    pub fn place(&self, name: &str) -> Result<(usize, bool), Failure> {
        let find = |names: &[String]| names.iter().position(|known| known == name);
        match (find(&self.inputs), find(&self.outputs)) {
            (Some(place), _) => Ok((place, true)),
            (None, Some(place)) => Ok((place, false)),
            (None, None) => Err(Failure::usage(format!("`{name}` is neither an input nor an output"))
                .help("name it with `--inputs` or `--outputs` too")),
        }
    }
}

/// Refuses a column that stands in two roles, or twice in one.
fn once<'a>(names: impl Iterator<Item = &'a String>) -> Result<(), Failure> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(Failure::usage(format!("the column `{name}` is named twice"))
                .help("a column is an input, an output or something else, once"));
        }
    }
    Ok(())
}

/// Columns of a table as numbers, none missing.
pub fn numbers(sheet: &Sheet, columns: &[String]) -> Result<DMatrix<f64>, Failure> {
    let places: Vec<usize> = columns.iter().map(|name| sheet.needed(name)).collect::<Result<_, _>>()?;
    let mut table = DMatrix::zeros(sheet.rows.len(), places.len());
    for (column, place) in places.iter().enumerate() {
        for row in 0..sheet.rows.len() {
            table[(row, column)] = sheet.number(row, *place)?.ok_or_else(|| {
                let place = format!("line {} of `{}`, column `{}`", row + 2, sheet.file, columns[column]);
                failure(format!("{place} is empty"), "complete it, or leave the row out")
            })?;
        }
    }
    Ok(table)
}

/// Data or options that a method cannot take.
pub fn failure(message: impl Into<String>, help: &str) -> Failure {
    Failure::new(Exit::Input, codes::REFUSED, message).help(help)
}

/// The orientation that was asked for.
pub fn orientation(choice: OrientationChoice) -> Orientation {
    match choice {
        OrientationChoice::In => Orientation::Input,
        OrientationChoice::Out => Orientation::Output,
    }
}

/// The returns to scale that were asked for.
pub fn returns(choice: ReturnsChoice) -> Returns {
    match choice {
        ReturnsChoice::Crs => Returns::Constant,
        ReturnsChoice::Vrs => Returns::Variable,
        ReturnsChoice::Drs => Returns::Decreasing,
        ReturnsChoice::Irs => Returns::Increasing,
        ReturnsChoice::Fdh => Returns::FreeDisposalHull,
    }
}

/// The sides that were asked for.
pub fn sides(choice: SidesChoice) -> mizan_frontier::nonradial::Sides {
    use mizan_frontier::nonradial::Sides;
    match choice {
        SidesChoice::Both => Sides::Both,
        SidesChoice::Inputs => Sides::Inputs,
        SidesChoice::Outputs => Sides::Outputs,
    }
}

/// The sides of an orientation.
pub fn oriented(choice: OrientationChoice) -> mizan_frontier::nonradial::Sides {
    use mizan_frontier::nonradial::Sides;
    match choice {
        OrientationChoice::In => Sides::Inputs,
        OrientationChoice::Out => Sides::Outputs,
    }
}
