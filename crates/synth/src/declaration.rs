//! One declaration with its items, before time and controls are added.

use crate::calendar::{DAY, weekday};
use crate::chance::Chance;
use crate::control::Control;
use crate::plan::Plan;
use crate::planted::Planted;
use crate::timeline::Timeline;
use crate::world::{AGREEMENTS, COUNTRIES, Kind, SUPPLIERS, World};

/// Direction of trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    Import,
    Export,
    Transit,
}

impl Flow {
    /// Code of the list `flow`.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Flow::Import => "import",
            Flow::Export => "export",
            Flow::Transit => "transit",
        }
    }
}

/// Lane of selectivity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Lane {
    #[default]
    Green,
    Yellow,
    Red,
}

impl Lane {
    /// Code of the list `channel`.
    pub(crate) fn code(self) -> &'static str {
        ["green", "yellow", "red"][self as usize]
    }
}

/// What is wrong with an irregular declaration, most frequent first, with weights.
pub(crate) const IRREGULARITIES: [(&str, u32); 7] = [
    ("undervaluation", 45),
    ("misclassification", 20),
    ("misdescription", 12),
    ("false_origin", 10),
    ("documents", 6),
    ("licence", 4),
    ("prohibited_goods", 3),
];

/// Rate of value added tax in tenths of a per cent.
const VAT: i64 = 160;

/// One item. Money in hundredths, mass in grams.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Item {
    pub chapter: usize,
    pub hs_declared: u32,
    pub hs: u32,
    pub origin: usize,
    pub preference: bool,
    pub net_mass: i64,
    pub gross_mass: i64,
    pub quantity: Option<i64>,
    pub value_declared: i64,
    pub value: i64,
    pub method: u32,
    pub checked: bool,
    pub duty: i64,
    pub excise: i64,
    pub vat: i64,
    pub relief: bool,
}

impl Item {
    /// All duties and taxes, whether paid, relieved or guaranteed.
    pub(crate) fn taxes(&self) -> i64 {
        self.duty + self.excise + self.vat
    }

    /// Works out duties and taxes from the value.
    pub(crate) fn tax(&mut self, world: &World, taxed: bool) {
        let chapter = &world.chapters[self.chapter];
        if !taxed {
            return;
        }
        self.duty = if self.preference { 0 } else { self.value * chapter.duty / 1000 };
        self.excise = self.value * chapter.excise / 1000;
        self.vat = (self.value + self.duty + self.excise) * VAT / 1000;
    }
}

/// One declaration. Times are local minutes.
#[derive(Debug, Clone)]
pub(crate) struct Declaration {
    /// Number within its month, from 1.
    pub number: u32,
    pub year: i32,
    pub month: u32,
    pub office: usize,
    pub border_office: usize,
    pub accepted: i64,
    pub flow: Flow,
    pub procedure: &'static str,
    pub mode: &'static str,
    pub traffic: &'static str,
    pub firm: usize,
    pub supplier: u32,
    pub broker: u32,
    pub container: bool,
    pub incoterm: &'static str,
    pub packages: i64,
    pub paper: bool,
    pub paper_processed: bool,
    pub ecommerce: bool,
    pub aeo: bool,
    pub cancelled: bool,
    /// What is wrong, if anything: index into `IRREGULARITIES`.
    pub irregular: Option<usize>,
    /// Risk score in millionths.
    pub score: i64,
    /// Lane of the selection.
    pub lane: Lane,
    /// Stratum of the random arm: 0 large, 1 small.
    pub random_arm: Option<usize>,
    pub inspector: u32,
    /// Duties and taxes that an irregular declaration leaves out.
    pub gap: i64,
    /// The gap was found before release and is part of the amounts due.
    pub corrected: bool,
    pub items: Vec<Item>,
    pub time: Timeline,
    pub controls: Vec<Control>,
}

