//! The query string of the search page: `q`, `muc` (repeated), `tu`, `den`, `don-vi`, `the`, `o`, `tep`, `sua`,
//! `xep`, `trang`; and that of the work calendar: `ai`, `dang`.
//!
//! Not here: how a query string is escaped (`form`), what a valid query is (`search_index::Query`).

use crate::{Agenda, Dropped, Why, form};
use archive::Slug;
use chrono::NaiveDate;
use search_index::{Order, Query};
use work_calendar::Week;

const WORDS: &str = "q";
const CATEGORY: &str = "muc";
const FROM: &str = "tu";
const TO: &str = "den";
const UNIT: &str = "don-vi";
const TAG: &str = "the";
/// Where the words have to stand: `o=tieu-de`.
const WHERE: &str = "o";
/// `tep=co`: only with attachments.
const ATTACHMENTS: &str = "tep";
/// `sua=khong`: no correction of the words.
const CORRECTION: &str = "sua";
const ORDER: &str = "xep";
pub(crate) const PAGE: &str = "trang";

/// Whose events of the work calendar: `ai=…`.
const WHO: &str = "ai";
/// How the work calendar is shown: `dang=bang`.
const FORM: &str = "dang";

const TABLE: &str = "bang";
const NEWEST: &str = "moi-nhat";
const BEST: &str = "phu-hop";
const TITLES: &str = "tieu-de";
const WITH: &str = "co";
const WITHOUT: &str = "khong";

/// Longest query string that is read, in bytes: servers take 8 KiB.
const MAX_BYTES: usize = 8 << 10;

/// Reads a question. Of a key that may stand once, the first possible value counts. Keys that nobody knows
/// and empty fields are no faults: forms send all their fields.
pub(crate) fn read(text: &str, dropped: &mut Vec<Dropped>) -> Query {
    let pairs = bounded(text, dropped);
    let values = |wanted: &'static str| {
        let with_key = pairs.iter().filter(move |(key, _)| key == wanted);
        with_key.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    };
    let words = line(WORDS, values(WORDS), Query::MAX_WORDS, dropped);
    let unit = line(UNIT, values(UNIT), Query::MAX_NAME, dropped);
    let tag = line(TAG, values(TAG), Query::MAX_NAME, dropped);
    let mut only = |key, wanted: &str| {
        first(
            key,
            values(key),
            |value| if value == wanted { Ok(()) } else { Err(Why::UnknownValue) },
            dropped,
        )
        .is_some()
    };
    let (titles_only, attachments, as_typed) =
        (only(WHERE, TITLES), only(ATTACHMENTS, WITH), only(CORRECTION, WITHOUT));
    let categories = values(CATEGORY).filter_map(|value| possible(CATEGORY, value, category(value), dropped));
    let mut categories: Vec<Slug> = categories.collect();
    categories.sort();
    categories.dedup();
    if let Some(one_too_many) = categories.get(Query::MAX_CATEGORIES) {
        dropped.push(Dropped::new(CATEGORY, one_too_many.as_str(), Why::TooLong));
    }
    let from = first(FROM, values(FROM), day, dropped);
    let to = first(TO, values(TO), day, dropped);
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        dropped.push(Dropped::new(TO, &to.to_string(), Why::EndsBeforeItStarts));
    }
    let order = first(ORDER, values(ORDER), order, dropped).unwrap_or_default();
    let page = first(PAGE, values(PAGE), page, dropped).unwrap_or(1);
    // What is over a limit goes here.
    let categories = categories.into_iter().collect();
    Query { words, categories, from, to, unit, tag, titles_only, attachments, as_typed, order, page }
        .normalised()
}

/// The page number of a page that has no other question.
pub(crate) fn page_alone(text: &str, dropped: &mut Vec<Dropped>) -> u32 {
    let pairs = bounded(text, dropped);
    let values = pairs.iter().filter(|(key, _)| key == PAGE).map(|(_, value)| value.trim());
    first(PAGE, values.filter(|value| !value.is_empty()), page, dropped).unwrap_or(1)
}

/// What of the work calendar is asked for.
pub(crate) fn agenda(week: Option<Week>, text: &str, dropped: &mut Vec<Dropped>) -> Agenda {
    let pairs = bounded(text, dropped);
    let values = |wanted: &'static str| {
        let with_key = pairs.iter().filter(move |(key, _)| key == wanted);
        with_key.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    };
    let who = line(WHO, values(WHO), Query::MAX_NAME, dropped);
    let table = first(FORM, values(FORM), table, dropped).is_some();
    Agenda { week, who, table }.normalised()
}

