//! The archive: what an article, a headline, a body and a portal are, in both of their formats.
//!
//! [`source`] is what people write: lenient, every fault reported as a [`Problem`] by file and field.
//! [`published`] is what `newsroom index` writes and the browser reads: strict and versioned.
//! [`counts`] is what `newsroom counts` writes of the visits to the whole portal. [`takeaway`] is a list as a file for others. [`clean`] turns HTML of either kind into a [`Body`], the tree of allowed blocks.
//!
//! Not here: parsing HTML text (html5ever in `newsroom`, `DOMParser` in the browser; both hand over
//! [`markup::Node`]s), reading files, the clock, the network.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod accent;
pub mod address;
pub mod body;
pub mod clean;
mod colour;
mod contents;
pub mod counts;
mod enumeration;
mod file_name;
pub mod markup;
mod moment;
mod period;
mod problem;
pub mod published;
mod scaled;
mod slug;
pub mod source;
pub mod standalone;
pub mod takeaway;

pub use body::Body;
pub use colour::{Colour, InvalidColour};
pub use contents::Contents;
pub use counts::Counts;
pub use enumeration::enumeration;
pub use file_name::{FileName, InvalidFileName};
pub use moment::{InvalidMoment, Moment};
pub use period::{InvalidPeriod, Period};
pub use problem::{Problem, Severity};
pub use published::{Article, Headline};
pub use slug::{InvalidSlug, Slug};
