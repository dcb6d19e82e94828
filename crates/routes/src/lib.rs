//! Addresses: [`Route`] to path and back, `search_index::Query` to query string and back.
//!
//! Paths are below the portal's [`Base`] and have no slash at the beginning. Whatever stands in an address
//! gives a route: parts that make no sense are left out and named, so that the page can say so.
//! `parse(print(route)) == route` for every route whose query is normalised.
//!
//! Not here: the address bar, links, history (the app's `state::address`).
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod agenda;
mod base;
mod embed;
mod embedding;
mod form;
mod query;
pub mod snippet;

pub use agenda::Agenda;
pub use base::Base;
pub use embed::{Embed, Lang, Layout, Open, Theme};
pub use embedding::{Embedding, Width};

use archive::{Period, Slug};
use search_index::Query;

/// A page of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The front page: the base itself.
    Home,
    /// A list of articles, a page at a time: `chuyen-muc/<slug>?trang=2`
    List {
        /// Which articles.
        list: List,
        /// Which page of it, from 1 to [`MAX_PAGE`].
        page: u32,
    },
    /// `luu-tru`: what the archive holds, by topic, time and tag.
    Contents,
    /// `bai-viet/<slug>`
    Article(Slug),
    /// `tim-kiem?q=…`
    Search(Query),
    /// `lich-cong-tac/2025-W12?ai=…&dang=bang`
    Calendar(Agenda),
    /// `thong-ke`
    Statistics,
    /// `da-luu`: what the reader has put aside.
    Saved,
    /// `tao-ma-nhung?layout=cards&…`: the code for embedding is put together.
    Embedding(Box<Embedding>),
    /// Anything else.
    NotFound,
}

/// Articles that belong together, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// `chuyen-muc/<slug>`
    Category(Slug),
    /// `chu-de/<slug>`
    Topic(Slug),
    /// `luu-tru/2025`, `luu-tru/2025-03`
    Period(Period),
}

impl List {
    /// Its first page.
    pub fn route(self) -> Route {
        Route::List { list: self, page: 1 }
    }
}

/// Highest page number in an address: beyond it no list reaches, and a typing error is likelier.
pub const MAX_PAGE: u32 = Query::MAX_PAGE;

/// Most parts that are named as dropped: nobody reads more, and an address can hold thousands.
pub const MAX_DROPPED: usize = 20;

/// An address, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The page.
    pub route: Route,
    /// What of the address made no sense, at most [`MAX_DROPPED`] parts.
    pub dropped: Vec<Dropped>,
}

/// A part of an address that made no sense and was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The key in the query string; the first segment of the path; `?` for the query string as a whole.
    pub key: &'static str,
    /// What stood there, at most 80 characters.
    pub value: String,
    /// Why it was left out.
    pub why: Why,
}

/// Why a part of an address makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// No such day; `2021-09-11` and `11/09/2021` are days.
    NotADate,
    /// The last day is before the first.
    EndsBeforeItStarts,
    /// No page number.
    NotAPage,
    /// Not of the form of a category's name.
    NotACategory,
    /// No such order.
    UnknownOrder,
    /// Not a value that this part of the address can have.
    UnknownValue,
    /// Longer than any question.
    TooLong,
    /// No such week.
    NotAWeek,
    /// No such year or month.
    NotAPeriod,
}

const CATEGORY: &str = "chuyen-muc";
const TOPIC: &str = "chu-de";
const CONTENTS: &str = "luu-tru";
const ARTICLE: &str = "bai-viet";
const SEARCH: &str = "tim-kiem";
const CALENDAR: &str = "lich-cong-tac";
const STATISTICS: &str = "thong-ke";
const SAVED: &str = "da-luu";
const EMBEDDING: &str = "tao-ma-nhung";

/// Where [`Route::NotFound`] leads: no page has this address, so that it stays not found on reload.
const NOWHERE: &str = "khong-tim-thay";

