//! What was viewed: how often, and when last. Of articles, and of categories.
//!
//! Bounded: those viewed last stay. Joining takes, for each name, the later of two entries, and then those that were
//! viewed last of all; an entry that falls out in one order falls out in every order, so this is a lattice too.

use crate::day::{DAY, LAST_DAY, MOST};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Letters of a title that are kept.
const TITLE: usize = 80;
/// Letters of a name: longer ones are no slugs.
pub(crate) const NAME: usize = 200;

/// One name. The order of the fields is the order by which the later of two is found.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Viewed(
    /// The last view, in seconds since 1970.
    pub(crate) i64,
    /// How often.
    pub(crate) u32,
    /// What it is called; may be empty.
    pub(crate) String,
);

/// Names, and what was viewed under each. How many are kept is said with each change: a type for each number would be
/// all its code once more in the browser.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Reading(pub(crate) BTreeMap<String, Viewed>);

impl Reading {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Counts a view at this second since 1970.
    pub(crate) fn record(&mut self, name: &str, title: &str, now: i64, most: usize) {
        if name.is_empty() || name.chars().nth(NAME).is_some() {
            return;
        }
        let viewed = self.0.entry(name.to_owned()).or_default();
        viewed.0 = viewed.0.max(now.clamp(0, (LAST_DAY + 1) * DAY));
        viewed.1 = viewed.1.saturating_add(1).min(MOST);
        viewed.2 = title.chars().take(TITLE).collect();
        self.bound(most);
    }

    pub(crate) fn join(&mut self, other: Self, most: usize) {
        for (name, theirs) in other.0 {
            let ours = self.0.entry(name).or_default();
            if theirs > *ours {
                *ours = theirs;
            }
        }
        self.bound(most);
    }

    fn bound(&mut self, most: usize) {
        while self.0.len() > most {
            let first =
                self.0.iter().min_by_key(|(name, viewed)| (viewed.0, *name)).map(|(name, _)| name.clone());
            let Some(first) = first else { return };
            self.0.remove(&first);
        }
    }

    /// Whether views can have made it.
    pub(crate) fn is_sound(&self, most: usize) -> bool {
        let sound = |(name, viewed): (&String, &Viewed)| {
            (1..=NAME).contains(&name.chars().count())
                && (0..=(LAST_DAY + 1) * DAY).contains(&viewed.0)
                && (1..=MOST).contains(&viewed.1)
                && viewed.2.chars().nth(TITLE).is_none()
        };
        self.0.len() <= most && self.0.iter().all(sound)
    }
}
