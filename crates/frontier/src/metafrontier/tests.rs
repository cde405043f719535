use nalgebra::DMatrix;

use super::*;
use crate::free_disposal::tests::classics;

/// Worked by hand: one input of 1; sea ports make 4 and 2, land posts 1 and 3 with the best at 3. Beside all the best
/// makes 4.
#[test]
fn the_ratio_is_what_the_kind_takes_away() {
    let data =
        Data::new(DMatrix::from_element(4, 1, 1.0), DMatrix::from_column_slice(4, 1, &[4.0, 2.0, 1.0, 3.0])).unwrap();
    let groups = ["sea", "sea", "land", "land"].map(str::to_owned);
    for union in [Union::Separate, Union::Convex] {
        let found = metafrontier(&data, &groups, Returns::Constant, Orientation::Output, union).unwrap();
        let found: Vec<Meta> = found.into_iter().map(Result::unwrap).collect();
        let expected = [(1.0, 1.0, 1.0), (2.0, 2.0, 1.0), (3.0, 4.0, 0.75), (1.0, 4.0 / 3.0, 0.75)];
        for (found, (group, all, ratio)) in found.iter().zip(expected) {
            assert!((found.group - group).abs() < 1e-12 && (found.all - all).abs() < 1e-12, "{found:?}");
            assert!((found.ratio - ratio).abs() < 1e-12, "{found:?}");
        }
    }
}

/// The ratio is at most 1, and a mixture of groups makes more possible than the groups by themselves.
#[test]
fn all_contain_each_group() {
    let (_, inputs, outputs) = classics().swap_remove(0);
    let data = Data::new(inputs, outputs).unwrap();
    let groups: Vec<String> = (0..data.units()).map(|row| format!("{}", row % 3)).collect();
    for orientation in [Orientation::Input, Orientation::Output] {
        for returns in [Returns::Constant, Returns::Variable] {
            let of = |union| -> Vec<Meta> {
                let found = metafrontier(&data, &groups, returns, orientation, union).unwrap();
                found.into_iter().map(Result::unwrap).collect()
            };
            for (separate, convex) in of(Union::Separate).iter().zip(of(Union::Convex)) {
                assert!(separate.ratio <= 1.0 + 1e-9);
                assert!(convex.ratio <= separate.ratio + 1e-9);
                assert_eq!(separate.group, convex.group);
            }
        }
    }
}
