//! Working in pieces, so that a page stays alive while it computes.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

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

    /// Something was waited for, so the browser has been in.
    pub(crate) fn rested(&mut self) {
        self.since = now();
    }

    /// Lets the browser draw and listen, if it has been kept waiting long enough.
    pub(crate) async fn breathe(&mut self) {
        if now() - self.since < STRETCH {
            return;
        }
        // A message comes right after what waits already; browsers hold a timer back by 1 to 4 ms more.
        let Ok(channel) = MessageChannel::new() else { return };
        let here = channel.port1();
        let came = Promise::new(&mut |resolve, _| here.set_onmessage(Some(&resolve)));
        if channel.port2().post_message(&JsValue::NULL).is_ok() {
            let _ = JsFuture::from(came).await;
        }
        here.close();
        self.rested();
    }
}

fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}
