//! Writes a whole administration: months in parallel, then the tables without months.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

use crate::border::{Span, agency_records, consignments, field_controls};
use crate::chance::Chance;
use crate::declaration::{Declaration, acceptance_times, declare};
use crate::plan::{Plan, SynthError};
use crate::planted::{self, Planted};
use crate::revenue::{Books, book};
use crate::seizure::Cases;
use crate::sheet::{FileTruth, Layout, Sheet};
use crate::tables;
use crate::tally::Tally;
use crate::truth::Truth;
use crate::world::World;
use crate::{clearance, control, registers, services, timeline, totals};

/// Streams of draws of a month.
const DECLARATIONS: u32 = 2;
const CONSIGNMENTS: u32 = 3;
const FIELD: u32 = 4;
const AGENCIES: u32 = 5;
const REVENUE: u32 = 6;
const CASES: u32 = 7;
const OTHER_CASES: u32 = 8;

/// Declarations between two reports of progress.
const REPORT: u32 = 4096;

/// What all months share.
#[derive(Debug)]
pub(crate) struct Setting<'a> {
    pub plan: &'a Plan,
    pub world: World,
    pub planted: Planted,
    /// Offset from UTC in minutes.
    pub offset: i32,
    /// Declarations of each month.
    pub counts: Vec<u32>,
}

impl<'a> Setting<'a> {
    /// Checks the plan and works out its standing facts.
    pub(crate) fn new(plan: &'a Plan) -> Result<Self, SynthError> {
        let offset = plan.check()?;
        Ok(Setting {
            plan,
            world: World::new(plan),
            planted: Planted::new(plan),
            offset,
            counts: planted::declarations_by_month(plan),
        })
    }

    /// Declarations of a month in the order of acceptance, each complete with times and controls. One is held at a time.
    pub(crate) fn declarations(
        &self,
        index: u32,
        mut each: impl FnMut(Declaration) -> Result<(), SynthError>,
    ) -> Result<(), SynthError> {
        let mut chance = Chance::new(self.plan.seed, DECLARATIONS, index);
        let month = self.plan.month(index);
        let times = acceptance_times(self.plan, index, self.counts[index as usize], &mut chance);
        let as_of = self.plan.as_of_minute();
        for (number, accepted) in (1..).zip(times) {
            let place = (index, month.year(), month.month());
            let mut declaration = declare(&self.world, &self.planted, place, number, accepted, &mut chance);
            declaration.time = timeline::draw(&self.world, &self.planted, index, &declaration, &mut chance);
            control::draw(&self.world, &self.planted, &mut declaration, as_of, &mut chance);
            each(declaration)?;
        }
        Ok(())
    }
}

/// Rows of the tables that have one file for all months.
type Collected = [(Vec<u8>, FileTruth); 2];

/// Writes the source files of a synthetic administration into the folder `into`, with `truth.json` beside them.
///
/// Big tables have a file a month (`declaration-2024-01.csv`): the records of the declarations accepted in that month, or that arrived
/// or happened in it. Small tables have one file. `progress` is told how many of how many declarations are done.
///
/// # Errors
/// When the plan is not possible, or a file cannot be written.
pub fn write_administration(plan: &Plan, into: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Truth, SynthError> {
    let setting = Setting::new(plan)?;
    std::fs::create_dir_all(into).map_err(|source| SynthError::Write { path: into.to_owned(), source })?;
    let (mut tally, collected) = write_months(&setting, into, progress)?;

    let (world, offset) = (&setting.world, setting.offset);
    let layouts = [("seizure.csv", tables::SEIZURE), ("offence.csv", tables::OFFENCE)];
    for (place, (name, layout)) in layouts.into_iter().enumerate() {
        let mut sheet = Sheet::create(&into.join(name), layout, offset)?;
        for month in &collected {
            sheet.append(&month[place].0, &month[place].1)?;
        }
        sheet.finish(&mut tally.files)?;
    }
    let operators = registers::operators(plan, world, offset, into, &mut tally.files)?;
    registers::staff(plan, world, offset, into, &mut tally.files)?;
    registers::surveys(plan, offset, into, &mut tally.files)?;
    services::rulings(plan, offset, into, &mut tally.files)?;
    services::appeals(plan, world, offset, into, &mut tally.files)?;
    services::enquiries(plan, offset, into, &mut tally.files)?;
    services::log(plan, offset, into, &mut tally.files)?;
    let mut files = std::mem::take(&mut tally.files);
    totals::annual_totals(plan, &tally, offset, into, &mut files)?;
    totals::external_series(plan, offset, into, &mut files)?;
    totals::cycle_submission(plan, offset, into, &mut files)?;
    tally.files = files;

    let mut truth = planted_truth(&setting);
    truth.operators = operators;
    tally.into_truth(world, &mut truth);
    let path = into.join("truth.json");
    std::fs::write(&path, truth.to_json()).map_err(|source| SynthError::Write { path, source })?;
    Ok(truth)
}

/// What the plan fixes before anything is counted.
fn planted_truth(setting: &Setting<'_>) -> Truth {
    let Setting { plan, world, planted, offset, .. } = setting;
    let code = |office: usize| world.offices[office].code.clone();
    let sign = if *offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.unsigned_abs() / 60, offset.unsigned_abs() % 60);
    let (year, month, day) = plan.as_of;
    let reform = plan.month(planted.reform_month);
    let mut inspector = Vec::new();
    World::push_inspector(&mut inspector, 0, 0);
    let mut truth = Truth {
        seed: plan.seed,
        first_month: plan.first_month.to_string(),
        months: plan.months,
        zone: plan.zone.clone(),
        currency: plan.currency.clone(),
        extracted_at: format!("{year:04}-{month:02}-{day:02}T00:00:00{sign}{hours:02}:{minutes:02}"),
        seasonal_factors: planted::SEASON.to_vec(),
        ..Truth::default()
    };
    truth.reform.date = format!("{reform}-01");
    truth.reform.offices = planted.reform_offices.iter().map(|&office| code(office)).collect();
    truth.reform.factor = planted::REFORM_FACTOR;
    truth.bunching.office = code(planted.bunching_office);
    truth.bunching.probability = planted::BUNCHING;
    truth.pair.office = code(0);
    truth.pair.inspector = String::from_utf8_lossy(&inspector).into_owned();
    truth.pair.broker = "BR0000".to_owned();
    truth.pair.probability = planted::FAVOUR;
    truth.padding.office = code(planted.padding_office);
    truth.padding.probability = planted::PADDING;
    truth
}

