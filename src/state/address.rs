//! The address as a signal, and what must happen when it changes: the history entry, the title, the focus,
//! the scroll position, and a word for those who hear the page.
//!
//! Why not `leptos_router`: it takes every same-origin link that starts with its base (`/tin` also takes
//! `/tinh`), has no focus, announcement or scroll restoration, and costs about 30 KB of wasm. Addresses are
//! parsed and printed by `routes`; what is left is this page.

use crate::platform::{document, history, storage};
use leptos::prelude::*;
use routes::{Base, Located, Route};
use std::collections::BTreeMap;

/// Where scroll positions outlive a reload.
const POSITIONS: &str = "positions";

/// Entries whose position is kept. More than anyone goes back.
const KEPT_POSITIONS: usize = 100;

/// The address of the page; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Address {
    base: StoredValue<Base>,
    located: RwSignal<Located>,
    arrival: StoredValue<Arrival>,
    places: StoredValue<Places>,
    said: RwSignal<String>,
}

/// What is still to be done when the page asked for is there.
#[derive(Debug, Clone, Default, PartialEq)]
enum Arrival {
    /// The first page of this document, or all is done.
    #[default]
    Done,
    /// By a link: to the top, focus on the heading.
    Onward,
    /// By a form: the reader stays in the form and hears the result.
    Answer,
    /// By Back or Forward: to where the reader was.
    Back(Place),
}

/// Where a reader was on a page.
#[derive(Debug, Clone, Default, PartialEq)]
struct Place {
    scroll: i32,
    /// The link by which the page was left.
    link: Option<String>,
}

/// Where the reader was, by history entry.
#[derive(Debug, Default)]
struct Places {
    key: u32,
    newest: u32,
    by_key: BTreeMap<u32, Place>,
}

impl Address {
    /// Begins to follow the address. Call once, in the app's root.
    pub(crate) fn follow() -> Self {
        let base = Base::new(&document::base_path());
        let by_key = saved_places();
        let mut newest = by_key.keys().copied().max().unwrap_or(0);
        // An entry with a key has been here before: after a reload, or back from another site, the page is
        // still to be scrolled to where it was. A new one gets its key now.
        let known = history::key();
        let key = known.unwrap_or(newest + 1);
        newest = newest.max(key);
        let arrival = match known.and_then(|key| by_key.get(&key)) {
            Some(place) => Arrival::Back(place.clone()),
            None => Arrival::Done,
        };
        history::name(key);
        let address = Self {
            located: RwSignal::new(locate(&base)),
            base: StoredValue::new(base),
            arrival: StoredValue::new(arrival),
            places: StoredValue::new(Places { key, newest, by_key }),
            said: RwSignal::new(String::new()),
        };
        history::take_over_scrolling();
        history::on_leave(move || address.remember_place(None, true));
        history::on_pop(move || address.popped());
        history::on_ask(move |path, query, asked| address.asked(path, query, asked));
        address
    }

    /// Where the portal lies.
    pub(crate) fn base(self) -> Base {
        self.base.get_value()
    }

    /// The route and what of the address made no sense. Tracked.
    pub(crate) fn located(self) -> Located {
        self.located.get()
    }

    /// The same as [`Address::located`], not tracked.
    pub(crate) fn located_untracked(self) -> Located {
        self.located.get_untracked()
    }

    /// What the live region says. Tracked.
    pub(crate) fn said(self) -> String {
        self.said.get()
    }

    /// Says a sentence to those who hear the page.
    pub(crate) fn say(self, sentence: &str) {
        self.said.set(sentence.to_owned());
    }

    /// The page is asked for once more, and the button that asks goes with what it stands on: what comes is arrived at as
    /// by a link.
    pub(crate) fn asked_again(self) {
        self.arrival.set_value(Arrival::Onward);
    }

    /// Says that the page asked for is there (or that it failed, under a title that says so): sets the title,
    /// then moves focus and scroll position as the way here demands.
    pub(crate) fn arrived(self, title: &str, portal: &str) {
        document::set_title(&if portal.is_empty() {
            title.to_owned()
        } else {
            format!("{title} | {portal}")
        });
        let arrival = self.arrival.try_update_value(std::mem::take).unwrap_or_default();
        if matches!(arrival, Arrival::Onward | Arrival::Back(_)) {
            self.say(title);
        }
        // In a task of its own, when what this task changed is in the page.
        set_timeout(
            move || match arrival {
                Arrival::Done | Arrival::Answer => {}
                Arrival::Onward => {
                    document::scroll_to(0);
                    document::focus("main h1");
                }
                Arrival::Back(place) => {
                    document::scroll_to(place.scroll);
                    let link = place.link.filter(|link| !link.contains(['"', '\\', '\n']));
                    if !link.is_some_and(|link| document::focus(&format!("main a[href=\"{link}\"]"))) {
                        document::focus("main h1");
                    }
                }
            },
            std::time::Duration::ZERO,
        );
    }

