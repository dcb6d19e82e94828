//! Listening to an article: what the buttons of [`ListenBar`] do.

use crate::{
    components::{ListenBar, Listening, site},
    platform::speech::{self, Sentence, Speaker},
};
use leptos::prelude::*;
use std::{rc::Rc, time::Duration};

/// What is read: title, lead and text.
const READ: &str = ".article__title, .article__lead, .article-body";

/// How long a browser may take to tell its voices, asked every [`VOICES_EVERY`].
const VOICES_WITHIN: u32 = 10;
const VOICES_EVERY: Duration = Duration::from_millis(150);

/// A reading on its way; cheap to copy.
#[derive(Clone, Copy)]
struct Reader {
    state: RwSignal<Listening>,
    rate: RwSignal<u16>,
    language: StoredValue<String>,
    speaker: StoredValue<Option<Rc<Speaker>>, LocalStorage>,
    sentences: StoredValue<Vec<Sentence>, LocalStorage>,
    at: StoredValue<usize>,
}

/// The buttons, and what they do. It falls silent when the page is left.
#[component]
pub(crate) fn Listen(
    /// BCP 47 tag of the article's language.
    language: String,
) -> impl IntoView {
    let reader = Reader {
        state: RwSignal::new(Listening::Silent),
        rate: RwSignal::new(100),
        language: StoredValue::new(language.split('-').next().unwrap_or("vi").to_owned()),
        speaker: StoredValue::new_local(None),
        sentences: StoredValue::new_local(Vec::new()),
        at: StoredValue::new(0),
    };
    on_cleanup(move || reader.fall_silent());
    let start = Callback::new(move |()| match reader.state.get_untracked() {
        Listening::Speaking => reader.pause(),
        Listening::Paused => reader.go_on(),
        Listening::Silent | Listening::NoVoice | Listening::Asking => reader.ask(VOICES_WITHIN),
    });
    let stop = Callback::new(move |()| {
        reader.fall_silent();
        reader.state.set(Listening::Silent);
    });
    let faster = Callback::new(move |rate: u16| {
        reader.rate.set(rate);
        // The sentence begins anew: no browser changes the speed of what it speaks.
        if reader.state.get_untracked() == Listening::Speaking {
            reader.go_on();
        }
    });
    view! { <ListenBar state=reader.state.into() rate=reader.rate.into() start=start stop=stop change_rate=faster words=site().words/> }
}

impl Reader {
    /// Begins as soon as there is a voice; says so when there is none after `tries`.
    fn ask(self, tries: u32) {
        if speech::has_voice(&self.language.get_value()) {
            self.sentences.set_value(speech::sentences(READ));
            self.at.set_value(0);
            self.go_on();
        } else if tries == 0 {
            self.state.set(Listening::NoVoice);
        } else {
            self.state.set(Listening::Asking);
            set_timeout(
                move || {
                    if self.state.try_get_untracked() == Some(Listening::Asking) {
                        self.ask(tries - 1);
                    }
                },
                VOICES_EVERY,
            );
        }
    }

    /// Speaks from the sentence that it has come to.
    fn go_on(self) {
        let Some(at) = self.at.try_get_value() else { return };
        let Some(sentence) = self.sentences.with_value(|all| all.get(at).cloned()) else {
            self.fall_silent();
            self.state.set(Listening::Silent);
            return;
        };
        if self.speaker.with_value(Option::is_none) {
            self.speaker.set_value(Some(Rc::new(Speaker::new(&self.language.get_value()))));
        }
        self.state.set(Listening::Speaking);
        if let Some(speaker) = self.speaker.get_value() {
            speaker.speak(&sentence, f32::from(self.rate.get_untracked()) / 100.0, move || {
                if self.at.try_update_value(|at| *at += 1).is_some() {
                    self.go_on();
                }
            });
        }
    }

    /// Ends the sentence; it is spoken from its beginning when the reader goes on. The browsers' own pause is lost
    /// on Android and after 15 seconds in Chromium.
    fn pause(self) {
        if let Some(speaker) = self.speaker.get_value() {
            speaker.quiet();
        }
        self.state.set(Listening::Paused);
    }

    fn fall_silent(self) {
        if let Some(speaker) = self.speaker.try_update_value(Option::take).flatten() {
            speaker.quiet();
        }
    }
}
