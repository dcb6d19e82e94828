//! What of the work calendar is asked for: `lich-cong-tac/2025-W12?ai=…&dang=bang`.
//!
//! Not here: the events (`work-calendar`).

use search_index::Query;
use work_calendar::Week;

/// What of the work calendar is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Which week; this week where none is named.
    pub week: Option<Week>,
    /// Whose events alone: a leader, a unit or who else takes part; everybody's where empty.
    pub who: String,
    /// Whether as a table; a list of days otherwise.
    pub table: bool,
}

impl Agenda {
    /// All events of a week, as a list.
    pub fn of(week: Week) -> Self {
        Self { week: Some(week), ..Self::default() }
    }

    /// As it stands in an address: one space between words, no name longer than [`Query::MAX_NAME`].
    #[must_use]
    pub fn normalised(mut self) -> Self {
        let words: Vec<_> = self.who.split_whitespace().collect();
        self.who = words.join(" ").chars().take(Query::MAX_NAME).collect::<String>().trim_end().to_owned();
        self
    }
}
