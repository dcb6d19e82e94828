//! Bản Tin in the browser: a single-page app over the files that `newsroom index` writes.
//!
//! Imports go one way: `app` → `pages` → `components`, and `pages` → `state`, `data` → `platform`
//! (`tests/tidy.rs` keeps it so). A component takes values and returns a view: it never fetches, never reads
//! the clock, never touches storage or the address. Not here: anything that can be decided without a
//! browser; that is in `crates/`.

mod app;
mod components;
mod data;
mod pages;
mod platform;
mod reading;
mod state;
mod wording;

/// Puts the portal into the page. Called once, by the wasm entry.
pub fn start() {
    platform::panic::install();
    leptos::mount::mount_to(platform::document::root(), app::App).forget();
    platform::document::remove_waiting_shell();
}
