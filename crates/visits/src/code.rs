//! The log as text: JSON, for a reader may want to see what is kept about the visits.
//!
//! `{"visits":2,"books":{"00c0ffee":{"days":{"2025-03-17":[3,[[28800,29100],[50400,50400]]]},
//! "months":{"2025-01-01":[40,12,2147483647,2592000]},
//! "articles":{"khai-giang":[1742176800,3,"Khai giảng"]},"categories":{"tin":[1742176800,3,""]}}}}` — see `Day`,
//! `Month` and `Viewed` for the numbers. Version 1 had neither articles nor categories.

use crate::{
    VisitLog, Writer,
    book::{Book, first_of_month},
    day::{DAY, LAST_DAY, MOST},
};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the text. Whoever adds a field raises it, so that an older program does not drop what it does
/// not know.
const VERSION: u32 = 2;
/// Longest text in bytes. Ten years of daily use take under 100 KB; what is longer is not ours.
const LONGEST: usize = 1_000_000;

/// Why a text is not a visit log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not of the form at all.
    #[error("this is not a visit log ({0}); keep it aside and begin a new one")]
    Form(String),
    /// Written by a newer version of this program.
    #[error(
        "the visit log is of version {0}, this program reads up to 2; reload the page, and do not write to it"
    )]
    Newer(u64),
    /// A number that no reader's visits can have made.
    #[error("the visit log has impossible figures at {0}; keep it aside and begin a new one")]
    Absurd(String),
}

#[derive(Serialize)]
struct Written<'a> {
    visits: u32,
    books: BTreeMap<String, &'a Book>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "visits")]
    _version: u32,
    books: BTreeMap<String, Book>,
}

/// What every version has.
#[derive(Deserialize)]
struct Version {
    visits: u64,
}

pub(crate) fn encode(books: &BTreeMap<Writer, Book>) -> String {
    let books = books.iter().map(|(writer, book)| (writer.to_string(), book)).collect();
    // Numbers under texts as keys: there is nothing here that JSON cannot hold.
    serde_json::to_string(&Written { visits: VERSION, books }).unwrap_or_default()
}

pub(crate) fn decode(text: &str) -> Result<BTreeMap<Writer, Book>, Error> {
    if text.len() > LONGEST {
        return Err(Error::Form(format!("{} bytes", text.len())));
    }
    let form = |error: serde_json::Error| Error::Form(error.to_string());
    let Version { visits } = serde_json::from_str(text).map_err(form)?;
    if visits > u64::from(VERSION) {
        return Err(Error::Newer(visits));
    }
    if visits == 0 {
        return Err(Error::Form("version 0".to_owned()));
    }
    let read: Read = serde_json::from_str(text).map_err(form)?;
    let mut books = BTreeMap::new();
    for (name, book) in read.books {
        let writer =
            u32::from_str_radix(&name, 16).map(Writer).ok().filter(|writer| writer.to_string() == name);
        let writer = writer.ok_or_else(|| Error::Form("the name of a book".to_owned()))?;
        check(&book)?;
        books.insert(writer, book);
    }
    Ok(books)
}

/// Whether recording and joining can have made the book.
fn check(book: &Book) -> Result<(), Error> {
    let in_range = |day: NaiveDate| (0..=LAST_DAY).contains(&i64::from(day.to_epoch_days()));
    for (day, of_day) in &book.days {
        let folded = book.months.get(&first_of_month(*day)).is_some_and(|month| month.has(*day));
        if !in_range(*day) || folded || !of_day.is_sound() {
            return Err(Error::Absurd(day.to_string()));
        }
    }
    for (first, month) in &book.months {
        let days = u32::from(first.num_days_in_month());
        let sound = in_range(*first)
            && first.day() == 1
            && month.2 != 0
            && month.2 >> (days - 1) <= 1
            && i64::from(month.3) < i64::from(days) * DAY
            && (1..=MOST).contains(&month.1)
            && (month.1..=MOST).contains(&month.0);
        if !sound {
            return Err(Error::Absurd(first.to_string()));
        }
    }
    if !book.articles.is_sound(VisitLog::ARTICLES) {
        return Err(Error::Absurd("articles".to_owned()));
    }
    if !book.categories.is_sound(VisitLog::CATEGORIES) {
        return Err(Error::Absurd("categories".to_owned()));
    }
    Ok(())
}
