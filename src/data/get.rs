//! One careful GET: a time limit, a size limit, an error for every way it can end.

use super::LoadError;
use crate::platform::network;
use gloo_net::http::{Request, Response};
use leptos::prelude::set_timeout;
use serde::de::DeserializeOwned;
use std::{cell::Cell, rc::Rc, time::Duration};
use web_sys::{AbortController, RequestCache};

/// Longest wait for a whole answer. The largest file we publish (a 256 KB search chunk) takes 20 s at
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

/// Gets a text.
///
/// # Errors
/// Any [`LoadError`] except `OtherFormat`.
pub(crate) async fn text(url: &str, freshness: Freshness) -> Result<String, LoadError> {
    let Ok(abort) = AbortController::new() else { return Err(LoadError::Unreachable) };
    let (timed_out, done) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
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
    let result = attempt(url, freshness, &abort).await;
    done.set(true);
    match result {
        Err(LoadError::Unreachable) if timed_out.get() => Err(LoadError::TimedOut),
        Err(LoadError::Unreachable) if !network::is_online() => Err(LoadError::Offline),
        result => result,
    }
}

async fn attempt(url: &str, freshness: Freshness, abort: &AbortController) -> Result<String, LoadError> {
    let cache = match freshness {
        Freshness::ByName => RequestCache::Default,
        Freshness::Ask => RequestCache::NoCache,
    };
    let request = Request::get(url).cache(cache).abort_signal(Some(&abort.signal()));
    let response = request.send().await.map_err(|_| LoadError::Unreachable)?;
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
    let text = response.text().await.map_err(|_| LoadError::Unreachable)?;
    if text.len() > MAX_BYTES { Err(LoadError::TooLarge) } else { Ok(text) }
}

fn announced_length(response: &Response) -> Option<usize> {
    response.headers().get("content-length")?.parse().ok()
}

/// Reads JSON; the error says what, where and in which file.
pub(crate) fn json<T: DeserializeOwned>(url: &str, text: &str) -> Result<T, LoadError> {
    serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| LoadError::Malformed(format!("{url}: {error}")))
}
