//! No panic leaves a blank page: the hook tells `boot.js`, which shows a notice made outside wasm.

use wasm_bindgen::JsValue;

/// Installs the hook. The notice cannot be made here: after a panic no wasm may run.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|info| {
        let detail = web_sys::CustomEventInit::new();
        detail.set_detail(&JsValue::from_str(&info.to_string()));
        if let (Some(window), Ok(event)) =
            (web_sys::window(), web_sys::CustomEvent::new_with_event_init_dict("bantin:panic", &detail))
        {
            // Nothing is left to do if even this fails.
            let _ = window.dispatch_event(&event);
        }
    }));
}
