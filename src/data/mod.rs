//! Effects in: everything that comes over the network, as typed values or a [`LoadError`].
//!
//! Not here: what is done with it (`pages`), what it looks like (`components`).

mod error;
mod feed;
mod get;
mod library;
mod loading;
mod whole_site;

pub(crate) use error::LoadError;
pub(crate) use library::{Library, ListPage, MOST_HITS};
pub(crate) use loading::{Loaded, Loading, NO_FLICKER, load};
pub(crate) use whole_site::WholeSite;
