//! The standing facts of an administration: offices, firms, officers, tariff.

use crate::chance::{Chance, Lottery, exp, ln};
use crate::plan::Plan;

/// Stream of draws for the standing facts.
const TABLE: u32 = 1;
/// Importers and exporters.
pub(crate) const FIRMS: usize = 3_000;
/// Suppliers abroad.
pub(crate) const SUPPLIERS: u32 = 2_500;
/// Customs brokers; each works at a few offices.
pub(crate) const BROKERS: usize = 180;

/// Industries of traders; the first three are key industries.
pub(crate) const SECTORS: [&str; 8] =
    ["vehicles", "textiles", "electronics", "food", "chemicals", "construction", "machinery", "consumer_goods"];
/// Trade agreements, with countries of origin under them.
pub(crate) const AGREEMENTS: [&str; 2] = ["EASTERN-CU", "NORTH-FTA"];
/// Other agencies at the border.
pub(crate) const AGENCIES: [&str; 5] = ["health", "agriculture", "standards", "environment", "transport"];
/// Countries of origin: code, name, weight, agreement (1 or 2, 0: none).
pub(crate) const COUNTRIES: [(&str, &str, u32, u8); 24] = [
    ("CN", "CHINA", 240, 0),
    ("IN", "INDIA", 90, 0),
    ("DE", "GERMANY", 70, 2),
    ("AE", "UNITED ARAB EMIRATES", 65, 0),
    ("JP", "JAPAN", 55, 0),
    ("ZA", "SOUTH AFRICA", 50, 1),
    ("TR", "TURKEY", 45, 0),
    ("US", "UNITED STATES", 45, 0),
    ("KE", "KENYA", 40, 1),
    ("IT", "ITALY", 35, 2),
    ("GB", "UNITED KINGDOM", 30, 0),
    ("FR", "FRANCE", 30, 2),
    ("TH", "THAILAND", 28, 0),
    ("ID", "INDONESIA", 26, 0),
    ("KR", "KOREA, REPUBLIC OF", 25, 0),
    ("BR", "BRAZIL", 22, 0),
    ("EG", "EGYPT", 20, 1),
    ("VN", "VIET NAM", 20, 0),
    ("PK", "PAKISTAN", 18, 0),
    ("NL", "NETHERLANDS", 16, 2),
    ("ES", "SPAIN", 14, 2),
    ("SA", "SAUDI ARABIA", 14, 0),
    ("MY", "MALAYSIA", 12, 0),
    ("TZ", "TANZANIA, UNITED REPUBLIC OF", 10, 1),
];

/// What an office mostly handles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Seaport,
    Airport,
    Border,
    Inland,
}

/// One customs office.
#[derive(Debug, Clone)]
pub(crate) struct Office {
    pub code: String,
    pub kind: Kind,
    /// Speed against the national mean; 1.2 takes 20 % longer.
    pub slowness: f64,
    pub inspectors: u32,
    /// Brokers that work here, as indexes.
    pub brokers: Vec<u32>,
}

/// A trader.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Firm {
    pub sector: usize,
    /// Factor on the chance that a declaration is irregular.
    pub badness: f64,
    /// Local day from which the firm is an authorized operator.
    pub aeo_from: Option<i64>,
    pub aeo_type: &'static str,
    /// Factor on values.
    pub size: f64,
}

/// A chapter of the tariff.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chapter {
    pub number: u32,
    /// Ad valorem rates in tenths of a per cent.
    pub duty: i64,
    pub excise: i64,
    /// National currency per kilogram, median.
    pub price: f64,
    /// Index of the agency that must permit it.
    pub agency: Option<usize>,
}

/// All standing facts.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub offices: Vec<Office>,
    pub office_lottery: Lottery,
    pub firms: Vec<Firm>,
    pub firm_lottery: Lottery,
    pub chapters: Vec<Chapter>,
    pub chapter_lottery: Lottery,
}

impl World {
    /// The facts that follow from the plan.
    pub(crate) fn new(plan: &Plan) -> Self {
        let mut chance = Chance::new(plan.seed, TABLE, 0);
        let count = plan.offices as usize;
        let offices = (0..count).map(|index| office(index, count, &mut chance)).collect();
        let firms = (0..FIRMS).map(|rank| firm(rank, plan, &mut chance)).collect();
        let chapters: Vec<Chapter> =
            (1..=97).filter(|&number| number != 77).map(|number| chapter(number, &mut chance)).collect();
        let weights: Vec<f64> = chapters.iter().map(|c| chapter_weight(c.number)).collect();
        World {
            offices,
            office_lottery: Lottery::zipf(count, 0.9),
            firms,
            firm_lottery: Lottery::zipf(FIRMS, 0.75),
            chapter_lottery: Lottery::new(&weights),
            chapters,
        }
    }

