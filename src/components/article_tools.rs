//! What a reader does with an article: put it aside, pass it on, take its address or a citation away, print it.

use super::site;
use leptos::{ev, html, prelude::*};
use routes::Route;

/// What the menu offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Pass the article on in the device's own way.
    Share,
    /// Put its address on the clipboard.
    CopyLink,
    /// Put a citation on the clipboard.
    Cite,
    /// Open the print dialog.
    Print,
    /// Save it as one file with its pictures.
    SaveFile,
}

/// The row under an article's title. What its buttons do is the page's business.
#[component]
pub(crate) fn ArticleTools(
    /// Whether the article is put aside.
    saved: Signal<bool>,
    /// Puts it aside, or takes it from there.
    save: Callback<()>,
    /// What the device can do.
    deeds: Vec<Deed>,
    /// Does it.
    act: Callback<Deed>,
    /// Services to pass it on with: a name and where it leads.
    services: Vec<(&'static str, String)>,
    /// Where the code for showing it elsewhere is made.
    embedding: String,
    /// What became of the last deed.
    said: Signal<&'static str>,
    /// What stands first in the row.
    children: Children,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let menu = NodeRef::<html::Details>::new();
    let summary = NodeRef::<html::Summary>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    // Whoever turns to something else is done with it.
    let inside = move |event: &ev::Event| {
        menu.get_untracked().is_some_and(|menu| event.composed_path().includes(&menu, 0))
    };
    let clicked = window_event_listener(ev::click, move |event| {
        if !inside(&event) {
            close();
        }
    });
    let focused = window_event_listener(ev::focusin, move |event| {
        if !inside(&event) {
            close();
        }
    });
    on_cleanup(move || {
        clicked.remove();
        focused.remove();
    });
    // What is pressed in the menu goes with it: the keyboard goes on from where the menu was opened.
    let leave = move || {
        close();
        let _ = summary.get_untracked().map(|summary| summary.focus());
    };
    let name = move |deed| match deed {
        Deed::Share => words.share_by_device,
        Deed::CopyLink => words.copy_link,
        Deed::Cite => words.cite,
        Deed::Print => words.print,
        Deed::SaveFile => words.save_file,
    };
    let deeds = deeds.into_iter().map(|deed| {
        let act = move |_| {
            leave();
            act.run(deed);
        };
        view! { <li><button type="button" class="menu__one" on:click=act>{name(deed)}</button></li> }
    });
    let services = services.into_iter().map(|(name, href)| {
        view! {
            <li><a class="menu__one" href=href target="_blank" rel="noopener noreferrer" on:click=move |_| leave()>{name}</a></li>
        }
    });
    view! {
        <div class="article-tools no-print">
            {children()}
            <button type="button" class="button button--quiet" aria-pressed=move || saved.get().to_string()
                on:click=move |_| save.run(())>{move || if saved.get() { words.save_undo } else { words.save }}</button>
            <details class="menu" node_ref=menu on:keydown=move |event| {
                if event.key() == "Escape" {
                    leave();
                }
            }>
                <summary node_ref=summary class="button button--quiet">{words.share}</summary>
                <ul class="menu__list" role="list">{services.collect_view()}{deeds.collect_view()}
                    <li><a class="menu__one" href=embedding>{words.embed.article}</a></li>
                </ul>
            </details>
            <a class="article-tools__shelf" href=site.href(&Route::Saved) hidden=move || !saved.get()>{words.saved_open}</a>
            <span class="article-tools__result" role="status">{move || said.get()}</span>
        </div>
    }
}
