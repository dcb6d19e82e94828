//! What few hosts ask for, and which is loaded only then: search, one article, the calendar of this week, figures.
//!
//! Unlike lists (`source`, `list`) it has serde and the types of `archive`: what it reads is strict, and the text of an
//! article has too many kinds of parts to be read by name.

mod article;
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
