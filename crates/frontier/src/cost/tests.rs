use microlp::ComparisonOp;

use super::*;
use crate::nonradial::oracle::{Oracle, assert_near, data, reference_data, table};

/// Coelli 1996 (DEAP), example 3: five firms, two inputs at prices of 1 and 3.
#[test]
fn coelli_1996() {
    let (x, y) = (table("deaR_Coelli_1998", &["input1", "input2"]), table("deaR_Coelli_1998", &["output"]));
    let of_each = table("deaR_Coelli_1998", &["price_input1", "price_input2"]);
    let printed = [
        (0.500, 0.706, 0.353),
        (1.000, 0.857, 0.857),
        (0.833, 0.900, 0.750),
        (0.714, 0.933, 0.667),
        (1.000, 1.000, 1.000),
    ];
    for prices in [of_each, DMatrix::from_row_slice(1, 2, &[1.0, 3.0])] {
        let found = cost_efficiency(&data(&x, &y), &prices, Returns::Constant).unwrap();
        for (found, (technical, allocative, efficiency)) in found.into_iter().zip(printed) {
            let found = found.unwrap();
            assert_near(found.technical, technical, 5.1e-4, "technical");
            assert_near(found.allocative, allocative, 5.1e-4, "allocative");
            assert_near(found.efficiency, efficiency, 5.1e-4, "cost");
            assert_near(found.inputs[0] + 3.0 * found.inputs[1], found.least_cost, 1e-12, "least cost");
        }
    }
}

#[test]
fn least_costs_are_those_of_another_solver() {
    for (name, inputs, outputs) in reference_data() {
        let prices = DMatrix::from_fn(1, inputs.ncols(), |_, i| (1.0 + i as f64) / inputs.column(i).mean());
        let found = cost_efficiency(&data(&inputs, &outputs), &prices, Returns::Variable).unwrap();
        for (unit, found) in found.into_iter().enumerate() {
            // With inputs as variables of their own.
            let mut oracle = Oracle::minimise();
            let lambda: Vec<_> = (0..inputs.nrows()).map(|_| oracle.at_least_0(0.0)).collect();
            for (i, column) in inputs.column_iter().enumerate() {
                let x = oracle.at_least_0(prices[i] * column.mean());
                let mut row: Vec<_> = lambda.iter().zip(&column).map(|(l, x)| (*l, x / column.mean())).collect();
                row.push((x, -1.0));
                oracle.row(&row, ComparisonOp::Le, 0.0);
            }
            for column in outputs.column_iter() {
                let row: Vec<_> = lambda.iter().zip(&column).map(|(l, y)| (*l, y / column.mean())).collect();
                oracle.row(&row, ComparisonOp::Ge, column[unit] / column.mean());
            }
            let row: Vec<_> = lambda.iter().map(|l| (*l, 1.0)).collect();
            oracle.row(&row, ComparisonOp::Eq, 1.0);
            let (of, found) = (format!("{name} {unit}"), found.unwrap());
            assert_near(found.least_cost, oracle.objective().unwrap(), 1e-9, &of);
            assert!(found.allocative <= 1.0 + 1e-9 && found.efficiency <= found.technical + 1e-9, "{of}");
        }
    }
}

#[test]
fn prices_that_do_not_fit_are_refused() {
    let one = data(&DMatrix::from_element(2, 2, 1.0), &DMatrix::from_element(2, 1, 1.0));
    let refused = |prices: DMatrix<f64>| cost_efficiency(&one, &prices, Returns::Constant).unwrap_err();
    assert_eq!(refused(DMatrix::from_element(1, 1, 1.0)), Refused::Shape(Side::Price));
    assert_eq!(refused(DMatrix::from_element(3, 2, 1.0)), Refused::Shape(Side::Price));
    let negative = Refused::Negative { side: Side::Price, unit: 0, variable: 0 };
    assert_eq!(refused(DMatrix::from_element(2, 2, -1.0)), negative);
    let nothing = cost_efficiency(&one, &DMatrix::from_element(1, 2, 0.0), Returns::Constant).unwrap();
    assert_eq!(nothing[0], Err(Unsolved::Zero { side: Side::Price, variable: 0 }));
}
