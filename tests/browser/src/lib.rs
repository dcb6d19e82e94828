//! Journeys through the built portal in Chromium, Firefox and WebKit.
//!
//! A journey opens a portal of its own ([`Portal`]: the built site on a port of its own, so that storage and
//! caches are its own too), walks through it as a reader does ([`Page`]) and waits for what a reader would
//! see. Nothing sleeps: every wait is for a state, and ends with what was there instead.
//!
//! Not here: what is tested (`tests/journeys/`), the building of the site (`cargo xtask test`).
#![forbid(unsafe_code)]

mod driver;
mod page;
mod portal;

pub use driver::{Browser, close_all, with_page};
pub use page::Page;
pub use portal::{Portal, PortalBuilder, site_folder};
