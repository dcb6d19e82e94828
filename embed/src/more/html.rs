//! HTML of a feed into a tree of plain nodes, by the browser's own parser, without running or loading any of it; also
//! in a page that enforces Trusted Types.
//!
//! Not here: what of it is allowed (`archive::clean`).

use crate::source::Reason;
use archive::markup::Node;
use std::cell::{Cell, OnceCell};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomParser};

/// The page does not let HTML be parsed.
pub(super) const BLOCKED: &str = "blocked";

/// Parses HTML; no nodes where it is too long or nested too deep to be parsed in good time.
///
/// # Errors
/// [`BLOCKED`].
pub(super) fn parse(html: &str) -> Result<Vec<Node>, Reason> {
    thread_local! {
        /// What was refused once is not tried again: a page that watches over its policy is told of each time.
        static REFUSED: Cell<bool> = const { Cell::new(false) };
    }
    let nodes = inert::parse(html, |html| {
        let document = if REFUSED.get() { None } else { document(html).ok() };
        REFUSED.set(document.is_none());
        document
    });
    if REFUSED.get() { Err(BLOCKED.to_owned()) } else { Ok(nodes.unwrap_or_default()) }
}

fn document(html: &str) -> Result<Document, JsValue> {
    let parser: JsValue = DomParser::new()?.into();
    call(&parser, "parseFromString", &trusted(html)?, &"text/html".into())?.dyn_into()
}

/// What the parser takes: `TrustedHTML` where the browser knows it and the page lets us have a policy. Its document is
/// inert and only read, so whatever the text says, nothing of it comes to life.
fn trusted(html: &str) -> Result<JsValue, JsValue> {
    thread_local! {
        /// A page may allow one of its name only.
        static POLICY: OnceCell<Option<JsValue>> = const { OnceCell::new() };
    }
    POLICY.with(|policy| match policy.get_or_init(|| new_policy().ok()) {
        Some(policy) => call(policy, "createHTML", &html.into(), &JsValue::UNDEFINED),
        None => Ok(html.into()),
    })
}

fn new_policy() -> Result<JsValue, JsValue> {
    let global = js_sys::global();
    let types = js_sys::Reflect::get(&global, &"trustedTypes".into())?;
    let rules = js_sys::Object::new();
    // `String` gives a text back as it is, and is at hand without a function of our own.
    let same = js_sys::Reflect::get(&global, &"String".into())?;
    js_sys::Reflect::set(&rules, &"createHTML".into(), &same)?;
    call(&types, "createPolicy", &"ban-tin".into(), &rules)
}

/// Calls a method that web-sys does not know, or not with such values.
fn call(of: &JsValue, method: &str, first: &JsValue, second: &JsValue) -> Result<JsValue, JsValue> {
    js_sys::Reflect::get(of, &method.into())?.dyn_into::<js_sys::Function>()?.call2(of, first, second)
}
