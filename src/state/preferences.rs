//! What the reader has chosen, kept in this browser.

use crate::{
    platform::{document, storage},
    reading::Reading,
    wording::Lang,
};
use leptos::prelude::*;

const LANGUAGE: &str = "lang";
/// `boot.js` reads it too.
const READING: &str = "reading";

/// The reader's choices; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Preferences {
    language: RwSignal<Lang>,
    reading: RwSignal<Reading>,
}

impl Preferences {
    /// Reads what is kept; the attributes of the page's root follow from now on.
    pub(crate) fn open() -> Self {
        let english = storage::read(LANGUAGE).is_some_and(|tag| tag == Lang::En.tag());
        let language = RwSignal::new(if english { Lang::En } else { Lang::Vi });
        Effect::new(move |_| document::set_language(language.get().tag()));
        let reading = RwSignal::new(Reading::decode(&storage::read(READING).unwrap_or_default()));
        Effect::new(move |before: Option<Reading>| {
            let reading = reading.get();
            for (name, value) in reading.attributes() {
                document::set_choice(name, value);
            }
            if before.is_some() {
                storage::write(READING, &reading.encode());
            }
            reading
        });
        Self { language, reading }
    }

    /// The language of the interface: Vietnamese until the reader chooses English. Tracked.
    pub(crate) fn language(self) -> Lang {
        self.language.get()
    }

    /// Changes to the other language and keeps the choice.
    pub(crate) fn change_language(self) {
        let other = self.language.get_untracked().other();
        storage::write(LANGUAGE, other.tag());
        self.language.set(other);
    }

    /// How pages look.
    pub(crate) fn reading(self) -> Signal<Reading> {
        self.reading.into()
    }

    /// Changes how pages look, and keeps it.
    pub(crate) fn read_as(self, reading: Reading) {
        self.reading.set(reading);
    }
}
