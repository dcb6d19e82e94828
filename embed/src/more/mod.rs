//! What few hosts ask for, and which is loaded only then: search, one article, the calendar of this week, figures.
//!
//! It reads as lists do, by the names of members (`json`): with serde and the types of `archive` it would weigh a third
//! more. What it finds goes into these types, and the tests say that what is written of them is what is read.

mod article;
mod body;
mod calendar;
mod figures;
mod found;
mod html;
mod search;
mod seek;
#[cfg(test)]
mod tests;
mod words;

pub use seek::Seek;