impl Declaration {
    /// Identifier: office, year, serial letter and number.
    pub(crate) fn push_id(&self, bytes: &mut Vec<u8>, world: &World) {
        bytes.extend_from_slice(world.offices[self.office].code.as_bytes());
        bytes.push(b'-');
        crate::sheet::push_padded(bytes, self.year as u64, 4);
        bytes.push(b'-');
        self.push_number(bytes);
    }

    /// Registration number of the year: serial letter, month and number within it.
    pub(crate) fn push_number(&self, bytes: &mut Vec<u8>) {
        bytes.push(b'C');
        crate::sheet::push_padded(bytes, u64::from(self.month), 2);
        crate::sheet::push_padded(bytes, u64::from(self.number), 6);
    }

    /// Duties and taxes are paid, not relieved, guaranteed or absent.
    pub(crate) fn pays(&self) -> bool {
        self.procedure == "home_use"
    }

    /// Customs value of all items.
    pub(crate) fn value(&self) -> i64 {
        self.items.iter().map(|item| item.value).sum()
    }

    /// Duties, excise and value added tax to be paid.
    pub(crate) fn due(&self) -> [i64; 3] {
        let mut due = [0; 3];
        for item in self.items.iter().filter(|item| !item.relief) {
            due[0] += item.duty;
            due[1] += item.excise;
            due[2] += item.vat;
        }
        if self.pays() { due } else { [0; 3] }
    }
}

/// Sorted minutes of acceptance of a month's declarations: working days and hours far ahead.
pub(crate) fn acceptance_times(plan: &Plan, month: u32, count: u32, chance: &mut Chance) -> Vec<i64> {
    let first = plan.month_minute(month) / DAY;
    let last = plan.month_minute(month + 1) / DAY;
    let weights: Vec<u32> = (first..last).map(|day| [100, 100, 100, 100, 100, 35, 8][weekday(day) as usize]).collect();
    let mut times: Vec<i64> = (0..count)
        .map(|_| {
            let day = first + chance.weighted(&weights) as i64;
            let of_day = if chance.yes(0.9) {
                480 + i64::from(chance.below(300)) + i64::from(chance.below(300))
            } else {
                i64::from(chance.below(1440))
            };
            day * DAY + of_day
        })
        .collect();
    times.sort_unstable();
    times
}

