//! One careful GET: a time limit, a size limit, an error for every way it can end.

use super::LoadError;
use crate::platform::network;
use gloo_net::http::{Request, Response};
use js_sys::{Promise, Reflect};
use leptos::prelude::set_timeout;
use serde::de::DeserializeOwned;
use std::{cell::Cell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache};

/// Longest wait for a whole answer. The largest file we publish (250 KB for a long article) takes 20 s at
/// 100 kbit/s, a bad mobile connection.
const PATIENCE: Duration = Duration::from_secs(30);

/// Largest answer, in bytes. Our own files stay under 1 MB; a plain feed of a department can have some more.
const MAX_BYTES: usize = 16_000_000;

/// Whether the browser may answer from its own store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// The name stands for the content: any copy is right.
    ByName,
    /// The server must be asked.
    Ask,
}

/// Gets a text. What is no UTF-8 in it becomes U+FFFD.
///
/// # Errors
/// Any [`LoadError`] except `OtherFormat`.
pub(crate) async fn text(url: &str, freshness: Freshness) -> Result<String, LoadError> {
    let bytes = bytes(url, freshness).await?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()))
}

/// Gets bytes. Who no longer waits for them drops the future, and the download ends.
///
/// # Errors
/// Any [`LoadError`] except `OtherFormat` and `Malformed`.
pub(crate) async fn bytes(url: &str, freshness: Freshness) -> Result<Vec<u8>, LoadError> {
    let early = Early::take(url);
    let Some(abort) = early.as_ref().map(|early| early.abort.clone()).or_else(|| AbortController::new().ok())
    else {
        return Err(LoadError::Unreachable);
    };
    let (timed_out, done) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
    let _given_up = GivenUp { abort: abort.clone(), done: done.clone() };
    set_timeout(
        {
            let (abort, timed_out, done) = (abort.clone(), timed_out.clone(), done.clone());
            move || {
                if !done.get() {
                    timed_out.set(true);
                    abort.abort();
                }
            }
        },
        PATIENCE,
    );
    let result = attempt(url, freshness, &abort, early).await;
    done.set(true);
    match result {
        Err(LoadError::Unreachable) if timed_out.get() => Err(LoadError::TimedOut),
        Err(LoadError::Unreachable) if !network::is_online() => Err(LoadError::Offline),
        result => result,
    }
}

async fn attempt(
    url: &str,
    freshness: Freshness,
    abort: &AbortController,
    early: Option<Early>,
) -> Result<Vec<u8>, LoadError> {
    let cache = match freshness {
        Freshness::ByName => RequestCache::Default,
        Freshness::Ask => RequestCache::NoCache,
    };
    let request = Request::get(url).cache(cache).abort_signal(Some(&abort.signal()));
    let early = match early {
        Some(early) => early.response().await,
        None => None,
    };
    let response = match early {
        Some(response) => response,
        None => request.send().await.map_err(|_| LoadError::Unreachable)?,
    };
    match response.status() {
        200 => {}
        404 | 410 => return Err(LoadError::NotThere),
        status => return Err(LoadError::Refused(status)),
    }
    if announced_length(&response).is_some_and(|length| length > MAX_BYTES) {
        abort.abort();
        return Err(LoadError::TooLarge);
    }
    // A body that ends before its announced length rejects here.
    let bytes = response.binary().await.map_err(|_| LoadError::Unreachable)?;
    if bytes.len() > MAX_BYTES { Err(LoadError::TooLarge) } else { Ok(bytes) }
}

/// Ends a download that is dropped before it is done, and keeps its clock from doing anything after.
struct GivenUp {
    abort: AbortController,
    done: Rc<Cell<bool>>,
}

impl Drop for GivenUp {
    fn drop(&mut self) {
        if !self.done.replace(true) {
            self.abort.abort();
        }
    }
}

/// The answer to a question that `boot.js` asked before the app was there.
struct Early {
    abort: AbortController,
    response: Promise,
}

impl Early {
    /// The early answer for this address, once.
    fn take(url: &str) -> Option<Self> {
        let early = Reflect::get(web_sys::window()?.as_ref(), &"bantinEarly".into()).ok()?;
        let source = Reflect::get(&early, &"source".into()).ok()?;
        if Reflect::get(&source, &"url".into()).ok()?.as_string()? != url {
            return None;
        }
        let _ = Reflect::set(&early, &"source".into(), &JsValue::UNDEFINED);
        let part = |name: &str| Reflect::get(&source, &name.into()).ok();
        Some(Self { abort: part("abort")?.dyn_into().ok()?, response: part("response")?.dyn_into().ok()? })
    }

    /// `None` when it failed; then the app asks by itself.
    async fn response(self) -> Option<Response> {
        let answer = JsFuture::from(self.response).await.ok()?;
        Some(answer.dyn_into::<web_sys::Response>().ok()?.into())
    }
}

fn announced_length(response: &Response) -> Option<usize> {
    response.headers().get("content-length")?.parse().ok()
}

/// Reads JSON; the error says what, where and in which file.
pub(crate) fn json<T: DeserializeOwned>(url: &str, text: &str) -> Result<T, LoadError> {
    serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| LoadError::Malformed(format!("{url}: {error}")))
}