/// Reads an address: the path below the base (still percent-encoded, without the first slash) and the query
/// string (without `?`). A slash or `index.html` at the end of the path is passed over.
pub fn parse(path: &str, query: &str) -> Located {
    let path = match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    };
    let path = path.strip_suffix('/').unwrap_or(path);
    // Cut first, decode then: an escaped slash parts nothing.
    let segments: Vec<_> = path.split('/').take(3).map(form::decode_path).collect();
    let segments: Vec<_> = segments.iter().map(String::as_str).collect();
    let mut dropped = Vec::new();
    let route = match segments[..] {
        [""] => Route::Home,
        [CATEGORY, slug] => list(slug.parse().map(List::Category), query, &mut dropped),
        [TOPIC, slug] => list(slug.parse().map(List::Topic), query, &mut dropped),
        [CONTENTS] => Route::Contents,
        [CONTENTS, period] => match period.parse().map(List::Period) {
            Err(_) => {
                dropped.push(Dropped::new(CONTENTS, period, Why::NotAPeriod));
                Route::Contents
            }
            period => list(period, query, &mut dropped),
        },
        [ARTICLE, slug] => slug.parse().map_or(Route::NotFound, Route::Article),
        [SEARCH] => Route::Search(query::read(query, &mut dropped)),
        [CALENDAR] => Route::Calendar(query::agenda(None, query, &mut dropped)),
        [CALENDAR, week] => {
            let parsed = week.to_ascii_uppercase().parse().ok();
            if parsed.is_none() {
                dropped.push(Dropped::new(CALENDAR, week, Why::NotAWeek));
            }
            Route::Calendar(query::agenda(parsed, query, &mut dropped))
        }
        [STATISTICS] => Route::Statistics,
        [SAVED] => Route::Saved,
        [EMBEDDING] => Route::Embedding(Box::new(Embedding::parse(query))),
        _ => Route::NotFound,
    };
    dropped.truncate(MAX_DROPPED);
    Located { route, dropped }
}

fn list<E>(list: Result<List, E>, query: &str, dropped: &mut Vec<Dropped>) -> Route {
    list.map_or(Route::NotFound, |list| Route::List { list, page: query::page_alone(query, dropped) })
}

/// [`print`] of an article alone, for those who have no bytes for all pages.
pub fn article(slug: &Slug) -> String {
    [ARTICLE, "/", slug.as_str()].concat()
}

/// [`print`] of the first page of a category alone.
pub fn category(slug: &Slug) -> String {
    [CATEGORY, "/", slug.as_str()].concat()
}

/// The address of a page: path and query below the base, without the first slash; empty for the front page.
/// One route has one address: what is as usual is left out, keys stand in a fixed order, and a query is
/// written as [`Query::normalised`].
pub fn print(route: &Route) -> String {
    match route {
        Route::Home => String::new(),
        Route::List { list, page } => {
            let path = match list {
                List::Category(slug) => category(slug),
                List::Topic(slug) => format!("{TOPIC}/{slug}"),
                List::Period(period) => format!("{CONTENTS}/{period}"),
            };
            match (*page).clamp(1, MAX_PAGE) {
                1 => path,
                page => format!("{path}?{}={page}", query::PAGE),
            }
        }
        Route::Contents => CONTENTS.to_owned(),
        Route::Article(slug) => article(slug),
        Route::Search(asked) => match query::print(asked) {
            text if text.is_empty() => SEARCH.to_owned(),
            text => format!("{SEARCH}?{text}"),
        },
        Route::Calendar(agenda) => {
            let path = agenda.week.map_or_else(|| CALENDAR.to_owned(), |week| format!("{CALENDAR}/{week}"));
            match query::print_agenda(agenda) {
                text if text.is_empty() => path,
                text => format!("{path}?{text}"),
            }
        }
        Route::Statistics => STATISTICS.to_owned(),
        Route::Saved => SAVED.to_owned(),
        Route::Embedding(chosen) => match chosen.print() {
            text if text.is_empty() => EMBEDDING.to_owned(),
            text => format!("{EMBEDDING}?{text}"),
        },
        Route::NotFound => NOWHERE.to_owned(),
    }
}

impl Dropped {
    fn new(key: &'static str, value: &str, why: Why) -> Self {
        Self { key, value: value.chars().take(80).collect(), why }
    }
}

#[cfg(test)]
mod tests;