/// The canonical query string of the work calendar; empty for a list of all events.
pub(crate) fn print_agenda(agenda: &Agenda) -> String {
    let agenda = agenda.clone().normalised();
    let who = (!agenda.who.is_empty()).then(|| format!("{WHO}={}", form::encode(&agenda.who)));
    let form = agenda.table.then(|| format!("{FORM}={TABLE}"));
    who.into_iter().chain(form).collect::<Vec<_>>().join("&")
}

/// The canonical query string; empty where nothing is asked.
pub(crate) fn print(query: &Query) -> String {
    let query = query.clone().normalised();
    let mut parts = Vec::new();
    if !query.words.is_empty() {
        parts.push(format!("{WORDS}={}", form::encode(&query.words)));
    }
    parts.extend(query.categories.iter().map(|slug| format!("{CATEGORY}={slug}")));
    parts.extend(query.from.map(|day| format!("{FROM}={day}")));
    parts.extend(query.to.map(|day| format!("{TO}={day}")));
    for (key, value) in [(UNIT, &query.unit), (TAG, &query.tag)] {
        if !value.is_empty() {
            parts.push(format!("{key}={}", form::encode(value)));
        }
    }
    for (on, key, value) in [
        (query.titles_only, WHERE, TITLES),
        (query.attachments, ATTACHMENTS, WITH),
        (query.as_typed, CORRECTION, WITHOUT),
    ] {
        if on {
            parts.push(format!("{key}={value}"));
        }
    }
    if query.order == Order::Newest {
        parts.push(format!("{ORDER}={NEWEST}"));
    }
    if query.page > 1 {
        parts.push(format!("{PAGE}={}", query.page));
    }
    parts.join("&")
}

/// The pairs of a query string; of one over [`MAX_BYTES`], those that lie before whole.
fn bounded(text: &str, dropped: &mut Vec<Dropped>) -> Vec<(String, String)> {
    if text.len() <= MAX_BYTES {
        return form::pairs(text).collect();
    }
    let mut end = MAX_BYTES;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // Half a value would be another value; one that fills everything is cut all the same.
    let end = if text[end..].starts_with('&') { end } else { text[..end].rfind('&').unwrap_or(end) };
    dropped.push(Dropped::new("?", &text[end..], Why::TooLong));
    form::pairs(&text[..end]).collect()
}

/// The first possible value; every impossible one before it is dropped.
fn first<'a, T>(
    key: &'static str,
    mut values: impl Iterator<Item = &'a str>,
    read: impl Fn(&str) -> Result<T, Why>,
    dropped: &mut Vec<Dropped>,
) -> Option<T> {
    values.find_map(|value| possible(key, value, read(value), dropped))
}

fn possible<T>(
    key: &'static str,
    value: &str,
    read: Result<T, Why>,
    dropped: &mut Vec<Dropped>,
) -> Option<T> {
    read.map_err(|why| dropped.push(Dropped::new(key, value, why))).ok()
}

/// A free text: the first value, single spaces, cut at its limit.
fn line<'a>(
    key: &'static str,
    mut values: impl Iterator<Item = &'a str>,
    most: usize,
    dropped: &mut Vec<Dropped>,
) -> String {
    let words: Vec<_> = values.next().unwrap_or_default().split_whitespace().collect();
    let words = words.join(" ");
    if words.chars().count() > most {
        dropped.push(Dropped::new(key, &words, Why::TooLong));
    }
    words
}

fn category(value: &str) -> Result<Slug, Why> {
    value.parse().map_err(|_| Why::NotACategory)
}

/// `2021-09-11` as forms send it, or `11/09/2021`, `1-9-2021`, `1.9.2021` as people type it.
pub(crate) fn day(value: &str) -> Result<NaiveDate, Why> {
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u32>().ok())?;
    let parts: Vec<_> = value.split(['-', '/', '.']).map(number).collect();
    let (year, month, day) = match parts[..] {
        [Some(year @ 100..), Some(month), Some(day)] => (year, month, day),
        [Some(day), Some(month), Some(year)] => (year, month, day),
        _ => return Err(Why::NotADate),
    };
    let year = i32::try_from(year).ok().filter(|year| Query::YEARS.contains(year));
    year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day)).ok_or(Why::NotADate)
}

fn order(value: &str) -> Result<Order, Why> {
    match value {
        NEWEST => Ok(Order::Newest),
        BEST => Ok(Order::Best),
        _ => Err(Why::UnknownOrder),
    }
}

fn table(value: &str) -> Result<(), Why> {
    if value == TABLE { Ok(()) } else { Err(Why::UnknownValue) }
}

fn page(value: &str) -> Result<u32, Why> {
    match value.parse() {
        Ok(page @ 1..=crate::MAX_PAGE) => Ok(page),
        _ => Err(Why::NotAPage),
    }
}
