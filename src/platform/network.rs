//! Whether the device has a network at all. "Yes" only means that it is worth trying.

use leptos::prelude::*;

/// A signal that follows the browser's `online` and `offline` events.
pub(crate) fn online() -> ReadSignal<bool> {
    let (online, set_online) = signal(is_online());
    for event in ["online", "offline"] {
        let handle = window_event_listener_untyped(event, move |_| set_online.set(is_online()));
        on_cleanup(move || handle.remove());
    }
    online
}

/// What the browser says now.
pub(crate) fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}