/// Header, items, irregularity, score and lane of a declaration.
pub(crate) fn declare(
    world: &World,
    planted: &Planted,
    place: (u32, i32, u32),
    number: u32,
    accepted: i64,
    chance: &mut Chance,
) -> Declaration {
    let (index, year, month) = place;
    let office = world.office_lottery.draw(chance) as usize;
    let kind = world.offices[office].kind;
    let flow = match kind {
        Kind::Airport => [Flow::Import, Flow::Export][chance.weighted(&[78, 22])],
        _ => [Flow::Import, Flow::Export, Flow::Transit][chance.weighted(&[62, 27, 11])],
    };
    let mode = match kind {
        Kind::Seaport => ["1", "2", "3"][chance.weighted(&[88, 4, 8])],
        Kind::Airport => ["4", "5", "3"][chance.weighted(&[86, 8, 6])],
        Kind::Border => ["3", "2"][chance.weighted(&[92, 8])],
        Kind::Inland => ["3", "2", "1"][chance.weighted(&[50, 30, 20])],
    };
    let traffic = match mode {
        "5" => "post",
        "4" if chance.yes(0.38) => "express",
        _ => "cargo",
    };
    let small = traffic != "cargo";
    let firm = world.firm_lottery.draw(chance) as usize;
    let procedure = match flow {
        Flow::Import => {
            ["home_use", "warehousing", "inward_processing", "temporary_admission"][chance.weighted(&[84, 9, 4, 3])]
        }
        Flow::Export => ["export", "outward_processing"][chance.weighted(&[97, 3])],
        Flow::Transit => "transit",
    };
    let local = &world.offices[office].brokers;
    let trader = &world.firms[firm];
    let aeo = trader.aeo_from.is_some_and(|from| from <= accepted / DAY);
    let count = if small { chance.weighted(&[88, 8, 4]) } else { chance.weighted(&[40, 19, 13, 9, 6, 5, 3, 2, 2, 1]) };
    let mut declaration = Declaration {
        number,
        year,
        month,
        office,
        border_office: if chance.yes(0.85) { office } else { world.office_lottery.draw(chance) as usize },
        accepted,
        flow,
        procedure,
        mode,
        traffic,
        firm,
        supplier: chance.below(SUPPLIERS),
        broker: local[chance.below(local.len() as u32) as usize],
        container: mode == "1" && chance.yes(0.85),
        incoterm: chance.one_of(&["CIF", "FOB", "EXW", "CFR", "DAP", "FOB", "CIF"]),
        packages: 1 + (chance.log_normal(if small { 1.5 } else { 40.0 }, 1.2) as i64).min(90_000),
        paper: chance.yes(0.05 / (1.0 + f64::from(index) / 8.0)),
        paper_processed: chance.yes(0.02),
        ecommerce: small && chance.yes(0.55 + 0.004 * f64::from(index).min(60.0)),
        aeo,
        cancelled: chance.yes(0.012),
        irregular: None,
        score: 0,
        lane: Lane::Green,
        random_arm: None,
        inspector: 0,
        gap: 0,
        corrected: false,
        items: Vec::with_capacity(count + 1),
        time: Timeline::default(),
        controls: Vec::new(),
    };
    for _ in 0..=count {
        let item = draw_item(world, &declaration, chance);
        declaration.items.push(item);
    }
    crate::selection::select(world, planted, &mut declaration, chance);
    declaration
}

fn draw_item(world: &World, declaration: &Declaration, chance: &mut Chance) -> Item {
    let chapter = world.chapter_lottery.draw(chance) as usize;
    let facts = &world.chapters[chapter];
    let origin = chance.weighted(&COUNTRIES.map(|country| country.2));
    let heading = 1 + chance.below(12).min(chance.below(12));
    let hs = facts.number * 1_000_000
        + heading * 10_000
        + chance.one_of(&[10_u32, 20, 30, 90]) * 100
        + chance.one_of(&[0_u32, 10]);
    let median = match declaration.traffic {
        "cargo" if declaration.mode == "4" => 60.0,
        "cargo" => 900.0,
        _ => 1.8,
    };
    let kilograms = chance.log_normal(median, 1.5).clamp(0.05, 2e6);
    let price = facts.price * world.firms[declaration.firm].size * chance.log_normal(1.0, 0.55);
    let net_mass = (kilograms * 1000.0) as i64;
    let value = ((kilograms * price * 100.0).clamp(100.0, 5e11)) as i64;
    let agreement = COUNTRIES[origin].3 > 0 && declaration.flow == Flow::Import;
    let mut item = Item {
        chapter,
        hs_declared: hs,
        hs,
        origin,
        preference: agreement && chance.yes(0.65),
        net_mass,
        gross_mass: net_mass + net_mass * i64::from(2 + chance.below(18)) / 100,
        quantity: chance.yes(0.4).then(|| (1 + (kilograms / 3.0) as i64) * 1000),
        value_declared: value,
        value,
        method: [1, 2, 3, 6][chance.weighted(&[88, 6, 3, 3])],
        checked: false,
        duty: 0,
        excise: 0,
        vat: 0,
        relief: declaration.procedure == "home_use" && chance.yes(0.045),
    };
    item.tax(world, declaration.flow != Flow::Export);
    item
}

/// Agreement of the first item, if a preference is claimed.
pub(crate) fn agreement(item: &Item) -> Option<&'static str> {
    let group = COUNTRIES[item.origin].3;
    (item.preference && group > 0).then(|| AGREEMENTS[usize::from(group) - 1])
}
