//! Normal form: names and functions in lower case, so that `COUNT(*)` and `count(*)` are one expression.

use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Ident, ObjectNamePart, visit_expressions_mut};

/// Puts unquoted names and functions into lower case. Running it twice changes nothing more.
pub(super) fn normalise(tree: &mut Expr) {
    let _ = visit_expressions_mut(tree, |expr| {
        match expr {
            Expr::Identifier(ident) => lower(ident),
            Expr::CompoundIdentifier(idents) => idents.iter_mut().for_each(lower),
            Expr::Function(function) => {
                for part in &mut function.name.0 {
                    if let ObjectNamePart::Identifier(ident) = part {
                        lower(ident);
                    }
                }
            }
            _ => {}
        }
        ControlFlow::<()>::Continue(())
    });
}

fn lower(ident: &mut Ident) {
    if ident.quote_style.is_none() {
        ident.value = ident.value.to_lowercase();
    }
}
