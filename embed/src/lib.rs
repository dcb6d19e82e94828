//! The element `<ban-tin>`: news of a Bản Tin portal, or of any JSON Feed, inside the pages of other portals.
//!
//! The element itself is `ban-tin.js`: it alone touches the host's page, fetches, listens and remembers. This library
//! is a machine between: options in, addresses of files out; files in, a tree of nodes out. Its two programs are
//! `bin/list.rs` (headlines, with a budget of bytes of its own) and `bin/more.rs` (what few hosts ask for: search, an
//! article, the calendar, figures).
//!
//! Not here: what the options are (`routes::Embed`), how it looks (`ban-tin.css`).
#![forbid(unsafe_code)]

mod item;
pub mod json;
pub mod list;
pub mod listing;
pub mod merge;
pub mod more;
mod opening;
pub mod source;
pub mod tree;
pub mod words;

pub use item::Item;
