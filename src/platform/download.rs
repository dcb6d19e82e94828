//! Handing a file to the reader that was made here.

use leptos::prelude::set_timeout;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the file stays to be fetched: Safari asks the reader first and begins only then.
const KEPT: Duration = Duration::from_secs(60);

/// Offers a text as a file of this name. False where the browser does not let us.
pub(crate) fn save(name: &str, media_type: &str, text: &str) -> bool {
    try_save(name, media_type, text).is_ok()
}

/// A file as an address that holds it. Its type is that of its name; one that browsers do not know says nothing.
pub(crate) fn data_url(name: &str, bytes: &[u8]) -> String {
    let ending = name.split(['?', '#']).next().unwrap_or_default().rsplit('.').next().unwrap_or_default();
    let kind = match ending.to_ascii_lowercase().as_str() {
        "svg" => "image/svg+xml",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        _ => "",
    };
    // One character a byte is what `btoa` takes.
    let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    let packed = web_sys::window().and_then(|window| window.btoa(&text).ok()).unwrap_or_default();
    ["data:", kind, ";base64,", &packed].concat()
}

fn try_save(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let parts = js_sys::Array::of1(&text.into());
    let url = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &kind)?)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    // No need to put it into the page: a click on a link that lies nowhere downloads in all browsers.
    link.click();
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        KEPT,
    );
    Ok(())
}
