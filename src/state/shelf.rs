//! What the reader has put aside, and what was read last; in this browser only.
//!
//! Not here: the page that shows it (`pages::saved`).

use crate::platform::{clock, storage};
use archive::{Headline, Slug};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const SHELF: &str = "shelf";

/// Most articles in each list; the oldest go. 200 lines are about 30 KB.
const MOST: usize = 200;

/// Most articles among those that are read most.
const MOST_READ: usize = 10;

/// An article on the shelf: enough to show it without loading anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) slug: Slug,
    pub(crate) title: String,
    /// When it was put aside or read, in seconds since 1970.
    pub(crate) at: i64,
    /// When what was read had been changed last, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<i64>,
    /// How often it was opened.
    #[serde(default)]
    pub(crate) times: u32,
}

impl Line {
    /// Whether the article has been changed since it was read.
    pub(crate) fn is_before(&self, headline: &Headline) -> bool {
        self.state.is_some_and(|known| known < headline.latest().unix())
    }
}

/// The two lists, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    #[serde(default)]
    saved: Vec<Line>,
    #[serde(default)]
    read: Vec<Line>,
}

/// The reader's shelf; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shelf {
    kept: RwSignal<Kept>,
    writable: RwSignal<bool>,
}

impl Shelf {
    pub(crate) fn open() -> Self {
        Self { kept: RwSignal::new(read()), writable: RwSignal::new(true) }
    }

    /// What was put aside, newest first. Tracked.
    pub(crate) fn saved(self) -> Vec<Line> {
        self.kept.with(|kept| kept.saved.clone())
    }

    /// What was read, newest first. Tracked.
    pub(crate) fn read(self) -> Vec<Line> {
        self.kept.with(|kept| kept.read.clone())
    }

    /// What was opened more than once, most often first; at most [`MOST_READ`]. Tracked.
    pub(crate) fn most_read(self) -> Vec<Line> {
        let mut lines = self.read();
        lines.retain(|line| line.times > 1);
        lines.sort_by_key(|line| std::cmp::Reverse(line.times));
        lines.truncate(MOST_READ);
        lines
    }

    /// Whether an article is put aside. Tracked.
    pub(crate) fn is_saved(self, slug: &Slug) -> bool {
        self.kept.with(|kept| kept.saved.iter().any(|line| line.slug == *slug))
    }

    /// Whether the browser keeps the shelf. Tracked.
    pub(crate) fn is_kept(self) -> bool {
        self.writable.get()
    }

    /// Puts an article aside, or takes it from there.
    pub(crate) fn toggle(self, slug: &Slug, title: &str) {
        let line =
            Line { slug: slug.clone(), title: title.to_owned(), at: clock::now(), state: None, times: 0 };
        self.change(|kept| {
            let before = kept.saved.len();
            kept.saved.retain(|line| line.slug != *slug);
            if kept.saved.len() == before {
                put(&mut kept.saved, line);
            }
        });
    }

    /// Whether an article has been read here and changed since.
    pub(crate) fn has_changed(self, headline: &Headline) -> bool {
        self.kept.with_untracked(|kept| {
            let read = kept.read.iter().find(|line| line.slug == headline.slug);
            read.is_some_and(|line| line.is_before(headline))
        })
    }

    /// Notes that an article has been opened. Gives what was noted of it before.
    pub(crate) fn note(self, headline: &Headline) -> Option<Line> {
        let mut before = None;
        self.change(|kept| {
            before = kept.read.iter().find(|line| line.slug == headline.slug).cloned();
            let times = before.as_ref().map_or(0, |before: &Line| before.times).saturating_add(1);
            let (slug, title) = (headline.slug.clone(), headline.title.clone());
            let line = Line { slug, title, at: clock::now(), state: Some(headline.latest().unix()), times };
            kept.read.retain(|known| known.slug != line.slug);
            put(&mut kept.read, line);
        });
        before
    }

    /// Empties the list of what was put aside.
    pub(crate) fn clear_saved(self) {
        self.change(|kept| kept.saved.clear());
    }

    /// Empties the list of what was read.
    pub(crate) fn clear_read(self) {
        self.change(|kept| kept.read.clear());
    }

    fn change(self, change: impl FnOnce(&mut Kept)) {
        // Another tab may have changed it since; where nothing can be kept, this tab's own goes on.
        let mut kept = if self.writable.get_untracked() { read() } else { self.kept.get_untracked() };
        change(&mut kept);
        let text = serde_json::to_string(&kept).unwrap_or_default();
        self.writable.set(storage::write(SHELF, &text));
        self.kept.set(kept);
    }
}

fn put(list: &mut Vec<Line>, line: Line) {
    list.insert(0, line);
    list.truncate(MOST);
}

/// What is kept. Garbage is an empty shelf: nothing else writes here.
fn read() -> Kept {
    storage::read(SHELF).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}
