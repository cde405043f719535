//! Payments, refunds and debt lists of a declaration.

use crate::calendar::{DAY, civil_date, day_number};
use crate::chance::Chance;
use crate::declaration::Declaration;
use crate::plan::SynthError;
use crate::sheet::Sheet;
use crate::tally::Tally;
use crate::world::World;

/// Codes of the list `tax`, in the order of `Declaration::due`.
const TAXES: [&str; 3] = ["duty", "excise", "vat"];

/// Where the lines go.
pub(crate) struct Books<'a> {
    pub sheet: &'a mut Sheet,
    pub tally: &'a mut Tally,
    pub world: &'a World,
    pub currency: &'a str,
    /// Local minute of the extraction.
    pub as_of: i64,
    /// Month of the plan, for the slow shift to electronic means.
    pub index: u32,
}

/// A line about to be written.
#[derive(Default)]
struct Line {
    kind: &'static str,
    booked: i64,
    tax: &'static str,
    amount: i64,
    due: Option<i64>,
    paid: Option<i64>,
    claimed: Option<i64>,
    method: Option<&'static str>,
    refund: Option<&'static str>,
    deferred: Option<bool>,
    guarantee: Option<bool>,
    guarantor: Option<u32>,
    privilege: Option<&'static str>,
    misused: Option<bool>,
    age: Option<i64>,
}

/// Writes all lines of the declaration that were booked by the extraction.
pub(crate) fn book(books: &mut Books<'_>, declaration: &Declaration, chance: &mut Chance) -> Result<(), SynthError> {
    let mut number = 0;
    let due = declaration.due();
    let total: i64 = due.iter().sum();
    let electronic = (0.62 + 0.01 * f64::from(books.index)).min(0.92);
    let deferred = chance.yes(if declaration.aeo { 0.3 } else { 0.05 });
    let method = if deferred {
        "deferred_account"
    } else if chance.yes(electronic) {
        ["bank_transfer", "online_portal", "card", "mobile_money", "direct_debit"][chance.weighted(&[50, 25, 8, 12, 5])]
    } else {
        ["cash", "cheque", "bank_counter"][chance.weighted(&[25, 20, 55])]
    };
    if let (Some(paid), Some(assessed)) = (declaration.time.paid, declaration.time.assessed) {
        for (tax, amount) in TAXES.into_iter().zip(due) {
            if amount > 0 && paid <= books.as_of {
                let line = Line {
                    kind: "payment",
                    booked: paid,
                    tax,
                    amount,
                    due: Some(assessed + 10 * DAY),
                    paid: Some(paid),
                    method: Some(method),
                    deferred: Some(deferred),
                    guarantee: Some(deferred),
                    ..Line::default()
                };
                write(books, declaration, &mut number, &line)?;
            }
        }
    }
    audit_result(books, declaration, &mut number, chance)?;
    if total > 1000 && chance.yes(0.008) {
        refund(books, declaration, total, &mut number, chance)?;
    }
    if total > 1000 && chance.yes(0.006) {
        let since = declaration.accepted + 15 * DAY;
        let line = Line { tax: "penalty", amount: total / 10 + 100, guarantee: Some(false), ..Line::default() };
        debt(books, declaration, since, line, &mut number, chance)?;
    }
    let privileged = matches!(declaration.procedure, "warehousing" | "inward_processing" | "temporary_admission");
    let guaranteed: i64 = declaration.items.iter().map(|item| item.taxes()).sum();
    if privileged && guaranteed > 1000 && !declaration.cancelled && chance.yes(0.06) {
        let secured = chance.yes(0.5);
        let line = Line {
            tax: "duty",
            amount: guaranteed,
            guarantee: Some(secured),
            guarantor: secured.then(|| chance.below(8)),
            privilege: Some(declaration.procedure),
            misused: Some(chance.yes(0.4)),
            ..Line::default()
        };
        debt(books, declaration, declaration.accepted + 60 * DAY, line, &mut number, chance)?;
    }
    Ok(())
}