/// Writes all months on up to two threads; each month has its own streams and files, so their order does not matter.
fn write_months(
    setting: &Setting<'_>,
    into: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Tally, Vec<Collected>), SynthError> {
    let months = setting.plan.months;
    let next = AtomicU32::new(0);
    let collected: Mutex<Vec<Collected>> = Mutex::new(vec![Collected::default(); months as usize]);
    let (report, reports) = mpsc::channel();
    let work = |report: mpsc::Sender<u64>| -> Result<Tally, SynthError> {
        let mut tally = Tally::default();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= months {
                return Ok(tally);
            }
            let rows = write_month(setting, index, into, &mut tally, &report).inspect_err(|_| {
                // No further month is begun after a failure.
                next.store(months, Ordering::Relaxed);
            })?;
            collected.lock().expect("no thread panics while it holds the lock")[index as usize] = rows;
        }
    };
    let tally = std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(2));
        let handles: Vec<_> = (0..threads)
            .map(|_| {
                let report = report.clone();
                scope.spawn(|| work(report))
            })
            .collect();
        drop(report);
        let mut done = 0;
        for part in reports {
            done += part;
            progress(done, u64::from(setting.plan.rows));
        }
        let mut sum = Tally::default();
        for handle in handles {
            sum.merge(handle.join().expect("a thread that writes months does not panic")?);
        }
        Ok(sum)
    })?;
    let collected = collected.into_inner().expect("no thread panics while it holds the lock");
    Ok((tally, collected))
}

fn write_month(
    setting: &Setting<'_>,
    index: u32,
    into: &Path,
    tally: &mut Tally,
    report: &mpsc::Sender<u64>,
) -> Result<Collected, SynthError> {
    let Setting { plan, world, planted, offset, counts } = setting;
    let month = plan.month(index);
    let as_of = plan.as_of_minute();
    let span = Span {
        start: plan.month_minute(index),
        end: plan.month_minute(index + 1),
        year: month.year(),
        month: month.month(),
        index,
        as_of,
    };
    let create =
        |table: &str, layout: Layout| Sheet::create(&into.join(format!("{table}-{month}.csv")), layout, *offset);
    let mut declaration_sheet = create("declaration", tables::DECLARATION)?;
    let mut item_sheet = create("item", tables::ITEM)?;
    let mut event_sheet = create("event", tables::EVENT)?;
    let mut control_sheet = create("control", tables::CONTROL)?;
    let mut payment_sheet = create("payment", tables::PAYMENT)?;
    let mut agency_sheet = create("other_agency", tables::OTHER_AGENCY)?;
    let stream = |table| Chance::new(plan.seed, table, index);
    let (mut agencies, mut revenue, mut case_chance) = (stream(AGENCIES), stream(REVENUE), stream(CASES));
    let mut cases =
        Cases::new(Sheet::in_memory(tables::SEIZURE, *offset), Sheet::in_memory(tables::OFFENCE, *offset), span);
    let mut unreported = 0;
    setting.declarations(index, |declaration| {
        clearance::header(&mut declaration_sheet, world, &declaration)?;
        clearance::items(&mut item_sheet, world, &declaration)?;
        clearance::events(&mut event_sheet, world, &declaration, as_of)?;
        clearance::controls(&mut control_sheet, world, &declaration)?;
        agency_records(&mut agency_sheet, world, span, &declaration, &mut agencies)?;
        let currency = &plan.currency;
        let mut books = Books { sheet: &mut payment_sheet, tally, world, currency, as_of, index };
        book(&mut books, &declaration, &mut revenue)?;
        cases.add_from_controls(world, &declaration, tally, &mut case_chance)?;
        tally.declaration(world, planted, index, &declaration, as_of);
        unreported += 1;
        if unreported == REPORT {
            // The receiver lives as long as the threads; a report that nobody hears does no harm.
            let _ = report.send(u64::from(unreported));
            unreported = 0;
        }
        Ok(())
    })?;
    let _ = report.send(u64::from(unreported));

    let count = counts[index as usize];
    let mut consignment_sheet = create("consignment", tables::CONSIGNMENT)?;
    consignments(&mut consignment_sheet, world, span, count / 2 + 20, &mut stream(CONSIGNMENTS))?;
    let mut field_sheet = create("field_control", tables::FIELD_CONTROL)?;
    let hits = field_controls(&mut field_sheet, world, span, count / 25 + 20, &mut stream(FIELD))?;
    let mut others = stream(OTHER_CASES);
    cases.add_from_field(world, &hits, tally, &mut others)?;
    cases.add_others(world, count / 200 + 3, tally, &mut others)?;

    let sheets = [
        declaration_sheet,
        item_sheet,
        event_sheet,
        control_sheet,
        payment_sheet,
        agency_sheet,
        consignment_sheet,
        field_sheet,
    ];
    for sheet in sheets {
        sheet.finish(&mut tally.files)?;
    }
    Ok([cases.seizures.into_rows(), cases.offences.into_rows()])
}
