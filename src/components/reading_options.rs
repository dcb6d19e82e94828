//! How the reader wants the pages to look: a button, and the choices that it opens.

use super::site;
use crate::reading::{Reading, Theme};
use leptos::prelude::*;

/// The choices. They take effect at once.
#[component]
pub(crate) fn ReadingOptions(
    /// What is chosen.
    reading: Signal<Reading>,
    /// Chooses.
    change: Callback<Reading>,
    /// Whether the choices are there.
    open: Signal<bool>,
) -> impl IntoView {
    let words = site().words;
    let sizes = (0..=Reading::LARGEST).zip(words.text_sizes).map(|(text, name)| {
        let with = move |reading| Reading { text, ..reading };
        choice(reading, change, "reading-text", name, with)
    });
    let themes =
        [Theme::Device, Theme::Light, Theme::Dark].into_iter().zip(words.themes).map(|(theme, name)| {
            let with = move |reading| Reading { theme, ..reading };
            choice(reading, change, "reading-theme", name, with)
        });
    view! {
        <div class="reading-options no-print" id="reading-options" role="group" aria-label=words.reading_options hidden=move || !open.get()>
            <div class="page reading-options__line">
                <fieldset class="reading-options__group">
                    <legend>{words.text_size}</legend>
                    <div class="reading-options__choices">{sizes.collect::<Vec<_>>()}</div>
                </fieldset>
                <fieldset class="reading-options__group">
                    <legend>{words.theme}</legend>
                    <div class="reading-options__choices">{themes.collect::<Vec<_>>()}</div>
                </fieldset>
                <div class="reading-options__group">
                    {switch(words.strong_contrast, move || reading.get().strong, move |strong| change.run(Reading { strong, ..reading.get_untracked() }))}
                    {switch(words.wide_lines, move || reading.get().wide, move |wide| change.run(Reading { wide, ..reading.get_untracked() }))}
                </div>
                <button type="button" class="button button--quiet" on:click=move |_| change.run(Reading::default())>{words.reading_default}</button>
            </div>
        </div>
    }
}

/// One of several: chosen where choosing it would change nothing.
fn choice(
    reading: Signal<Reading>,
    change: Callback<Reading>,
    group: &'static str,
    name: &'static str,
    with: impl Fn(Reading) -> Reading + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name=group prop:checked=move || with(reading.get()) == reading.get()
                on:change=move |_| change.run(with(reading.get_untracked()))/>
            <span>{name}</span>
        </label>
    }
}

fn switch(
    name: &'static str,
    on: impl Fn() -> bool + Copy + Send + Sync + 'static,
    change: impl Fn(bool) + Copy + 'static,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input type="checkbox" prop:checked=on on:change=move |_| change(!on())/>
            <span>{name}</span>
        </label>
    }
}
