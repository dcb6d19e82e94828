//! Telling a server something without waiting for its answer, also when the page is left meanwhile.
//!
//! Not here: what is told, and to whom.

use web_sys::{Navigator, Url};

fn navigator() -> Option<Navigator> {
    web_sys::window().map(|window| window.navigator())
}

/// Sends a POST, with a text as its body where there is one; whether the browser has taken it over. It does not when too
/// much is on its way already.
pub(crate) fn send(address: &str, body: Option<&str>) -> bool {
    navigator().is_some_and(|navigator| navigator.send_beacon_with_opt_str(address, body).unwrap_or(false))
}

/// Whether the reader's browser asks not to be followed, by Do Not Track or Global Privacy Control.
pub(crate) fn is_refused() -> bool {
    let Some(navigator) = navigator() else { return true };
    let says = |name: &str| js_sys::Reflect::get(&navigator, &name.into()).unwrap_or_default();
    says("doNotTrack").as_string().as_deref() == Some("1") || says("globalPrivacyControl").is_truthy()
}

/// The other site from which the reader came to this page, without the page there: `https://tim.example/`. Empty where
/// there is none.
pub(crate) fn referrer() -> String {
    let window = web_sys::window();
    let from = window.as_ref().and_then(|window| window.document()).map(|document| document.referrer());
    let Some(from) = from.and_then(|from| Url::new(&from).ok()) else { return String::new() };
    let here = window.and_then(|window| window.location().host().ok());
    if here == Some(from.host()) { String::new() } else { from.origin() + "/" }
}
