//! Numbers that the pages work by hand and that no test of the crate holds: found again, or no plot is made.

use mizan_index::chain::Chain;
use mizan_index::dataset::{Dataset, Row};
use mizan_index::explain::{Side, change, gap};
use mizan_index::recipe::{AggregateMethod, AggregateStep, MethodByLevel, Recipe};
use mizan_index::structure::{Element, ElementKind, Structure};
use mizan_index::uncertainty::indices;
use nalgebra::DMatrix;

use crate::plot::Outcome;

/// An error that names the page, unless the numbers agree to half of a unit of the fourth decimal.
pub fn near(page: &str, found: &[f64], by_hand: &[f64]) -> Outcome {
    let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 5e-5;
    if found.len() == by_hand.len() && found.iter().zip(by_hand).all(close) {
        Ok(())
    } else {
        Err(format!("{page}: {found:?} are not {by_hand:?}").into())
    }
}

fn flat(codes: &[&str]) -> Structure {
    Structure::new(codes.iter().map(|code| Element::new(code, ElementKind::Indicator, None)).collect()).value
}

/// explain.md: a gap of geometric means, a missing child, a change.
pub fn explanations() -> Outcome {
    let two = flat(&["a", "b"]);
    let side = |a: f64, b: f64, score: f64| Side { scores: vec![a, b, score], weights: vec![1.0; 3] };
    let step = |method| AggregateStep { method: MethodByLevel::All(method), ..AggregateStep::default() };
    let found = gap(&two, &step(AggregateMethod::Geometric), two.top(), &side(4.0, 9.0, 6.0), &side(1.0, 16.0, 4.0))?;
    let parts: Vec<f64> = found.contributions.iter().map(|part| part.value).collect();
    near("explain.md, gap", &parts, &[3.41902, -1.41902])?;
    let without = side(4.0, f64::NAN, 4.0);
    let found = gap(&two, &step(AggregateMethod::Arithmetic), two.top(), &side(8.0, 6.0, 7.0), &without)?;
    let parts: Vec<f64> = found.contributions.iter().map(|part| part.value).collect();
    near("explain.md, missing child", &parts, &[3.0])?;
    near("explain.md, weight effect", &[found.weight_effects[0].1], &[0.0])?;

    let rows = [1, 2].into_iter().flat_map(|time| {
        ["u", "low", "high"].map(|unit| Row { unit: unit.to_owned(), name: unit.to_owned(), time: Some(time) })
    });
    let values = DMatrix::from_column_slice(6, 1, &[2.0, 0.0, 10.0, 6.0, 0.0, 12.0]);
    let dataset = Dataset::new(rows.collect(), vec!["x".to_owned()], values).value;
    let text = r#"schema = "recipe/1"
[[step]]
normalise = { range = [0, 1], panel = "per-year" }
[[step]]
aggregate = {}"#;
    let chain = Chain::new(dataset, flat(&["x"]), Recipe::from_toml("recipe.toml", text).value).value;
    let outcome = crate::asem::run(&chain)?;
    let (whole, parts) = change(&chain, &outcome, chain.structure.top(), "u", [1, 2])?;
    near("explain.md, change", &[parts[0].indicator, parts[0].reference, whole.gap], &[0.36667, -0.06667, 0.3])
}

/// sensitivity.md: y = x1 x2 of zeros and ones, over all 16 settings of A and B; V is a sample variance of 32 values,
/// which makes every index 31/32 of the true one.
pub fn product() -> Outcome {
    let bit = |setting: usize, place: usize| f64::from(u8::from(setting & (1 << place) != 0));
    let y = |of: &dyn Fn(usize) -> [usize; 2]| {
        DMatrix::from_fn(16, 1, |setting, _| of(setting).iter().map(|place| bit(setting, *place)).product())
    };
    let (a, b) = (y(&|_| [0, 1]), y(&|_| [2, 3]));
    let ab = [y(&|_| [2, 1]), y(&|_| [0, 3])];
    let found = indices(&a, &b, &ab, 0, 1);
    for input in &found[0] {
        let scaled = [input.first.value, input.total.value].map(|index| index * 32.0 / 31.0);
        near("sensitivity.md, product", &scaled, &[1.0 / 3.0, 2.0 / 3.0])?;
    }
    Ok(())
}
