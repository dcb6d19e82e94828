//! The source format: what editors write, JSON Feed 1.1 items with `_bantin` for what the standard lacks.
//!
//! Lenient: every fault of a file is found at once and told as a [`Problem`](crate::Problem) by field, and
//! whatever could be read is there all the same. Unknown fields are kept and printed back. [`feed`] reads
//! whole feeds of other makers with the same reader.
//!
//! Not here: what only makes sense with the whole archive in view (links, files, doubles): that is
//! `newsroom check`.

mod article;
pub mod feed;
mod fields;
mod json;
mod portal;

pub use article::{Article, Attachment, Author, Bantin, Content, print, read_article};
pub use portal::{Contact, Group, Portal, Sending, Site, Visits, read_portal};
