//! Times in a format of the mapping.

use jiff::civil::Time;
use jiff::fmt::strtime::BrokenDownTime;

use super::{Civil, DAY, MICROS, day_of};

/// A strptime format: common ones are read directly, others by `jiff`.
pub(super) enum Format {
    Plain { items: Vec<Item>, precision: i8 },
    Other { text: String, precision: i8 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Year,
    ShortYear,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Space,
    Literal(u8),
}

impl Format {
    pub(super) fn new(text: &str) -> Self {
        let has = |letters: &[&str]| letters.iter().any(|l| text.contains(l));
        let precision = if has(&["%S", "%s", "%T", "%c"]) {
            2
        } else if has(&["%M", "%H", "%I", "%R", "%k", "%l"]) {
            1
        } else {
            0
        };
        match plain_items(text) {
            Some(items) => Format::Plain { items, precision },
            None => Format::Other { text: text.to_owned(), precision },
        }
    }

    pub(super) fn read(&self, text: &str) -> Option<Civil> {
        match self {
            Format::Plain { items, precision } => read_plain(items, text.as_bytes(), *precision),
            Format::Other { text: format, precision } => read_other(format, text, *precision),
        }
    }
}

fn plain_items(format: &str) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    let mut bytes = format.bytes();
    while let Some(byte) = bytes.next() {
        items.push(match byte {
            b'%' => match bytes.next()? {
                b'Y' => Item::Year,
                b'y' => Item::ShortYear,
                b'm' => Item::Month,
                b'd' | b'e' => Item::Day,
                b'H' => Item::Hour,
                b'M' => Item::Minute,
                b'S' => Item::Second,
                _ => return None,
            },
            b' ' => Item::Space,
            byte if byte.is_ascii() => Item::Literal(byte),
            _ => return None,
        });
    }
    let dated = [Item::Month, Item::Day].iter().all(|i| items.contains(i))
        && (items.contains(&Item::Year) || items.contains(&Item::ShortYear));
    dated.then_some(items)
}

fn read_plain(items: &[Item], bytes: &[u8], precision: i8) -> Option<Civil> {
    let mut at = 0;
    let number = |at: &mut usize, most: usize| {
        let start = *at;
        let mut value = 0;
        while *at < bytes.len() && *at - start < most && bytes[*at].is_ascii_digit() {
            value = value * 10 + u32::from(bytes[*at] - b'0');
            *at += 1;
        }
        (*at > start).then_some(value)
    };
    let (mut year, mut month, mut day, mut hour, mut minute, mut second) = (0, 0, 0, 0, 0, 0);
    for item in items {
        match item {
            Item::Year => {
                let start = at;
                year = number(&mut at, 4)?;
                if at - start != 4 {
                    return None;
                }
            }
            Item::ShortYear => {
                let short = number(&mut at, 2)?;
                year = if short < 69 { 2000 + short } else { 1900 + short };
            }
            Item::Month => month = number(&mut at, 2)?,
            Item::Day => day = number(&mut at, 2)?,
            Item::Hour => hour = number(&mut at, 2)?,
            Item::Minute => minute = number(&mut at, 2)?,
            Item::Second => second = number(&mut at, 2)?,
            Item::Space => {
                let start = at;
                while bytes.get(at) == Some(&b' ') {
                    at += 1;
                }
                if at == start {
                    return None;
                }
            }
            Item::Literal(byte) => {
                if bytes.get(at) != Some(byte) {
                    return None;
                }
                at += 1;
            }
        }
    }
    if at != bytes.len() || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some(Civil {
        day: day_of(year as i32, month, day)?,
        micros: i64::from(hour * 3600 + minute * 60 + second) * MICROS,
        offset: None,
        precision,
    })
}

fn read_other(format: &str, text: &str, precision: i8) -> Option<Civil> {
    let parsed = BrokenDownTime::parse(format, text).ok()?;
    let (date, time) = match parsed.to_datetime() {
        Ok(datetime) => (datetime.date(), datetime.time()),
        Err(_) => match parsed.to_timestamp() {
            // `%s`: seconds since 1970 carry their own zone.
            Ok(stamp) => {
                let micros = stamp.as_microsecond();
                return Some(Civil {
                    day: micros.div_euclid(DAY * MICROS) as i32,
                    micros: micros.rem_euclid(DAY * MICROS),
                    offset: Some(0),
                    precision,
                });
            }
            Err(_) => (parsed.to_date().ok()?, Time::midnight()),
        },
    };
    let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    Some(Civil {
        day: day_of(date.year().into(), date.month() as u32, date.day() as u32)?,
        micros: seconds * MICROS + i64::from(time.subsec_nanosecond()) / 1000,
        offset: parsed.offset().map(|o| o.seconds()),
        precision,
    })
}
