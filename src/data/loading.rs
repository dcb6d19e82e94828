//! From a question to its answer: the one effect that every page uses.

use super::LoadError;
use leptos::prelude::*;
use std::{future::Future, time::Duration};

/// How long an answer may take before the page says that it is waiting. Under 400 ms a notice that comes
/// and goes is noise.
pub(crate) const NO_FLICKER: Duration = Duration::from_millis(400);

/// What a page knows of something it asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Loading<T> {
    /// On its way.
    Waiting,
    /// Here.
    Ready(T),
    /// It did not come.
    Failed(LoadError),
}

/// Asks for the value of `key` now and whenever `key` changes; the answer to a question that is no longer
/// asked is dropped. While a new answer is on its way the last one stays for up to [`NO_FLICKER`].
///
/// The second value asks again: for "Thử lại".
pub(crate) fn load<K, T, F>(
    key: impl Fn() -> K + 'static,
    fetch: impl Fn(K) -> F + 'static,
) -> (ReadSignal<Loading<T>>, Callback<()>)
where
    K: 'static,
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, LoadError>> + 'static,
{
    let (state, set_state) = signal(Loading::Waiting);
    let attempt = RwSignal::new(0_u32);
    let question = StoredValue::new(0_u32);
    Effect::new(move |_| {
        attempt.track();
        let answer = fetch(key());
        question.update_value(|n| *n += 1);
        let asked = question.get_value();
        let still_asked = move || question.try_get_value() == Some(asked);
        let open = StoredValue::new(true);
        set_timeout(
            move || {
                if still_asked() && open.try_get_value() == Some(true) {
                    let _ = set_state.try_set(Loading::Waiting);
                }
            },
            NO_FLICKER,
        );
        leptos::task::spawn_local(async move {
            let answer = answer.await;
            if still_asked() {
                open.try_update_value(|open| *open = false);
                let _ = set_state.try_set(match answer {
                    Ok(value) => Loading::Ready(value),
                    Err(error) => Loading::Failed(error),
                });
            }
        });
    });
    (state, Callback::new(move |()| attempt.update(|n| *n += 1)))
}
