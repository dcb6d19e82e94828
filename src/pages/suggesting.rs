//! Suggestions for what is being typed: asked for after a pause, dropped when the text has changed, and silently
//! none where they cannot be had.

use crate::{components::Suggesting, data::Library, platform::document};
use leptos::prelude::*;
use std::{sync::Arc, time::Duration};

/// How long the reader must have paused. Fast typists write a letter in about 120 ms: those in between are not
/// asked for.
const PAUSE: Duration = Duration::from_millis(120);

/// What a search box needs; each box has its own.
pub(crate) fn suggesting(library: Library) -> Suggesting {
    let (offered, set_offered) = signal(Arc::default());
    let question = StoredValue::new(0_u32);
    let typed = Callback::new(move |text: String| {
        question.update_value(|n| *n += 1);
        let asked = question.get_value();
        let still_asked = move || question.try_get_value() == Some(asked);
        if text.trim().is_empty() {
            set_offered.set(Arc::default());
            return;
        }
        set_timeout(
            move || {
                if still_asked() {
                    leptos::task::spawn_local(async move {
                        let found = library.suggest(text).await.unwrap_or_default();
                        if still_asked() {
                            let _ = set_offered.try_set(found);
                        }
                    });
                }
            },
            PAUSE,
        );
    });
    let press = Callback::new(|id: String| document::press(&id));
    let reveal = Callback::new(move |id: String| {
        // Who moves in the list must not have it changed under the hand: what is still on its way is dropped.
        question.update_value(|n| *n += 1);
        // In a task of its own: the list may be about to open.
        set_timeout(move || document::reveal(&id), Duration::ZERO);
    });
    Suggesting { typed, offered: offered.into(), press, reveal }
}
