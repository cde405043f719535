//! Draws of the benchmark's rows: plain distributions, quick to draw.

use super::columns::{DeclarationColumns, ItemColumns, NEVER};
use crate::chance::{Chance, Lottery};

/// Importers.
const FIRMS: usize = 60_000;
/// Lines of the tariff.
const LINES: usize = 5_000;
/// Inspectors of an office.
const INSPECTORS: u32 = 20;

/// Tables that draws look up.
pub(super) struct Draws {
    offices: Vec<String>,
    inspectors: Vec<String>,
    office_lottery: Lottery,
    firms: Vec<String>,
    lines: Vec<String>,
    line_lottery: Lottery,
    brokers: Vec<String>,
}

const ORIGINS: [&str; 24] = [
    "CN", "CN", "CN", "CN", "IN", "IN", "DE", "DE", "AE", "JP", "ZA", "TR", "US", "US", "KE", "IT", "GB", "FR", "TH",
    "ID", "KR", "BR", "EG", "VN",
];
const AGENCIES: [&str; 4] = ["health", "agriculture", "standards", "environment"];

impl Draws {
    /// Tables for some offices.
    pub(super) fn new(offices: u32) -> Self {
        let inspectors = (0..offices * INSPECTORS).map(|n| format!("i{n:05}")).collect();
        Draws {
            offices: (1..=offices).map(|n| format!("QZ{n:03}")).collect(),
            inspectors,
            office_lottery: Lottery::zipf(offices as usize, 0.9),
            firms: (0..FIRMS).map(|n| format!("t{:08x}", (n as u32).wrapping_mul(2_654_435_761))).collect(),
            lines: (0..LINES)
                .map(|n| format!("{:02}{:02}{:02}00", 1 + n / 52, 1 + n % 13, 10 + (n / 13) % 4 * 20))
                .collect(),
            line_lottery: Lottery::zipf(LINES, 0.6),
            brokers: (0..600).map(|n| format!("b{n:04}")).collect(),
        }
    }

    /// Items of a declaration, 2.5 on average.
    pub(super) fn item_count(&self, chance: &mut Chance) -> u32 {
        let mut count = 1;
        while count < 40 && chance.below(5) < 3 {
            count += 1;
        }
        count
    }

    /// Adds a declaration with its items.
    pub(super) fn declaration(
        &self,
        columns: &mut DeclarationColumns,
        items: &mut ItemColumns,
        number: u64,
        accepted: i64,
        count: u32,
        chance: &mut Chance,
    ) {
        let c = columns;
        let office = self.office_lottery.draw(chance) as usize;
        let mut id = [0_u8; 24];
        let id = identifier(&mut id, &self.offices[office], accepted, number);
        let bits = chance.bits();
        let part = |shift: u32, size: u32| (bits >> shift) % size;
        let import = part(0, 10) < 7;
        let flow = if import { "import" } else { "export" };
        let mode = ["1", "3", "4", "2"][[0, 0, 0, 1, 1, 1, 2, 2, 2, 3][part(4, 10) as usize]];
        let aeo = part(8, 10) < 2;
        let cancelled = part(10, 100) == 0;
        let lane = match part(13, 100) {
            0..8 => 2,
            8..25 => 1,
            _ => 0,
        };
        let firm = chance.unit();
        let firm = ((firm * firm * firm * FIRMS as f64) as usize).min(FIRMS - 1);
        let procedure = if !import {
            "export"
        } else if part(20, 10) == 0 {
            "warehousing"
        } else {
            "home_use"
        };
        self.times(c, lane, accepted, cancelled, part(16, 25) == 0, chance);
        c.decl_id.append_value(id);
        c.office.append_value(&self.offices[office]);
        c.border_office.append_value(&self.offices[office]);
        c.flow.append_value(flow);
        c.procedure.append_value(procedure);
        c.consignee.append_value(&self.firms[firm]);
        c.declarant.append_value(&self.brokers[(firm * 7 + part(2, 3) as usize) % self.brokers.len()]);
        c.mode.append_value(mode);
        c.traffic.append_value(if mode == "4" && part(6, 3) == 0 { "express" } else { "cargo" });
        c.container.append_value(mode == "1");
        c.n_items.push(i64::from(count));
        c.lodgement.append_value(if part(17, 40) == 0 { "paper" } else { "electronic" });
        c.processing.append_value("electronic");
        c.ecommerce.append_value(mode == "4" && part(9, 2) == 0);
        c.aeo.append_value(aeo);
        c.cancelled.append_value(cancelled);
        c.standard_minutes.push([240, 1440, 4320][lane]);
        c.channel.append_value(["green", "yellow", "red"][lane]);
        c.inspector.append_option((lane > 0).then(|| {
            let inspector = office as u32 * INSPECTORS + chance.below(INSPECTORS);
            self.inspectors[inspector as usize].as_str()
        }));
        let held = part(22, 12) == 0;
        c.holding_agency.append_option(held.then(|| AGENCIES[part(25, 4) as usize]));
        let inspected = lane == 2;
        let second = inspected && part(26, 6) == 0;
        c.n_reroutes.push(i64::from(part(19, 50) == 0));
        c.n_inspections.push(i64::from(inspected) + i64::from(second));
        c.n_agencies.push(i64::from(inspected) + i64::from(second));
        c.joint_inspection.append_value(second && part(27, 2) == 0);
        let matched = part(18, 5) < 2;
        c.matched_partner.append_value(matched);
        c.partner.append_option(matched.then_some("port_authority"));
        let mut value = 0;
        for item in 1..=count {
            let b = &mut *items;
            value += self.item(b, item, lane > 0, procedure, chance);
            b.decl_id.append_value(id);
            b.accepted_at.push(accepted);
            b.office.append_value(&self.offices[office]);
            b.flow.append_value(flow);
            b.mode.append_value(mode);
            b.aeo.append_value(aeo);
            b.cancelled.append_value(cancelled);
        }
        c.value.push(value);
    }