/// What an audit assessed is paid, or becomes a debt.
fn audit_result(
    books: &mut Books<'_>,
    declaration: &Declaration,
    number: &mut u32,
    chance: &mut Chance,
) -> Result<(), SynthError> {
    let Some(audit) = declaration.controls.iter().find(|c| c.kind == "pca" && c.additional > 0) else {
        return Ok(());
    };
    let due = audit.end + 30 * DAY;
    if chance.yes(0.7) {
        let paid = audit.end + 20 * DAY + i64::from(chance.below(600));
        let line = Line {
            kind: "payment",
            booked: paid,
            tax: "duty",
            amount: audit.additional,
            due: Some(due),
            paid: Some(paid),
            method: Some("bank_transfer"),
            deferred: Some(false),
            guarantee: Some(false),
            ..Line::default()
        };
        if paid <= books.as_of { write(books, declaration, number, &line) } else { Ok(()) }
    } else {
        let line = Line { tax: "duty", amount: audit.additional, guarantee: Some(false), ..Line::default() };
        debt(books, declaration, due, line, number, chance)
    }
}

fn refund(
    books: &mut Books<'_>,
    declaration: &Declaration,
    total: i64,
    number: &mut u32,
    chance: &mut Chance,
) -> Result<(), SynthError> {
    let claimed = declaration.time.released.unwrap_or(declaration.accepted) + chance.between(5, 60) * DAY;
    let paid = claimed + chance.log_normal(25.0 * DAY as f64, 0.7) as i64;
    let drawback = chance.yes(0.3);
    let line = Line {
        kind: "refund",
        booked: paid,
        tax: if drawback { "duty" } else { "vat" },
        amount: total * chance.between(10, 100) / 100,
        paid: Some(paid),
        claimed: Some(claimed),
        method: Some("bank_transfer"),
        refund: Some(if drawback { "drawback" } else { "refund" }),
        ..Line::default()
    };
    if paid <= books.as_of && declaration.time.paid.is_some() {
        write(books, declaration, number, &line)?;
    }
    Ok(())
}

/// The debt stands on the list of each month's last day until it is settled.
fn debt(
    books: &mut Books<'_>,
    declaration: &Declaration,
    due: i64,
    line: Line,
    number: &mut u32,
    chance: &mut Chance,
) -> Result<(), SynthError> {
    let settled = due + (chance.log_normal(110.0, 1.0).min(1500.0) as i64 + 1) * DAY;
    let (mut year, mut month, _) = civil_date(due.div_euclid(DAY));
    loop {
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        let booked = (day_number(year, month, 1) - 1) * DAY + 18 * 60;
        if booked > settled || booked > books.as_of {
            return Ok(());
        }
        if booked > due {
            let age = (booked - due) / DAY;
            let line = Line { kind: "debt", booked, due: Some(due), age: Some(age), ..line };
            write(books, declaration, number, &line)?;
        }
    }
}

fn write(books: &mut Books<'_>, declaration: &Declaration, number: &mut u32, line: &Line) -> Result<(), SynthError> {
    *number += 1;
    books.tally.line(line.kind, line.tax, line.booked, line.amount);
    let world = books.world;
    let sheet = &mut *books.sheet;
    sheet.with(|bytes| {
        declaration.push_id(bytes, world);
        bytes.extend_from_slice(b"-P");
        crate::sheet::push_padded(bytes, u64::from(*number), 1);
    });
    sheet.text(line.kind);
    sheet.time(line.booked);
    sheet.with(|bytes| declaration.push_id(bytes, world));
    sheet.text(line.tax);
    sheet.cents(line.amount);
    sheet.text(books.currency);
    sheet.maybe_time(line.due);
    sheet.maybe_time(line.paid);
    sheet.maybe_time(line.claimed);
    sheet.maybe(line.method);
    sheet.text(if declaration.broker.is_multiple_of(3) { "broker" } else { "trader" });
    sheet.maybe(line.refund);
    for flag in [line.deferred, line.guarantee] {
        sheet.maybe(flag.map(|flag| if flag { "true" } else { "false" }));
    }
    match line.guarantor {
        Some(guarantor) => sheet.label("GU", u64::from(guarantor) + 1, 2),
        None => sheet.skip(),
    }
    sheet.maybe(line.privilege);
    sheet.maybe(line.misused.map(|flag| if flag { "true" } else { "false" }));
    match line.age {
        Some(age) => {
            sheet.int(age);
            sheet.text(match age {
                0..=30 => "up_to_30",
                31..=90 => "from_31_to_90",
                91..=365 => "from_91_to_365",
                _ => "over_365",
            });
        }
        None => {
            sheet.skip();
            sheet.skip();
        }
    }
    sheet.end_row()
}
