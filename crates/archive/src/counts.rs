//! Figures of the whole portal: `counts.json`, which `newsroom counts` writes from the log of a web server and the
//! browser reads.
//!
//! Strict and versioned like [`published`](crate::published), but a file of its own with its own [`FORMAT`]: it
//! changes every few minutes where the archive changes daily, and most portals have none. Whole numbers only.
//!
//! Not here: how reports become counts (`newsroom::counts`), the visits of this browser (`visits`).

use crate::{Moment, Slug};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Version of the file. A reader passes over a file of a newer one, because figures are no news. The first had no titles
/// and is still read.
pub const FORMAT: u32 = 2;

/// What is known of the visits to the whole portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// [`FORMAT`] of the writer.
    pub format: u32,
    /// When the newest report was made that is counted here.
    pub time: Moment,
    /// The day of `time`, so far.
    pub today: Day,
    /// Visitors of all days, each day's counted anew, and what an old portal had counted.
    pub total: u64,
    /// The most read articles, those of most views first; at most [`Counts::MAX_ARTICLES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<Views>,
}

/// Visitors of one day in Việt Nam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// Which day.
    pub day: NaiveDate,
    /// Visitors on it.
    pub visitors: u64,
}

/// How often an article was asked for by its address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Views {
    /// Which article; whether the archive has it (still) is for the reader to see.
    pub slug: Slug,
    /// Its title; empty where the writer did not know the archive.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// How often.
    pub views: u64,
}

/// Why bytes are not [`Counts`].
#[derive(Debug, thiserror::Error)]
pub enum InvalidCounts {
    /// Written by another version of the program.
    #[error("the figures have the format {0}, and this program reads 1 to {FORMAT}")]
    OtherFormat(u32),
    /// Anything else.
    #[error("these are no figures of a portal: {0}")]
    Damaged(#[from] serde_json::Error),
}

impl Counts {
    /// The fixed name, in the published folder.
    pub const FILE: &str = "counts.json";
    /// Most articles in the file, so that it has at most about 15 KB.
    pub const MAX_ARTICLES: usize = 200;

    /// Reads the file. The version is looked at before the rest, which another version may have changed.
    ///
    /// # Errors
    /// When it is of another version, or damaged.
    pub fn from_json(bytes: &[u8]) -> Result<Self, InvalidCounts> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let Version { format } = serde_json::from_slice(bytes)?;
        if !(1..=FORMAT).contains(&format) {
            return Err(InvalidCounts::OtherFormat(format));
        }
        Ok(serde_json::from_slice(bytes)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WHOLE: &str = r#"{"format":2,"time":1631330460,"today":{"day":"2021-09-11","visitors":2},"total":3799251,"articles":[{"slug":"khai-giang","title":"Khai giảng","views":7}]}"#;

    #[test]
    fn figures_are_written_as_they_are_read() {
        let counts = Counts::from_json(WHOLE.as_bytes()).expect("whole");
        assert_eq!((counts.total, counts.today.visitors, counts.articles[0].views), (3_799_251, 2, 7));
        assert_eq!(serde_json::to_string(&counts).expect("JSON"), WHOLE);
    }

    #[test]
    fn figures_of_the_first_version_are_read() {
        let first = WHOLE.replace("\"format\":2", "\"format\":1").replace(r#""title":"Khai giảng","#, "");
        let counts = Counts::from_json(first.as_bytes()).expect("whole");
        assert_eq!((counts.format, counts.articles[0].title.as_str()), (1, ""));
    }

    #[test]
    fn figures_of_another_version_or_with_unfit_numbers_are_refused() {
        for format in [0, 3] {
            let other = Counts::from_json(format!(r#"{{"format":{format},"visits":"many"}}"#).as_bytes());
            assert!(matches!(other, Err(InvalidCounts::OtherFormat(f)) if f == format), "{other:?}");
        }
        for (from, to) in [
            ("3799251", "-1"),
            ("3799251", "1.5"),
            ("3799251", "\"3\""),
            ("3799251", "99999999999999999999"),
            ("2021-09-11", "2021-02-30"),
            ("khai-giang", "../khai"),
            ("\"total\"", "\"sum\""),
            ("\"format\":2,", ""),
        ] {
            let damaged = Counts::from_json(WHOLE.replace(from, to).as_bytes());
            assert!(matches!(damaged, Err(InvalidCounts::Damaged(_))), "{from} {to}: {damaged:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_figures_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0..WHOLE.len()) {
            let _ = Counts::from_json(&bytes);
            prop_assert!(Counts::from_json(&WHOLE.as_bytes()[..cut]).is_err());
        }
    }
}
