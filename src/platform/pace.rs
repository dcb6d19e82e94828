//! Working in pieces, so that a page stays alive while it computes.

use leptos::prelude::set_timeout;
use std::time::Duration;

/// Longest stretch of work without a pause, in milliseconds: with what a piece may still take after it, under the
/// 8 ms that leave room for a picture in every 16.
const STRETCH: f64 = 5.0;

/// Knows when the browser must be let in.
pub(crate) struct Pace {
    since: f64,
}

impl Pace {
    pub(crate) fn new() -> Self {
        Self { since: now() }
    }

    /// Lets the browser draw and listen, if it has been kept waiting long enough.
    pub(crate) async fn breathe(&mut self) {
        if now() - self.since < STRETCH {
            return;
        }
        let (done, waiting) = futures::channel::oneshot::channel();
        set_timeout(
            move || {
                let _ = done.send(());
            },
            Duration::ZERO,
        );
        let _ = waiting.await;
        self.since = now();
    }
}

fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}