    fn times(
        &self,
        c: &mut DeclarationColumns,
        lane: usize,
        accepted: i64,
        cancelled: bool,
        no_arrival: bool,
        chance: &mut Chance,
    ) {
        let lodged = accepted - i64::from(chance.below(4));
        let channel = accepted + 1 + i64::from(chance.below(5));
        let (median, sigma) = [(90.0, 1.1), (780.0, 0.9), (2100.0, 0.8)][lane];
        let release = channel + 3 + chance.log_normal(median, sigma).min(100_000.0) as i64;
        let arrived = accepted - 10 - chance.log_normal(1200.0, 0.9).min(60_000.0) as i64;
        let open = cancelled || chance.below(100) == 0;
        let span = release - channel;
        let when = |yes: bool, minute: i64| if yes { minute } else { NEVER };
        c.accepted_at.push(accepted);
        c.arrived_at.push(when(!no_arrival, arrived));
        c.lodged_at.push(lodged);
        c.registered_at.push(accepted);
        c.channel_at.push(channel);
        c.inspection_started_at.push(when(lane == 2, channel + span / 3));
        c.inspection_result_at.push(when(lane == 2, channel + span * 2 / 3));
        c.assessed_at.push(when(!cancelled, channel + span * 3 / 4));
        c.paid_at.push(when(!open, channel + span * 9 / 10));
        c.released_at.push(when(!open, release));
        c.gate_out_at.push(when(!open, release + 5 + i64::from(chance.below(3000))));
    }

    /// Adds what is the item's own; gives its value in hundredths.
    fn item(&self, b: &mut ItemColumns, number: u32, controlled: bool, procedure: &str, chance: &mut Chance) -> i64 {
        let line = self.line_lottery.draw(chance) as usize;
        let code = &self.lines[line];
        let bits = chance.bits();
        let part = |shift: u32, size: u32| (bits >> shift) % size;
        let value = (chance.log_normal(250_000.0, 1.6)).clamp(100.0, 1e11) as i64;
        let net = value / (20 + line as i64 % 400) + 50;
        let checked = controlled && part(0, 3) > 0;
        let undervalued = checked && part(2, 20) == 0;
        let changed = checked && part(7, 40) == 0;
        let declared = if undervalued { value * 7 / 10 } else { value };
        let taxes = value * (10 + (line % 30) as i64) / 100;
        let relief = part(12, 20) == 0;
        b.item_no.push(i64::from(number));
        b.hs_code.append_value(code);
        b.hs_code_declared.append_value(if changed { &self.lines[(line + 1) % LINES] } else { code });
        b.hs_code_assessed.append_option(checked.then_some(code));
        b.procedure.append_value(procedure);
        b.preference.append_option((part(15, 6) == 0).then_some("NORTH-FTA"));
        b.origin.append_value(ORIGINS[part(18, 24) as usize]);
        b.partner.append_value(ORIGINS[part(23, 24) as usize]);
        b.gross_mass.push(net + net / 10);
        b.net_mass.push(net);
        b.value.push(value);
        b.value_declared.push(declared);
        b.value_assessed.push(value);
        b.valuation_method.append_value("1");
        b.checked.append_value(checked);
        let (paid, exempt, guaranteed) = match procedure {
            "home_use" if relief => (0, taxes, 0),
            "home_use" => (taxes, 0, 0),
            "warehousing" => (0, 0, taxes),
            _ => (0, 0, 0),
        };
        b.total_taxes.push(paid);
        b.total_exempt.push(exempt);
        b.total_guaranteed.push(guaranteed);
        value
    }
}

/// Office, month and number within it: `QZ001-2401-00000042`, unique over all months of a century.
fn identifier<'a>(buffer: &'a mut [u8; 24], office: &str, accepted: i64, number: u64) -> &'a str {
    let (year, month, _) = crate::calendar::civil_date(accepted.div_euclid(crate::calendar::DAY));
    let mut bytes = Vec::with_capacity(24);
    bytes.extend_from_slice(office.as_bytes());
    bytes.push(b'-');
    crate::sheet::push_padded(&mut bytes, year as u64 % 100, 2);
    crate::sheet::push_padded(&mut bytes, u64::from(month), 2);
    bytes.push(b'-');
    crate::sheet::push_padded(&mut bytes, number, 8);
    let length = bytes.len().min(24);
    buffer[..length].copy_from_slice(&bytes[..length]);
    std::str::from_utf8(&buffer[..length]).expect("digits and letters are UTF-8")
}
