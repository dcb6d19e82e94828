//! The field for the words asked for and its button, with suggestions under them: the combobox of the WAI-ARIA Authoring
//! Practices (a list, chosen by hand).
//!
//! A sequence of words is a button that sends the form with them, a title is a link: so mouse, touch and "open in
//! a new tab" work as everywhere, and keys only press what is there. Not here: where suggestions come from.

use super::site;
use leptos::{ev::KeyboardEvent, html::Input, prelude::*};
use routes::Route;
use search_index::Suggestion;
use std::sync::Arc;

/// What a search box needs of the world; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Suggesting {
    /// Says what is typed now.
    pub(crate) typed: Callback<String>,
    /// What to offer for it, as soon as it is known.
    pub(crate) offered: Signal<Arc<Vec<Suggestion>>>,
    /// Presses the element of this id, as a mouse would.
    pub(crate) press: Callback<String>,
    /// Scrolls the element of this id into sight, no further than needed.
    pub(crate) reveal: Callback<String>,
}

/// What the keyboard sends while letters are being composed (Telex and other input methods), also where the
/// browser does not say `isComposing`: Safari, for the key that ends it.
const COMPOSING: u32 = 229;

/// The field; its label is the caller's.
#[component]
pub(crate) fn SearchBox(
    /// Id of the field. Those of its list and of its options are made of it.
    id: &'static str,
    /// What is asked for now; the reader's typing stays until it changes.
    asked: Signal<String>,
    /// Where suggestions come from.
    suggesting: Suggesting,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let Suggesting { typed, offered, press, reveal } = suggesting;
    let field = NodeRef::<Input>::new();
    let text = RwSignal::new(String::new());
    Effect::new(move |_| text.set(asked.get()));
    let (typing, open) = (RwSignal::new(false), RwSignal::new(false));
    let active = RwSignal::new(None::<usize>);
    let shown = Memo::new(move |_| open.get() && !offered.read().is_empty());
    let close = move || {
        typing.set(false);
        open.set(false);
        active.set(None);
    };
    // What is offered for one text does not open under the next: only what comes while the reader types does.
    Effect::new(move |_| {
        offered.track();
        active.set(None);
        if typing.get_untracked() {
            open.set(true);
        }
    });
    let option_id = move |at: usize| [id, "-", at.to_string().as_str()].concat();

    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() || event.key_code() == COMPOSING {
            return;
        }
        let (count, at) = (offered.read_untracked().len(), active.get_untracked());
        let is_shown = shown.get_untracked();
        let to = match (event.key().as_str(), at) {
            ("ArrowDown", _) if count > 0 && !is_shown => Some(0),
            ("ArrowUp", _) if count > 0 && !is_shown => Some(count - 1),
            // Beyond both ends lies the field itself.
            ("ArrowDown", None) if is_shown => Some(0),
            ("ArrowDown", Some(at)) => (at + 1 < count).then_some(at + 1),
            ("ArrowUp", None) if is_shown => Some(count - 1),
            ("ArrowUp", Some(at)) => at.checked_sub(1),
            ("Home", Some(_)) => Some(0),
            ("End", Some(_)) => Some(count.saturating_sub(1)),
            ("Enter", Some(at)) if is_shown => {
                event.prevent_default();
                press.run(option_id(at));
                return;
            }
            ("Escape", _) if is_shown => {
                event.prevent_default();
                return close();
            }
            ("Enter", _) => return close(),
            _ => return,
        };
        event.prevent_default();
        open.set(true);
        active.set(to);
        if let Some(at) = to {
            reveal.run(option_id(at));
        }
    };
    let options = move || {
        let option = |(at, suggestion): (usize, &Suggestion)| {
            let selected = Signal::derive(move || if active.get() == Some(at) { "true" } else { "false" });
            match suggestion.clone() {
                Suggestion::Words(chosen) => {
                    let shown = chosen.clone();
                    // The field itself, because the form is sent before the signal has reached it.
                    let fill = move |_| {
                        if let Some(field) = field.get_untracked() {
                            field.set_value(&chosen);
                        }
                        text.set(chosen.clone());
                        close();
                    };
                    view! {
                        <button type="submit" role="option" tabindex="-1" class="search-box__option" id=option_id(at)
                            aria-selected=selected on:click=fill>
                            <span class="search-box__words" lang="vi">{shown}</span>
                        </button>
                    }
                    .into_any()
                }
                Suggestion::Title { slug, title } => view! {
                    <a role="option" tabindex="-1" class="search-box__option" id=option_id(at) aria-selected=selected
                        href=site.href(&Route::Article(slug)) on:click=move |_| close()>
                        <span class="search-box__kind">{words.article}</span>
                        <span class="search-box__title" lang="vi">{title}</span>
                    </a>
                }
                .into_any(),
            }
        };
        offered.read().iter().enumerate().map(option).collect::<Vec<_>>()
    };
    let list_id = [id, "-list"].concat();
    let count = move || if shown.get() { words.suggestions(offered.read().len()) } else { String::new() };
    view! {
        <div class="search-box">
            <input class="field" id=id type="text" name="q" maxlength="200" node_ref=field role="combobox"
                autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="search"
                aria-autocomplete="list" aria-controls=list_id.clone()
                aria-expanded=move || if shown.get() { "true" } else { "false" }
                aria-activedescendant=move || active.get().filter(|_| shown.get()).map(option_id)
                placeholder=words.search_placeholder
                prop:value=text
                on:input=move |event| {
                    let now = event_target_value(&event);
                    text.set(now.clone());
                    active.set(None);
                    typing.set(true);
                    typed.run(now);
                }
                on:keydown=on_key
                on:blur=move |_| close()/>
            // Before the list: Enter in a field presses the first button that sends its form.
            <button class="button" type="submit">{words.search_submit}</button>
            // A press must not take the focus away: the list would be gone before the click.
            <div class="search-box__list" id=list_id role="listbox" aria-label=words.suggestions_name
                hidden=move || !shown.get() on:mousedown=move |event| event.prevent_default()>{options}</div>
            <span class="visually-hidden" role="status">{count}</span>
        </div>
    }
}
