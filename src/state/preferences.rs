//! What the reader has chosen, kept in this browser.

use crate::{
    platform::{document, storage},
    wording::Lang,
};
use leptos::prelude::*;

const LANGUAGE: &str = "lang";

/// The reader's choices; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Preferences {
    language: RwSignal<Lang>,
}

impl Preferences {
    /// Reads what is kept; the page's own `lang` follows the language from now on.
    pub(crate) fn open() -> Self {
        let english = storage::read(LANGUAGE).is_some_and(|tag| tag == Lang::En.tag());
        let language = RwSignal::new(if english { Lang::En } else { Lang::Vi });
        Effect::new(move |_| document::set_language(language.get().tag()));
        Self { language }
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
}
