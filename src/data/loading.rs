//! From a question to its answer: the one effect that every page uses.

use super::LoadError;
use futures::future::{AbortHandle, FutureExt, LocalBoxFuture, abortable};
use leptos::prelude::*;
use std::{any::Any, future::Future, marker::PhantomData, sync::Arc, time::Duration};

/// How long an answer may take before the page says that it is waiting. Under 400 ms a notice that comes
/// and goes is noise.
pub(crate) const NO_FLICKER: Duration = Duration::from_millis(400);

/// What a page knows of something it asked for.
#[derive(Debug, Clone)]
pub(crate) enum Loading<T> {
    /// On its way.
    Waiting,
    /// Here.
    Ready(T),
    /// It did not come.
    Failed(LoadError),
}

/// A value whose type is known at both ends only. The machinery between them exists once instead of once
/// for each type, which saves about 30 KB of wasm.
pub(super) type AnyValue = Arc<dyn Any + Send + Sync>;

/// Something asked for; cheap to copy.
#[derive(Debug)]
pub(crate) struct Loaded<T> {
    state: ReadSignal<Loading<AnyValue>>,
    attempt: RwSignal<u32>,
    is: PhantomData<fn() -> T>,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

impl<T: Send + Sync + 'static> Loaded<T> {
    /// What is known of it now. Tracked.
    pub(crate) fn get(self) -> Loading<Arc<T>> {
        match self.state.get() {
            Loading::Waiting => Loading::Waiting,
            Loading::Failed(error) => Loading::Failed(error),
            Loading::Ready(value) => match value.downcast() {
                Ok(value) => Loading::Ready(value),
                Err(_) => unreachable!("`load` made it of this type"),
            },
        }
    }

    /// Asks again: for "Thử lại".
    pub(crate) fn retry(self) -> Callback<()> {
        let attempt = self.attempt;
        Callback::new(move |()| attempt.update(|n| *n += 1))
    }
}

/// Asks for a value now and whenever a signal that `ask` reads has changed; the answer to a question that is
/// no longer asked is dropped, and so is whatever was still on its way for it alone. While a new answer is on its way the last one stays for up to [`NO_FLICKER`].
pub(crate) fn load<T, F>(ask: impl Fn() -> F + 'static) -> Loaded<T>
where
    T: Send + Sync + 'static,
    F: Future<Output = Result<Arc<T>, LoadError>> + 'static,
{
    let (state, attempt) =
        load_any(Box::new(move || ask().map(|answer| answer.map(|value| value as AnyValue)).boxed_local()));
    Loaded { state, attempt, is: PhantomData }
}

type AnyQuestion = Box<dyn Fn() -> LocalBoxFuture<'static, Result<AnyValue, LoadError>>>;

fn load_any(ask: AnyQuestion) -> (ReadSignal<Loading<AnyValue>>, RwSignal<u32>) {
    let (state, set_state) = signal(Loading::Waiting);
    let attempt = RwSignal::new(0_u32);
    let question = StoredValue::new(0_u32);
    let under_way = StoredValue::new_local(None::<AbortHandle>);
    let give_up = move || {
        let before = under_way.try_update_value(Option::take).flatten();
        if let Some(before) = before {
            before.abort();
        }
    };
    on_cleanup(give_up);
    Effect::new(move |_| {
        attempt.track();
        let answer = ask();
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
        let (answer, handle) = abortable(answer);
        let before = under_way.try_update_value(|under_way| under_way.replace(handle)).flatten();
        leptos::task::spawn_local(async move {
            let Ok(answer) = answer.await else { return };
            if still_asked() {
                open.try_update_value(|open| *open = false);
                let _ = set_state.try_set(match answer {
                    Ok(value) => Loading::Ready(value),
                    Err(error) => Loading::Failed(error),
                });
            }
        });
        // Only after the new question has been asked: a file that both need goes on coming.
        if let Some(before) = before {
            before.abort();
        }
    });
    (state, attempt)
}