    /// Permanent user name of an inspector.
    pub(crate) fn push_inspector(bytes: &mut Vec<u8>, office: usize, inspector: u32) {
        bytes.extend_from_slice(b"insp");
        crate::sheet::push_padded(bytes, office as u64 + 1, 2);
        bytes.push(b'-');
        crate::sheet::push_padded(bytes, u64::from(inspector) + 1, 3);
    }
}

fn office(index: usize, count: usize, chance: &mut Chance) -> Office {
    let kind = [Kind::Seaport, Kind::Airport, Kind::Border, Kind::Border, Kind::Seaport, Kind::Inland][index % 6];
    let inspectors = 4 + (60.0 * exp(-0.9 * ln(index as f64 + 1.0))) as u32;
    let share = if index == 0 { 0.5 } else { 0.12 + 2.0 / count.max(8) as f64 };
    let mut brokers: Vec<u32> = (0..BROKERS as u32).filter(|_| chance.yes(share)).collect();
    // Broker 0 works at the first office only: it is half of the planted pair.
    brokers.retain(|&broker| broker != 0);
    if index == 0 || brokers.is_empty() {
        brokers.insert(0, if index == 0 { 0 } else { 1 });
    }
    let slowness = 0.8 + 0.5 * chance.unit();
    Office { code: format!("QZ{:02}", index + 1), kind, slowness, inspectors, brokers }
}

fn firm(rank: usize, plan: &Plan, chance: &mut Chance) -> Firm {
    // A twelfth of the firms offends far more often than the rest.
    let badness = if chance.yes(0.08) { 6.0 } else { 0.55 };
    let authorized = rank < 400 && chance.yes(if rank < 60 { 0.6 } else { 0.2 });
    let start = plan.month_minute(0) / crate::calendar::DAY;
    let days = i64::from(plan.months) * 30;
    let from = if chance.yes(0.55) { start - chance.between(1, 1500) } else { start + chance.between(0, days) };
    Firm {
        sector: chance.weighted(&[14, 14, 16, 14, 12, 10, 12, 8]),
        badness,
        aeo_from: authorized.then_some(from),
        aeo_type: ["customs", "security", "combined"][chance.weighted(&[5, 2, 3])],
        size: chance.log_normal(if rank < 100 { 2.0 } else { 1.0 }, 0.7),
    }
}

fn chapter(number: u32, chance: &mut Chance) -> Chapter {
    let duty = match number {
        22 | 24 => 350,
        61..=64 => 250,
        87 => 250,
        1..=24 => chance.one_of(&[50, 100, 200, 250]),
        27 | 30 | 31 | 49 => 0,
        84 | 85 | 88 | 90 => chance.one_of(&[0, 0, 50]),
        _ => chance.one_of(&[0, 50, 100, 100, 200]),
    };
    let excise = match number {
        22 => 400,
        24 => 600,
        27 => 150,
        87 => 100,
        _ => 0,
    };
    let agency = match number {
        1..=14 => Some(1),
        15..=24 | 30 | 33 => Some(0),
        39 | 84 | 85 | 94 | 95 => chance.yes(0.3).then_some(2),
        28 | 29 | 38 => Some(3),
        87 => Some(4),
        _ => None,
    };
    let price = match number {
        71 => 4000.0,
        84 | 85 | 88 | 90 | 91 => chance.log_normal(40.0, 0.4),
        25..=27 | 31 | 68 | 72 => chance.log_normal(1.2, 0.3),
        _ => chance.log_normal(6.0, 0.6),
    };
    Chapter { number, duty, excise, price, agency }
}

/// Relative number of items in a chapter.
fn chapter_weight(number: u32) -> f64 {
    match number {
        84 | 85 => 110.0,
        87 => 90.0,
        39 | 73 => 45.0,
        61 | 62 | 64 => 32.0,
        30 | 90 | 94 | 48 => 26.0,
        40 | 82 | 83 | 95 | 33 | 34 | 38 => 18.0,
        10 | 15 | 17 | 19 | 20 | 21 | 22 | 25 | 27 | 72 => 12.0,
        24 => 5.0,
        71 | 88 | 93 | 97 => 1.5,
        _ => 5.0,
    }
}
