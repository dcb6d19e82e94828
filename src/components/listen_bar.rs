//! The buttons of reading aloud: begin and pause, stop, speed.

use crate::wording::{Lang, Words};
use leptos::{html, prelude::*};

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listening {
    Silent,
    /// Whether there is a voice is not known yet.
    Asking,
    /// There is no voice for the language of the text.
    NoVoice,
    Speaking,
    Paused,
}

/// The speeds offered, in hundredths of the ordinary one, and how they are named. Whole numbers: reading and writing
/// others costs 20 KB of wasm.
const RATES: [(u16, &str); 4] = [(75, "0,75×"), (100, "1×"), (125, "1,25×"), (150, "1,5×")];

/// The buttons. What they do is the page's business.
#[component]
pub(crate) fn ListenBar(
    /// How far the reading is.
    state: Signal<Listening>,
    /// How fast, in hundredths of the ordinary speed.
    rate: Signal<u16>,
    /// Begins, pauses or goes on.
    start: Callback<()>,
    /// Ends the reading.
    stop: Callback<()>,
    /// Changes the speed.
    change_rate: Callback<u16>,
    /// The words.
    words: &'static Words,
) -> impl IntoView {
    let under_way = move || matches!(state.get(), Listening::Speaking | Listening::Paused);
    let name = move || match state.get() {
        Listening::Speaking => words.listen_pause,
        Listening::Paused => words.listen_go_on,
        Listening::Silent | Listening::Asking | Listening::NoVoice => words.listen,
    };
    let said = move || if state.get() == Listening::NoVoice { words.listen_no_voice } else { "" };
    let rates = RATES.map(|(value, name)| {
        let name = if words.lang == Lang::Vi { name.to_owned() } else { name.replace(',', ".") };
        view! { <option value=value.to_string() prop:selected=move || rate.get() == value>{name}</option> }
    });
    let (starter, more) = (NodeRef::<html::Button>::new(), NodeRef::<html::Span>::new());
    // What has the focus goes when the reading ends, by itself or not: the keyboard goes on from where it was begun.
    Effect::new(move |before: Option<bool>| {
        let now = under_way();
        let focused =
            || more.get_untracked().is_some_and(|more| more.matches(":focus-within").unwrap_or(false));
        if before == Some(true) && !now && focused() {
            let _ = starter.get_untracked().map(|button| button.focus());
        }
        now
    });
    view! {
        <div class="listen-bar">
            <button type="button" class="button button--quiet" node_ref=starter on:click=move |_| start.run(())>{name}</button>
            <span class="listen-bar__more" node_ref=more hidden=move || !under_way()>
                <button type="button" class="button button--quiet" on:click=move |_| stop.run(())>{words.listen_stop}</button>
                <label class="listen-bar__rate"><span>{words.listen_rate}</span>
                    <select class="field" on:change=move |event| {
                        if let Ok(rate) = event_target_value(&event).parse() {
                            change_rate.run(rate);
                        }
                    }>{rates.collect_view()}</select>
                </label>
            </span>
            <span class="article-tools__result" role="status">{said}</span>
        </div>
    }
}
