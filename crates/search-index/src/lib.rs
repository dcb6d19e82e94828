//! Search in static files: what is asked, which files answer it, and the answer.
//!
//! A reader's browser has no server to ask, so the index lies in small files of which a question needs few. An
//! [`Inquiry`] names them, is given them, and finds; [`Answer`] makes a page of it. [`evaluate`] does the same by
//! looking at every text: for feeds, and as the measure of rightness. `build` makes the index. docs/search.md
//! describes the files.
//!
//! Not here: loading files, addresses (`routes`), sentences for readers, the clock.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod answer;
mod bits;
#[cfg(feature = "build")]
pub mod build;
mod document;
mod error;
mod format;
mod found;
mod inquiry;
mod key;
mod mend;
mod merit;
mod plan;
mod query;
mod question;
mod reading;
#[cfg(all(test, feature = "build"))]
mod rightness;
#[cfg(test)]
mod samples;
mod scan;
mod snippet;
mod standing;
pub mod suggest;
mod verify;
mod wanted;

pub use answer::{Answer, Facets, Hit, evaluate, hit};
pub use document::Document;
pub use error::Error;
pub use format::Manifest;
pub use found::Place;
pub use inquiry::{Inquiry, Outcome, Step};
pub use query::{Order, Query};
pub use reading::ShortForms;
#[cfg(feature = "build")]
pub use scan::look_at_all;
pub use suggest::Suggestion;
pub use wanted::Wanted;
