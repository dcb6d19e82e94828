//! The address bar and the session history, and the two ways a reader asks for another page: a link and a
//! form. Not here: what an address means (`routes`), what happens then (`state::address`).

use leptos::prelude::{on_cleanup, window_event_listener_untyped};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, HtmlFormElement, MouseEvent, Url, Window};

fn window() -> Option<Window> {
    web_sys::window()
}

/// Path and query (without `?`) of the current address.
pub(crate) fn current() -> (String, String) {
    let location = window().map(|w| w.location());
    let part = |read: fn(&web_sys::Location) -> Result<String, JsValue>| {
        location.as_ref().and_then(|l| read(l).ok()).unwrap_or_default()
    };
    (part(web_sys::Location::pathname), part(web_sys::Location::search).trim_start_matches('?').to_owned())
}

/// The whole current address, without its fragment.
pub(crate) fn current_address() -> String {
    let href = window().and_then(|w| w.location().href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// The key of the current entry, given by [`push`] or [`name`].
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "we wrote it, and it counts entries"
)]
pub(crate) fn key() -> Option<u32> {
    let state = window()?.history().ok()?.state().ok()?;
    state.as_f64().map(|key| key as u32)
}

/// Gives the current entry a key.
pub(crate) fn name(key: u32) {
    if let Some(history) = window().and_then(|w| w.history().ok()) {
        let _ = history.replace_state_with_url(&f64::from(key).into(), "", None);
    }
}

/// Adds an entry with this key. False where the browser refuses (a sandboxed frame): then the page must be
/// loaded anew.
pub(crate) fn push(address: &str, key: u32) -> bool {
    let history = window().and_then(|w| w.history().ok());
    history.is_some_and(|h| h.push_state_with_url(&f64::from(key).into(), "", Some(address)).is_ok())
}

/// Loads this page anew.
pub(crate) fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// From now on scrolling on Back is ours: the browser would scroll before the page is there.
pub(crate) fn take_over_scrolling() {
    if let Some(history) = window().and_then(|w| w.history().ok()) {
        let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
    }
}

/// Calls back on Back and Forward.
pub(crate) fn on_pop(callback: impl Fn() + 'static) {
    listen("popstate", move |_| callback());
}

/// Calls back when the page is about to be left or put aside.
pub(crate) fn on_leave(callback: impl Fn() + 'static) {
    listen("pagehide", move |_| callback());
}

/// How an address was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// By a link, with its `href` as written.
    Link(String),
    /// By a form with `method="get"`.
    Form,
}

/// Calls back for each link clicked and form sent that stays on this origin, with path and query. When the
/// callback takes it (true), the browser does nothing more.
///
/// Left to the browser: other buttons and modifier keys, `target`, `download`, other origins, fragments of
/// the current page, and whatever another handler has already prevented.
pub(crate) fn on_ask(callback: impl Fn(&str, &str, Asked) -> bool + Clone + 'static) {
    let take = callback.clone();
    listen("click", move |event| {
        if let Some((url, href)) = clicked(&event)
            && take(&url.pathname(), url.search().trim_start_matches('?'), Asked::Link(href))
        {
            event.prevent_default();
        }
    });
    listen("submit", move |event| {
        if let Some(url) = submitted(&event)
            && callback(&url.pathname(), url.search().trim_start_matches('?'), Asked::Form)
        {
            event.prevent_default();
        }
    });
}

fn listen(name: &'static str, callback: impl Fn(Event) + 'static) {
    let handle = window_event_listener_untyped(name, callback);
    on_cleanup(move || handle.remove());
}

fn here() -> Option<Url> {
    Url::new(&window()?.location().href().ok()?).ok()
}

fn clicked(event: &Event) -> Option<(Url, String)> {
    let mouse = event.dyn_ref::<MouseEvent>()?;
    let modified = mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key();
    if event.default_prevented() || mouse.button() != 0 || modified {
        return None;
    }
    let anchor: HtmlAnchorElement =
        event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??.dyn_into().ok()?;
    let elsewhere = !matches!(anchor.target().as_str(), "" | "_self") || anchor.has_attribute("download");
    let (url, here) = (Url::new(&anchor.href()).ok()?, here()?);
    let fragment_here =
        !url.hash().is_empty() && url.pathname() == here.pathname() && url.search() == here.search();
    let ours = !elsewhere && url.origin() == here.origin() && !fragment_here;
    ours.then_some((url, anchor.get_attribute("href")?))
}

fn submitted(event: &Event) -> Option<Url> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    if event.default_prevented() || !form.method().eq_ignore_ascii_case("get") {
        return None;
    }
    let url = Url::new(&form.action()).ok()?;
    if url.origin() != here()?.origin() {
        return None;
    }
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    let query = web_sys::UrlSearchParams::new().ok()?;
    for pair in js_sys::try_iter(&data).ok()??.flatten() {
        let pair: js_sys::Array = pair.into();
        // A file input has no place in a GET form; its value is no string and is left out.
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            query.append(&name, &value);
        }
    }
    url.set_search(&String::from(query.to_string()));
    Some(url)
}
