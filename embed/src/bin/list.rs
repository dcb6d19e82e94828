//! The code of lists of headlines: what most hosts need, in as few bytes as can be.
//!
//! Not here: search, articles, the calendar, figures (`more`).

use archive::Moment;
use bantin_embed::{
    list::{Frame, frame, list},
    merge,
    source::{Found, Reading},
    words::words,
};
use routes::Embed;
use wasm_bindgen::prelude::*;
use web_sys::Element;

fn main() {}

/// A list that is being filled from its sources, which are numbered as they stand in `src`.
#[wasm_bindgen]
pub struct Listing {
    embed: Embed,
    now: Moment,
    readings: Vec<Reading<JsValue>>,
}

#[wasm_bindgen]
impl Listing {
    /// From the options as a query string; `now` is in seconds since 1970.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, now: f64) -> Self {
        let embed = Embed::parse(options);
        let readings = embed.sources.iter().map(|source| Reading::new(source)).collect();
        // A clock that is out of all reason dates what has no date of its own, and nothing else.
        Self { embed, now: Moment::from_unix(now as i64).unwrap_or_default(), readings }
    }

    /// Address of the file that a source waits for; `undefined` when it has all.
    pub fn wants(&self, source: usize) -> Option<String> {
        self.readings.get(source)?.wants().map(str::to_owned)
    }

    /// Gives a source the JSON that it waits for, or the reason why it did not come.
    pub fn give(&mut self, source: usize, json: JsValue, reason: Option<String>) {
        if let Some(reading) = self.readings.get_mut(source) {
            reading.give(reason.map_or(Ok(json), Err), &self.embed, self.now);
        }
    }

    /// Why a source has nothing; `undefined` when it has, or is still waiting.
    pub fn reason(&self, source: usize) -> Option<String> {
        self.readings.get(source)?.outcome()?.err().map(str::to_owned)
    }

    /// What a source is called; `undefined` as long as it has nothing.
    pub fn title(&self, source: usize) -> Option<String> {
        self.found(source).map(|found| found.title.clone())
    }

    /// How many articles a source gave.
    pub fn count(&self, source: usize) -> usize {
        self.found(source).map_or(0, |found| found.items.len())
    }

    /// What there is to see so far; `undefined` when no source has answered.
    pub fn tree(&self) -> Option<Element> {
        let all: Vec<Option<&Found>> = (0..self.readings.len()).map(|source| self.found(source)).collect();
        let first = all.iter().flatten().next()?;
        let mut items = Vec::new();
        for (source, found) in all.iter().enumerate() {
            for item in found.iter().flat_map(|found| &found.items) {
                let mut item = item.clone();
                item.source = source;
                merge::put(&mut items, item, self.embed.limit);
            }
        }
        let words = words(self.embed.lang);
        let several = all.len() > 1;
        let names: Vec<&str> = if several {
            all.iter().map(|found| found.map_or("", |found| &*found.title)).collect()
        } else {
            Vec::new()
        };
        let usual = if several { words.latest } else { &*first.title };
        let around = Frame {
            heading: self.embed.heading.as_deref().unwrap_or(usual),
            all: if several { "" } else { &first.all },
        };
        Some(frame(&self.embed, words, &around, list(&items, &self.embed, words, &names)).0)
    }
}

impl Listing {
    fn found(&self, source: usize) -> Option<&Found> {
        self.readings.get(source)?.outcome()?.ok()
    }
}
