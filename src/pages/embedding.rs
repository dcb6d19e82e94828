//! "Nhúng tin bài": the code with which other sites show this portal's news.

use super::{arrived, shown};
use crate::{
    components::{Breadcrumb, Code, EmbedBuilder, site},
    data::Library,
    platform::{document, share},
    state::{address::Address, visits::Viewed},
    wording::Lang::{En as EN, Vi as VI},
};
use leptos::prelude::*;
use routes::{Embedding, Lang, Route, snippet};

/// Where the list's source is, below the portal, when the portal shows its own archive.
const OWN_SOURCE: &str = "data/entry.json";

/// The page. It stays while what is chosen changes, so that the reader stays in the form.
#[component]
pub(crate) fn EmbeddingPage(
    /// What the address says, as [`Embedding::print`] has it.
    chosen: Memo<String>,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let embed = &words.embed;
    let (known, library) = (site.clone(), expect_context::<Library>());
    let choice = move || {
        let mut choice = chosen.with(|chosen| Embedding::parse(chosen));
        if choice.embed.sources.is_empty() && !library.shows_feed() {
            choice = choice.with_article_by_name();
        }
        choice.embed.category = choice.embed.category.filter(|slug| known.category_name(slug).is_some());
        choice
    };
    // What is pasted names the portal as it calls itself; what is tried out here comes from where it is now.
    let whole = |address: String| document::absolute(&address).unwrap_or(address);
    let here = whole(site.href(&Route::Home));
    let public = if site.portal.url.is_empty() { here.clone() } else { site.portal.url.clone() };
    let source = document::setting("bantin-source").map(whole);
    let source = source.filter(|source| *source != [here.as_str(), OWN_SOURCE].concat());
    let pinned = document::setting("bantin-embed");
    let pinned = pinned.as_deref().and_then(|pinned| pinned.split_once(' '));
    let pinned = pinned.map(|(file, hash)| (file.to_owned(), hash.to_owned()));
    let can_pin = pinned.is_some();
    let unit = site.portal.unit.clone();
    let place = move |portal: &String, pinned, lang| snippet::Place {
        portal: portal.clone(),
        source: source.as_ref().unwrap_or(portal).clone(),
        link: [if lang == Lang::En { EN } else { VI }.words().embed.link, " ", &unit].concat(),
        pinned,
    };

    // All three at once: each change changes most of them.
    let texts = [(); 3].map(|()| RwSignal::new(String::new()));
    let said = [(); 3].map(|()| RwSignal::new(String::new()));
    let (tried, at) = (place.clone(), here.clone());
    let own = choice.clone();
    let preview = move || {
        let choice = own();
        let place = tried(&at, None, choice.embed.lang);
        (choice, place)
    };
    let host = untrack(|| {
        let (choice, place) = preview();
        snippet::host_page(&choice, &place, words.lang.tag(), embed.host)
    });
    // The element of the preview takes what changes as it is: loading the frame anew would flicker.
    let change = move || {
        let (choice, place) = preview();
        let attributes = snippet::attributes(&choice, &place);
        document::change_in_frame("ban-tin", &snippet::ATTRIBUTES, &attributes);
    };
    let loaded = change.clone();
    let feeds = site.clone();
    let address = expect_context::<Address>();
    shown(embed.title, Viewed::default());
    Effect::new(move |before: Option<()>| {
        let choice = choice();
        let place = place(&public, pinned.clone(), choice.embed.lang);
        let feed = feeds.feed(choice.embed.category.as_ref()).unwrap_or_default();
        let feed = feed.strip_prefix(&*here).map_or_else(|| feed.clone(), |below| [&public, below].concat());
        let now = [snippet::script(&choice, &place), snippet::frame(&choice, &place), feed];
        for ((text, said), now) in texts.iter().zip(said).zip(now) {
            text.set(now);
            // What was said of the code before is not said of this one.
            said.set(String::new());
        }
        change();
        if before.is_some() {
            arrived(embed.title);
            address.say(embed.updated);
        }
    });
    let mut codes = Vec::new();
    for (n, (name, about, rows)) in [
        (embed.script, embed.script_about, "6"),
        (embed.frame, embed.frame_about, "6"),
        (embed.feed, embed.feed_about, "2"),
    ]
    .into_iter()
    .enumerate()
    {
        let (text, said) = (texts[n], said[n]);
        let copy = Callback::new(move |()| {
            let text = text.get_untracked();
            leptos::task::spawn_local(async move {
                let done = share::copy(&text).await;
                let _ = said.try_set((if done { embed.copied } else { embed.copy_failed }).to_owned());
            });
        });
        codes.push(Code { name, about, text: text.into(), rows, copy, said: said.into() });
    }
    if site.feed(None).is_none() {
        codes.pop();
    }
    view! {
        <div class="embedding-page">
        <Breadcrumb steps=Vec::new()/>
        <header class="page-head">
            <h1 tabindex="-1">{embed.title}</h1>
            <p class="page-head__about">{embed.about}</p>
        </header>
        <EmbedBuilder chosen=chosen can_pin=can_pin host=host loaded=Callback::new(move |()| untrack(&loaded)) codes=codes/>
        </div>
    }
}
