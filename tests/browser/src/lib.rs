//! Journeys through the built portal in Chromium, Firefox and WebKit.
//!
//! A journey opens a portal of its own ([`Portal`]: the built site on a port of its own, so that storage and
//! caches are its own too), walks through it as a reader does ([`Page`]) and waits for what a reader would
//! see. Nothing sleeps: every wait is for a state, and ends with what was there instead. A journey also fails
//! when the page had an uncaught error or showed the notice of `boot.js` without the journey expecting it.
//!
//! Not here: what is tested (`tests/journeys/`), the building of the site (`cargo xtask test`).
#![forbid(unsafe_code)]

mod browser;
mod check;
mod devtools;
mod driver;
mod host;
mod page;
mod portal;
mod published;
mod service;

pub use browser::Browser;
pub use check::{contains, holds, same};
pub use driver::{BrowserDied, close_all, with_page};
pub use fantoccini::key::Key;
pub use host::{Document, Host};
pub use page::{Find, Page};
pub use portal::{Gate, NOW, PERSON, Portal, PortalBuilder, site_folder};
pub use published::{Archive, FRAME};
pub use service::{Heard, Service};
pub use static_server::{Request, Response, cache_control, content_type};

/// A journey's end: nothing, or what was seen in place of what should have been.
pub type Outcome = anyhow::Result<()>;
