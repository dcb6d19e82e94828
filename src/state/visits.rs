//! The visit tracker's one door: nothing else in the app touches the log or its place in storage.
//!
//! Not here: what counts as a visit (`visits`).

use crate::platform::{chance, clock, storage};
use leptos::prelude::*;
use visits::{Error, Summary, VisitLog, Writer};

const LOG: &str = "visits";

/// The number by which this browser counts, so that logs of several browsers can be joined one day.
const WRITER: &str = "writer";

/// The figures of this browser; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visits {
    log: StoredValue<VisitLog>,
    writer: StoredValue<Writer>,
    summary: RwSignal<Summary>,
    kept: RwSignal<bool>,
    /// Whether the log kept here is ours to write.
    ours: StoredValue<bool>,
}

impl Visits {
    /// Reads the log. One that cannot be read is put aside whole, under another key, and a new one begun. One
    /// that a newer version of the app has written is left as it is, and nothing is kept.
    pub(crate) fn open() -> Self {
        let text = storage::read(LOG).unwrap_or_default();
        let (log, ours) = match VisitLog::decode(&text) {
            Ok(log) => (log, true),
            Err(Error::Newer(_)) => (VisitLog::default(), false),
            Err(_) => {
                if !text.is_empty() {
                    storage::write(&format!("{LOG}-unreadable"), &text);
                }
                (VisitLog::default(), true)
            }
        };
        let summary = RwSignal::new(log.summary(clock::now()));
        Self {
            log: StoredValue::new(log),
            writer: StoredValue::new(writer()),
            summary,
            kept: RwSignal::new(ours),
            ours: StoredValue::new(ours),
        }
    }

    /// Counts a page view now.
    pub(crate) fn record(self) {
        let now = clock::now();
        self.log.update_value(|log| {
            // Another tab may have counted since.
            if let Some(Ok(other)) = storage::read(LOG).map(|text| VisitLog::decode(&text)) {
                *log = std::mem::take(log).merge(other);
            }
            log.record(self.writer.get_value(), now);
            self.kept.set(self.ours.get_value() && storage::write(LOG, &log.encode()));
            self.summary.set(log.summary(now));
        });
    }

    /// Whether this browser keeps the figures.
    pub(crate) fn kept(self) -> Signal<bool> {
        self.kept.into()
    }

    /// Visits today.
    pub(crate) fn today(self) -> Signal<u64> {
        self.figure(|s| s.today)
    }

    /// Visits in all.
    pub(crate) fn total(self) -> Signal<u64> {
        self.figure(|s| s.total)
    }

    /// Pages viewed today.
    pub(crate) fn views_today(self) -> Signal<u64> {
        self.figure(|s| s.views_today)
    }

    /// Pages viewed in all.
    pub(crate) fn views_total(self) -> Signal<u64> {
        self.figure(|s| s.views_total)
    }

    fn figure(self, read: impl Fn(&Summary) -> u64 + Send + Sync + 'static) -> Signal<u64> {
        Signal::derive(move || self.summary.with(&read))
    }
}

/// The number kept in this browser, or a new one, drawn by chance.
fn writer() -> Writer {
    let kept = storage::read(WRITER).and_then(|text| u32::from_str_radix(&text, 16).ok());
    Writer(kept.unwrap_or_else(|| {
        let drawn = chance::number();
        storage::write(WRITER, &Writer(drawn).to_string());
        drawn
    }))
}