    /// A link or form on the page: true when the app takes it.
    fn asked(self, path: &str, query: &str, asked: history::Asked) -> bool {
        let base = self.base();
        let Some(below) = base.strip(path) else { return false };
        if is_file(below) {
            return false;
        }
        let located = routes::parse(below, query);
        let canonical = base.join(&routes::print(&located.route));
        let (pressed, arrival) = match asked {
            history::Asked::Link(href) => (Some(href), Arrival::Onward),
            history::Asked::Form => (None, Arrival::Answer),
        };
        self.remember_place(pressed, false);
        let key = self.places.with_value(|places| places.newest + 1);
        if canonical != current_path() {
            if !history::push(&canonical, key) {
                return false;
            }
            self.places.update_value(|places| {
                // What was ahead is gone, as in the browser's own history.
                let here = places.key;
                places.by_key.retain(|&k, _| k <= here);
                (places.key, places.newest) = (key, key);
            });
        }
        self.go(located, arrival);
        true
    }

    fn popped(self) {
        let located = locate(&self.base());
        self.remember_place(None, false);
        // A link to a place in the page makes an entry that has no key yet. Going there is the browser's
        // business; coming back from there is ours, because we took scrolling over.
        let known = history::key();
        let key = known.unwrap_or_else(|| self.places.with_value(|places| places.newest + 1));
        if located == self.located_untracked() {
            history::name(key);
            let place = self.places.try_update_value(|places| {
                (places.key, places.newest) = (key, places.newest.max(key));
                places.by_key.get(&key).cloned()
            });
            if let (Some(_), Some(Some(place))) = (known, place) {
                document::scroll_to(place.scroll);
            }
            return;
        }
        let place = self.places.try_update_value(|places| {
            places.key = key;
            places.by_key.get(&key).cloned().unwrap_or_default()
        });
        self.go(located, Arrival::Back(place.unwrap_or_default()));
    }

    fn go(self, located: Located, arrival: Arrival) {
        // A form that leads to another page does so like a link.
        let stays = matches!(
            (self.located_untracked().route, &located.route),
            (Route::Search(_), Route::Search(_)) | (Route::Embedding(_), Route::Embedding(_))
        );
        let arrival = if arrival == Arrival::Answer && !stays { Arrival::Onward } else { arrival };
        self.arrival.set_value(arrival);
        self.located.set(located);
    }

    /// Keeps where the reader is. `pressed` is the link by which the page is left: Safari does not focus a link
    /// that is pressed by mouse, so the focus alone does not tell.
    fn remember_place(self, pressed: Option<String>, leaving: bool) {
        let link = pressed.or_else(document::focused_link);
        let place = Place { scroll: document::scroll_position(), link };
        self.places.update_value(|places| {
            places.by_key.insert(places.key, place);
            while places.by_key.len() > KEPT_POSITIONS {
                places.by_key.pop_first();
            }
            if leaving {
                save_places(&places.by_key);
            }
        });
    }
}

fn locate(base: &Base) -> Located {
    let (path, query) = history::current();
    match base.strip(&path) {
        Some(below) => routes::parse(below, &query),
        None => Located { route: Route::NotFound, dropped: Vec::new() },
    }
}

fn current_path() -> String {
    let (path, query) = history::current();
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// Published files and whatever else has an ending are for the browser, not for the app.
fn is_file(below: &str) -> bool {
    let last = below.rsplit('/').next().unwrap_or_default();
    below.starts_with("data/") || (last.contains('.') && last != "index.html")
}

fn saved_places() -> BTreeMap<u32, Place> {
    let saved = storage::read_for_tab(POSITIONS).unwrap_or_default();
    let positions: BTreeMap<u32, i32> = serde_json::from_str(&saved).unwrap_or_default();
    positions.into_iter().map(|(key, scroll)| (key, Place { scroll, link: None })).collect()
}

fn save_places(places: &BTreeMap<u32, Place>) {
    let positions: BTreeMap<u32, i32> = places.iter().map(|(&key, place)| (key, place.scroll)).collect();
    if let Ok(text) = serde_json::to_string(&positions) {
        storage::write_for_tab(POSITIONS, &text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_left_to_the_browser_and_pages_are_not() {
        for file in ["data/media/a-0123456789abcdef.pdf", "data/entry.json", "robots.txt", "a/b.xlsx"] {
            assert!(is_file(file), "{file}");
        }
        for page in ["", "bai-viet/khai-giang", "index.html", "database/x", "tim-kiem"] {
            assert!(!is_file(page), "{page}");
        }
    }
}
