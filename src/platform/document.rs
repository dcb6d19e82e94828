//! The page around the app: its title, language, focus, scroll position and the settings in its head.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Window};

fn window() -> Window {
    web_sys::window().unwrap_or_else(|| unreachable!("the app runs in a window"))
}

fn document() -> Document {
    window().document().unwrap_or_else(|| unreachable!("a window has a document"))
}

/// The element that the app fills: `#bantin`, or the body where a host page has none.
pub(crate) fn root() -> HtmlElement {
    let body = || document().body().unwrap_or_else(|| unreachable!("scripts run after <body> opened"));
    document().get_element_by_id("bantin").and_then(|e| e.dyn_into().ok()).unwrap_or_else(body)
}

/// Takes away what `index.html` shows while the app is on its way.
pub(crate) fn remove_waiting_shell() {
    if let Some(shell) = document().get_element_by_id("bantin-shell") {
        shell.remove();
    }
}

/// Where the portal lies: the path of the document's base address, `/` or `/cong/tin/`.
pub(crate) fn base_path() -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new(&base).map_or_else(|_| "/".to_owned(), |url| url.pathname())
}

/// What `<meta name="…" content="…">` in the head says.
pub(crate) fn setting(name: &str) -> Option<String> {
    let meta = document().query_selector(&format!("meta[name='{name}']")).ok()??;
    meta.get_attribute("content").filter(|content| !content.is_empty())
}

/// An address made whole against the document's base; `None` when it is none.
pub(crate) fn absolute(address: &str) -> Option<String> {
    let base = document().base_uri().ok().flatten()?;
    web_sys::Url::new_with_base(address, &base).ok().map(|url| url.href())
}

/// The title of the window.
pub(crate) fn set_title(title: &str) {
    document().set_title(title);
}

/// The language of the interface.
pub(crate) fn set_language(tag: &str) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("lang", tag);
    }
}

/// Says in the head where other programs find what is shown: `<link rel="alternate">`. It stays for all pages.
pub(crate) fn announce(media_type: &str, title: &str, address: &str) {
    let Some(head) = document().head() else { return };
    let Ok(link) = document().create_element("link") else { return };
    for (name, value) in [("rel", "alternate"), ("type", media_type), ("title", title), ("href", address)] {
        let _ = link.set_attribute(name, value);
    }
    let _ = head.append_child(&link);
}

/// Says in the head where other sites find the card of a page (oEmbed).
pub(crate) fn announce_card(title: &str, address: &str) {
    announce("application/json+oembed", title, address);
}

/// Takes the card back. The first one, because the next page may have announced its own before this one goes.
pub(crate) fn withdraw_card() {
    if let Some(link) = document().query_selector("link[type$=oembed]").ok().flatten() {
        link.remove();
    }
}

/// The custom property `--<name>` of the page's root.
pub(crate) fn set_property(name: &str, value: &str) {
    let html = document().document_element().and_then(|html| html.dyn_into::<HtmlElement>().ok());
    if let Some(html) = html {
        let _ = html.style().set_property(&format!("--{name}"), value);
    }
}

/// An attribute `data-<name>` of the page's root, which the style sheets read; taken away without a value.
pub(crate) fn set_choice(name: &str, value: Option<&str>) {
    let Some(html) = document().document_element() else { return };
    let name = format!("data-{name}");
    let _ = match value {
        Some(value) => html.set_attribute(&name, value),
        None => html.remove_attribute(&name),
    };
}

/// Moves the focus without scrolling to the first element that fits; tells whether there was one.
pub(crate) fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let Some(element) = found.and_then(|e| e.dyn_into::<HtmlElement>().ok()) else { return false };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).is_ok()
}

/// Presses the element of this id, as a mouse would.
pub(crate) fn press(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}

/// Scrolls the element of this id into sight, no further than needed.
pub(crate) fn reveal(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        options.set_behavior(web_sys::ScrollBehavior::Instant);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether the window is wide enough for two columns.
pub(crate) fn is_wide() -> bool {
    let wide = window().match_media("(min-width: 62rem)").ok().flatten();
    wide.is_some_and(|query| query.matches())
}

/// The address of the link that has the focus, as written.
pub(crate) fn focused_link() -> Option<String> {
    let element: Element = document().active_element()?;
    element.get_attribute("href")
}

/// Of these attributes the first element that fits, inside the first frame of the page, has only those that it is given
/// from now on. Nothing happens while there is none, because the frame is not loaded yet.
pub(crate) fn change_in_frame(selector: &str, names: &[&str], given: &[(&'static str, String)]) {
    let frame = document().query_selector("iframe").ok().flatten();
    let frame = frame.and_then(|frame| frame.dyn_into::<web_sys::HtmlIFrameElement>().ok());
    let page = frame.and_then(|frame| frame.content_document());
    let Some(element) = page.and_then(|page| page.query_selector(selector).ok().flatten()) else {
        return;
    };
    for name in names {
        let value = given.iter().find(|(given, _)| given == name).map(|(_, value)| value);
        if element.get_attribute(name).as_ref() != value {
            let _ = match value {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            };
        }
    }
}

/// How far down the page is scrolled, in CSS pixels.
#[expect(clippy::cast_possible_truncation, reason = "pages are shorter than 2^31 pixels")]
pub(crate) fn scroll_position() -> i32 {
    window().scroll_y().unwrap_or(0.0) as i32
}

/// How much of the first element that fits has passed the lower edge of the window, from 0 to 100.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
pub(crate) fn progress_through(selector: &str) -> u8 {
    let Some(element) = document().query_selector(selector).ok().flatten() else { return 0 };
    let (place, window) = (element.get_bounding_client_rect(), window().inner_height().ok());
    let window = window.and_then(|height| height.as_f64()).unwrap_or(0.0);
    // A text that fits into the window has been read when it is seen.
    ((window - place.top()) / place.height().max(1.0) * 100.0).clamp(0.0, 100.0) as u8
}

/// Scrolls there at once, whatever `scroll-behavior` says.
pub(crate) fn scroll_to(y: i32) {
    let options = web_sys::ScrollToOptions::new();
    options.set_top(f64::from(y));
    options.set_behavior(web_sys::ScrollBehavior::Instant);
    window().scroll_to_with_scroll_to_options(&options);
}

/// Whether the page is before the reader's eyes: not in a tab behind others, not made ready in advance.
pub(crate) fn is_visible() -> bool {
    !document().hidden()
}

/// Calls back whenever that changes.
pub(crate) fn on_visibility(callback: impl Fn() + 'static) {
    let handle = leptos::prelude::window_event_listener_untyped("visibilitychange", move |_| callback());
    leptos::prelude::on_cleanup(move || handle.remove());
}

/// Whether a program drives this browser and not a person.
pub(crate) fn is_automated() -> bool {
    js_sys::Reflect::get(&window().navigator(), &"webdriver".into()).is_ok_and(|value| value.is_truthy())
}
