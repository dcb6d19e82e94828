//! Since when the reader has not been here, so that what is new can be marked.
//!
//! Not here: visits as they are counted (`visits`).

use crate::platform::{clock, storage};
use archive::Moment;

const SEEN: &str = "seen";

/// A pause that makes another visit, in seconds: as the visit tracker has it.
const PAUSE: i64 = 30 * 60;

/// The end of the visit before this one; none on the first. Notes that the reader is here now.
pub(crate) fn last_visit() -> Option<Moment> {
    let now = clock::now();
    let kept = storage::read(SEEN);
    let kept = kept.as_deref().and_then(|text| text.split_once(' '));
    let (before, here) = match kept.and_then(|(before, here)| Some((before.parse().ok(), here.parse().ok()?)))
    {
        None => (None, now),
        Some((_, here)) if now - here > PAUSE => (Some(here), now),
        // A clock that was set back ends no visit.
        Some((before, here)) => (before, now.max(here)),
    };
    let written = before.map_or_else(|| "-".to_owned(), |before: i64| before.to_string());
    storage::write(SEEN, &format!("{written} {here}"));
    Moment::from_unix(before?)
}
