//! When each step of a declaration happened.

use crate::calendar::next_open;
use crate::chance::Chance;
use crate::declaration::{Declaration, Flow, Lane};
use crate::planted::{BUNCHING, Planted, REFORM_FACTOR};
use crate::world::{Kind, World};

/// Steps as local minutes; `None` where a step did not happen or was not recorded.
#[derive(Debug, Clone, Default)]
pub(crate) struct Timeline {
    pub arrival: Option<i64>,
    pub lodged: i64,
    pub channel: i64,
    pub assigned: Option<i64>,
    pub documents: Option<i64>,
    pub inspection: Option<(i64, i64)>,
    /// Hold of another agency: index of the agency, start, end.
    pub hold: Option<(usize, i64, Option<i64>)>,
    /// Manual change of lane: time and new lane.
    pub rerouted: Option<(i64, Lane)>,
    pub assessed: Option<i64>,
    pub paid: Option<i64>,
    pub released: Option<i64>,
    pub gate_out: Option<i64>,
    pub cancelled: Option<i64>,
    pub transit_limit: Option<i64>,
    pub discharged: Option<i64>,
    /// Release without the office's early booking, where that was done.
    pub honest_release: Option<i64>,
}

/// Draws the timeline of a declaration.
pub(crate) fn draw(
    world: &World,
    planted: &Planted,
    index: u32,
    declaration: &Declaration,
    chance: &mut Chance,
) -> Timeline {
    let office = &world.offices[declaration.office];
    let small = declaration.traffic != "cargo";
    let lodged = declaration.accepted - i64::from(chance.below(4));
    let channel = declaration.accepted + 1 + i64::from(chance.below(5));
    let mut time = Timeline { lodged, channel, ..Timeline::default() };

    let arrival = draw_arrival(declaration, small, chance);
    // One arrival in 25 was never recorded.
    time.arrival = (!chance.yes(0.04)).then_some(arrival);
    if declaration.cancelled {
        time.cancelled = Some(channel + 1 + chance.log_normal(900.0, 1.0).min(40_000.0) as i64);
        return time;
    }
    if declaration.flow == Flow::Transit {
        let days = 3 + i64::from(chance.below(6));
        time.transit_limit = Some(declaration.accepted + days * 1440);
        time.discharged = (!chance.yes(0.02)).then(|| declaration.accepted + chance.log_normal(3400.0, 0.5) as i64);
    }
    let released = draw_release(world, planted, index, declaration, &mut time, arrival, chance);
    let abandoned = chance.yes(0.005);
    fill_steps(declaration, &mut time, released, chance);
    if abandoned {
        time.paid = None;
        time.released = None;
        time.honest_release = None;
        time.gate_out = None;
    } else {
        time.released = Some(released);
        let stay = chance.log_normal(if office.kind == Kind::Seaport { 500.0 } else { 90.0 }, 1.0);
        time.gate_out = Some(released + 5 + stay.min(60_000.0) as i64);
    }
    time
}

fn draw_arrival(declaration: &Declaration, small: bool, chance: &mut Chance) -> i64 {
    let (early, before) = match declaration.mode {
        "1" => (0.28, 2200.0),
        "4" => (0.38, 420.0),
        _ => (0.12, 240.0),
    };
    if chance.yes(if small { 0.6 } else { early }) {
        declaration.accepted + 10 + chance.log_normal(before * 0.3, 0.8).min(20_000.0) as i64
    } else {
        declaration.accepted - 10 - chance.log_normal(before, 0.9).min(60_000.0) as i64
    }
}

fn draw_release(
    world: &World,
    planted: &Planted,
    index: u32,
    declaration: &Declaration,
    time: &mut Timeline,
    arrival: i64,
    chance: &mut Chance,
) -> i64 {
    let office = &world.offices[declaration.office];
    let small = declaration.traffic != "cargo";
    let (median, sigma) = match declaration.lane {
        Lane::Green if small => (25.0, 0.7),
        Lane::Green => (110.0, 1.1),
        Lane::Yellow => (780.0, 0.9),
        Lane::Red => (2100.0, 0.8),
    };
    let by_mode = match declaration.mode {
        "1" => 1.2,
        "4" => 0.7,
        "3" => 0.85,
        _ => 1.0,
    };
    let mut minutes = chance.log_normal(median * by_mode * office.slowness, sigma);
    if declaration.lane == Lane::Red
        && index >= planted.reform_month
        && planted.reform_offices.contains(&declaration.office)
    {
        minutes *= REFORM_FACTOR;
    }
    let mut released = time.channel + 3 + minutes.min(200_000.0) as i64;
    let permit = declaration.items.iter().find_map(|item| world.chapters[item.chapter].agency);
    let held = match permit {
        Some(_) if declaration.flow == Flow::Import => chance.yes(0.22),
        _ => chance.yes(0.006),
    };
    if held && declaration.flow != Flow::Transit {
        let start = time.channel + 1 + i64::from(chance.below(240));
        let end = start + 30 + chance.log_normal(1500.0, 1.3).min(250_000.0) as i64;
        time.hold = Some((permit.unwrap_or(2), start, Some(end)));
        released = released.max(end + 10 + i64::from(chance.below(110)));
    }
    released = released.max(arrival + 10 + i64::from(chance.below(50)));
    let round_the_clock = matches!(office.kind, Kind::Seaport | Kind::Airport) || declaration.lane == Lane::Green;
    let delay = i64::from(chance.below(90));
    released = next_open(released, round_the_clock, delay);
    let elapsed = released - time.lodged;
    if declaration.office == planted.bunching_office && (1441..=2160).contains(&elapsed) && time.hold.is_none() {
        let early = time.lodged + 1440 - 1 - i64::from(chance.below(55));
        if chance.yes(BUNCHING) && early > arrival {
            time.honest_release = Some(released);
            released = early;
        }
    }
    released
}

/// Steps between the lane and the release, in order.
fn fill_steps(declaration: &Declaration, time: &mut Timeline, released: i64, chance: &mut Chance) {
    let span = released - time.channel;
    let at = |per_mille: i64| time.channel + span * per_mille / 1000;
    match declaration.lane {
        Lane::Green => {
            time.assessed = Some(at(150));
        }
        Lane::Yellow => {
            time.assigned = Some(at(60));
            time.documents = Some(at(300 + i64::from(chance.below(200))));
            time.assessed = Some(at(600));
        }
        Lane::Red => {
            time.assigned = Some(at(50));
            time.documents = Some(at(180));
            let start = at(300 + i64::from(chance.below(150)));
            time.inspection = Some((start, at(650).min(start + 20 + i64::from(chance.below(200))).max(start + 1)));
            time.assessed = Some(at(750));
        }
    }
    if declaration.pays() {
        time.paid = Some(at(900));
    }
    // Officers change some lanes by hand; the first lane stays on record.
    let odds = match declaration.lane {
        _ if declaration.flow == Flow::Transit => 0.0,
        Lane::Yellow => 0.03,
        Lane::Red if declaration.random_arm.is_none() => 0.05,
        _ => 0.002,
    };
    if chance.yes(odds) {
        let lane = if declaration.lane == Lane::Green { Lane::Yellow } else { Lane::Green };
        time.rerouted = Some((at(100), lane));
        if declaration.lane == Lane::Green {
            time.assigned = Some(at(110));
            time.documents = Some(at(400));
        } else {
            time.documents = None;
            time.inspection = None;
        }
    }
}
