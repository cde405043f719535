//! What tests share: reference tables, and another solver for the same programs written down a second time.

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use nalgebra::DMatrix;

use crate::technology::Data;

/// How exactly the other solver works: it stops when conditions hold within a millionth or so, while each of our own
/// optima is proved to 1e-9.
pub(crate) const ORACLE: f64 = 2e-5;

/// Columns of a reference table by name.
pub(crate) fn table(name: &str, columns: &[&str]) -> DMatrix<f64> {
    let path = format!("{}/../../reference/frontier/data/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let places: Vec<usize> =
        columns.iter().map(|column| headers.iter().position(|header| header == *column).unwrap()).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
    DMatrix::from_fn(rows.len(), columns.len(), |row, column| rows[row][places[column]].parse().unwrap())
}

/// Inputs and outputs of reference tables with values above 0, by name.
pub(crate) fn reference_data() -> Vec<(&'static str, DMatrix<f64>, DMatrix<f64>)> {
    let take =
        |name: &'static str, inputs: &[&str], outputs: &[&str]| (name, table(name, inputs), table(name, outputs));
    vec![
        take("deaR_Tone2001", &["Input1", "Input2"], &["Output1", "Output2"]),
        take("deaR_Coll_Blasco_2006", &["Employees", "Capital"], &["Vehicles", "Orders"]),
        take("deaR_Power_plants", &["X1", "X2", "X3", "X4"], &["Y1", "Y2"]),
        take("deaR_Fried1993", &["x1", "x2"], &["y"]),
        take("deaR_Golany_Roll_1989", &["X1", "X2", "X3"], &["Y1", "Y2"]),
        take("deaR_Electric_plants", &["Labor", "Fuel", "Capital"], &["Output"]),
        take("deaR_Libraries", &["AREA", "BOOKS", "STAFF", "POPULATION"], &["REGISTERED", "BORROWED"]),
        take("deaR_Airlines", &["Lab", "Fuel", "Matl", "Cap"], &["Pass", "Cargo"]),
        take("Benchmarking_charnes1981", &["x1", "x2", "x3", "x4", "x5"], &["y1", "y2", "y3"]),
    ]
}

pub(crate) fn data(inputs: &DMatrix<f64>, outputs: &DMatrix<f64>) -> Data {
    Data { inputs: inputs.clone(), outputs: outputs.clone() }
}

/// The radial input score, from the multiplier program: max u·y_o + w with v·x_o = 1, u·y_j + w ≤ v·x_j.
pub(crate) fn radial(inputs: &DMatrix<f64>, outputs: &DMatrix<f64>, unit: usize, is_variable: bool) -> f64 {
    let (m, s) = (inputs.ncols(), outputs.ncols());
    let mut oracle = Oracle::maximise();
    let v: Vec<_> = (0..m).map(|_| oracle.at_least_0(0.0)).collect();
    let u: Vec<_> = (0..s).map(|r| oracle.at_least_0(outputs[(unit, r)])).collect();
    let w = oracle.free(if is_variable { 1.0 } else { 0.0 });
    let row: Vec<_> = v.iter().enumerate().map(|(i, v)| (*v, inputs[(unit, i)])).collect();
    oracle.row(&row, ComparisonOp::Eq, 1.0);
    for j in 0..inputs.nrows() {
        let mut row: Vec<_> = v.iter().enumerate().map(|(i, v)| (*v, -inputs[(j, i)])).collect();
        row.extend(u.iter().enumerate().map(|(r, u)| (*u, outputs[(j, r)])));
        if is_variable {
            row.push((w, 1.0));
        }
        oracle.row(&row, ComparisonOp::Le, 0.0);
    }
    oracle.objective().unwrap()
}

/// A program for the other solver.
pub(crate) struct Oracle(Problem);

impl Oracle {
    pub(crate) fn maximise() -> Self {
        Oracle(Problem::new(OptimizationDirection::Maximize))
    }

    pub(crate) fn minimise() -> Self {
        Oracle(Problem::new(OptimizationDirection::Minimize))
    }

    pub(crate) fn at_least_0(&mut self, cost: f64) -> microlp::Variable {
        self.0.add_var(cost, (0.0, f64::INFINITY))
    }

    pub(crate) fn within(&mut self, cost: f64, least: f64, largest: f64) -> microlp::Variable {
        self.0.add_var(cost, (least, largest))
    }

    pub(crate) fn free(&mut self, cost: f64) -> microlp::Variable {
        self.0.add_var(cost, (f64::NEG_INFINITY, f64::INFINITY))
    }

    pub(crate) fn row(&mut self, row: &[(microlp::Variable, f64)], relation: ComparisonOp, bound: f64) {
        self.0.add_constraint(row, relation, bound);
    }

    /// The optimum; an error of the solver as its word.
    pub(crate) fn objective(&self) -> Result<f64, String> {
        let solved = self.0.solve().map_err(|error| format!("{error:?}"))?;
        Ok(solved.into_solution().map_err(|error| format!("{error:?}"))?.objective())
    }
}

/// Each column divided by its largest value, which keeps the other solver away from its tolerances.
pub(crate) fn by_largest(table: &DMatrix<f64>) -> DMatrix<f64> {
    let mut table = table.clone();
    for mut column in table.column_iter_mut() {
        let largest = column.amax();
        column /= largest;
    }
    table
}

pub(crate) fn assert_near(found: f64, expected: f64, tolerance: f64, of: &str) {
    let off = (found - expected).abs();
    assert!(off <= tolerance * expected.abs().max(1.0), "{of}: {found} is not {expected}, off by {off:e}");
}
