//! Taking the address of a page away, passing it on, and printing it.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Puts a text on the clipboard. False where the browser does not let us (no permission, no secure context).
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Outside secure contexts there is no clipboard object at all, though its type says otherwise.
    let clipboard = window.navigator().clipboard();
    if JsValue::from(&clipboard).is_undefined() {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Whether the device has its own way to pass a page on.
pub(crate) fn has_sharing() -> bool {
    web_sys::window()
        .is_some_and(|window| js_sys::Reflect::has(&window.navigator(), &"share".into()).unwrap_or(false))
}

/// Passes an address on in the device's own way. That the reader thinks better of it is no failure.
pub(crate) async fn share(title: &str, url: &str) {
    let Some(window) = web_sys::window() else { return };
    let data = web_sys::ShareData::new();
    data.set_title(title);
    data.set_url(url);
    let _ = wasm_bindgen_futures::JsFuture::from(window.navigator().share_with_data(&data)).await;
}

/// A text as part of an address.
pub(crate) fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Opens the browser's print dialog.
pub(crate) fn print() {
    // After the current task: some browsers block inside `print()`, and a click handler must return first.
    let Some(window) = web_sys::window() else { return };
    let later = Closure::once_into_js(move || {
        if let Some(window) = web_sys::window() {
            let _ = window.print();
        }
    });
    let _ = window.set_timeout_with_callback(later.unchecked_ref());
}
