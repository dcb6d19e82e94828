//! What the browser gives, what is made of it in the end, and what there is to see.

use super::{article, calendar, figures, words::words as more_words};
use crate::{
    Item,
    list::{self, Frame, frame},
    source::{self, DAMAGED, Reason},
    tree::Node,
    words::words,
};
use archive::Moment;
use routes::{Embed, Layout};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use work_calendar::Event;

/// A file as it is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    /// Of JSON, as text.
    Json(String),
    /// Of the search index.
    Bytes(Vec<u8>),
}

impl From<JsValue> for File {
    /// The browser has read JSON already; `serde_json` shall read it, too, because that one is strict in the same way
    /// everywhere.
    fn from(value: JsValue) -> Self {
        match value.dyn_ref::<js_sys::Uint8Array>() {
            Some(bytes) => Self::Bytes(bytes.to_vec()),
            None => Self::Json(js_sys::JSON::stringify(&value).map(String::from).unwrap_or_default()),
        }
    }
}

impl File {
    pub(super) fn text(&self) -> Result<&str, Reason> {
        match self {
            Self::Json(text) => Ok(text),
            Self::Bytes(_) => Err(DAMAGED.to_owned()),
        }
    }

    pub(super) fn bytes(&self) -> Result<&[u8], Reason> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Json(_) => Err(DAMAGED.to_owned()),
        }
    }

    /// As one of our types. Always from text: reading `serde_json::Value` as types takes as much wasm again.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Reason> {
        serde_json::from_str(self.text()?).map_err(|_| DAMAGED.to_owned())
    }
}

/// What a source gave.
#[derive(Debug, Default)]
pub struct Found {
    /// What lists show; the article alone, where there is one.
    pub(super) list: source::Found,
    pub(super) content: Content,
}

/// What lists do not show.
#[derive(Debug, Default)]
pub(super) enum Content {
    #[default]
    List,
    Article(Box<Whole>),
    Week(Vec<Event>),
    Figures(figures::Figures),
}

/// An article and what is known around it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Whole {
    pub(super) article: archive::Article,
    /// The same as lists show it.
    pub(super) item: Item,
    /// Address of the portal, with a slash at its end; empty where nobody knows.
    pub(super) home: String,
}

impl Found {
    /// What the source is called, and how many things it gave.
    pub(super) fn about(&self) -> (&str, usize) {
        let count = match &self.content {
            Content::List | Content::Article(_) => self.list.items.len(),
            Content::Week(events) => events.len(),
            Content::Figures(_) => 1,
        };
        (&self.list.title, count)
    }
}

/// What there is to see of all sources.
pub(super) fn tree(all: &[Option<&Found>], embed: &Embed, now: Moment) -> Option<Node> {
    let lists: Vec<_> = all.iter().map(|found| found.map(|found| &found.list)).collect();
    let first = lists.iter().flatten().next()?;
    let (words, more) = (words(embed.lang), more_words(embed.lang));
    let names = list::names(&lists);
    let around = |heading: &str, way: &'static str, content: Node| {
        let all = if names.is_empty() && !way.is_empty() { &*first.all } else { "" };
        Some(frame(embed, words, &Frame { heading, all, way }, content))
    };
    match embed.layout {
        Layout::Article => {
            let whole = all.iter().flatten().find_map(|found| match &found.content {
                Content::Article(whole) => Some((&*found.list.title, whole)),
                _ => None,
            });
            match whole {
                Some((title, whole)) => around(title, "", article::article(whole, embed, more)),
                None => list::of_all(&lists, embed),
            }
        }
        Layout::Calendar => {
            let events: Vec<&[Event]> = all
                .iter()
                .map(|found| match found.map(|found| &found.content) {
                    Some(Content::Week(events)) => &**events,
                    _ => &[],
                })
                .collect();
            let week = work_calendar::Week::of(now.day());
            let content = calendar::week(week, &events, &names, now.day(), more);
            around(&more.calendar(week), more.all_weeks, content)
        }
        Layout::Stats => {
            let figures: Vec<_> = all
                .iter()
                .enumerate()
                .filter_map(|(source, found)| match &found.as_ref()?.content {
                    Content::Figures(figures) => Some((names.get(source).copied(), figures)),
                    _ => None,
                })
                .collect();
            around(more.figures, more.all_figures, figures::figures(&figures, more))
        }
        _ => list::of_all(&lists, embed),
    }
}
