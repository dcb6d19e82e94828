//! What was found: documents in their order, counted by category and year.
//!
//! Not here: whether a document fits (`merit`).

use crate::Order;
use archive::Slug;

/// A document of the archive, by its place in its category.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The category; none for documents without one.
    pub category: Option<Slug>,
    /// How many documents of the category are older.
    pub number: u32,
}

/// A document found, so that the best is the highest: merit, day, category (the first first), number in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found(u64);

impl Found {
    pub(crate) fn new(order: Order, merit: u16, day: u16, category: u8, number: u32) -> Self {
        let merit = if order == Order::Newest { 0 } else { merit };
        Self(
            u64::from(merit) << 48
                | u64::from(day) << 32
                | u64::from(255 - category) << 24
                | u64::from(number & 0xff_ffff),
        )
    }

    pub(crate) fn category(self) -> usize {
        255 - (self.0 >> 24 & 255) as usize
    }

    pub(crate) fn number(self) -> u32 {
        (self.0 & 0xff_ffff) as u32
    }

    pub(crate) fn day(self) -> u16 {
        (self.0 >> 32) as u16
    }
}

/// Puts the first `count` of the best into order, the rest behind them anyhow: who shows a page needs no more.
pub(crate) fn order_first(found: &mut [Found], count: usize) {
    let count = count.min(found.len());
    if count > 0 && count < found.len() {
        found.select_nth_unstable_by(count - 1, |a, b| b.cmp(a));
    }
    if let Some(first) = found.get_mut(..count) {
        first.sort_unstable_by(|a, b| b.cmp(a));
    }
}
