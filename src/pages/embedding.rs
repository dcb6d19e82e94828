//! "Nhúng tin bài": the code with which other sites show this portal's news.

use super::{arrived, shown};
use crate::{
    components::{Breadcrumb, Code, EmbedBuilder, site},
    platform::{document, share},
    state::{address::Address, visits::Viewed},
    wording,
};
use leptos::prelude::*;
use routes::{Embedding, Lang, Route, snippet};

/// Where the list's source is, below the portal, when the portal shows its own archive.
const OWN_SOURCE: &str = "data/entry.json";

/// The page. It stays while what is chosen changes, so that the reader stays in the form.
#[component]
pub(crate) fn EmbeddingPage(
    /// What the address says.
    chosen: Memo<Box<Embedding>>,
) -> impl IntoView {
    let site = site();
    let (words, unit) = (site.words, site.portal.unit.clone());
    let embed = &words.embed;
    let known = site.clone();
    let chosen = Memo::new(move |_| {
        let mut chosen = chosen.get();
        chosen.embed.category = chosen.embed.category.filter(|slug| known.category_name(slug).is_some());
        chosen
    });
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
    let place = StoredValue::new(snippet::Place {
        source: source.clone().unwrap_or_else(|| public.clone()),
        portal: public.clone(),
        link: String::new(),
        pinned,
    });
    let with_link = move |make: fn(&Embedding, &snippet::Place) -> String| {
        let unit = unit.clone();
        Signal::derive(move || {
            let chosen = chosen.read();
            let lang = if chosen.embed.lang == Lang::En { wording::Lang::En } else { wording::Lang::Vi };
            let link = [lang.words().embed.link, " ", &unit].concat();
            make(&chosen, &snippet::Place { link, ..place.get_value() })
        })
    };
    let mut codes = vec![
        Code { name: embed.script, about: embed.script_about, text: with_link(snippet::script), rows: 6 },
        Code { name: embed.frame, about: embed.frame_about, text: with_link(snippet::frame), rows: 6 },
    ];
    if site.feed(None).is_some() {
        let (site, here, public) = (site.clone(), here.clone(), public.clone());
        let address = Signal::derive(move || {
            let feed = site.feed(chosen.read().embed.category.as_ref()).unwrap_or_default();
            feed.strip_prefix(&*here).map_or_else(|| feed.clone(), |below| [&public, below].concat())
        });
        codes.push(Code { name: embed.feed, about: embed.feed_about, text: address, rows: 2 });
    }

    let tried = StoredValue::new(snippet::Place {
        source: source.unwrap_or_else(|| here.clone()),
        link: [embed.link, " ", &site.portal.unit].concat(),
        portal: here,
        pinned: None,
    });
    let attributes = move || tried.with_value(|place| snippet::attributes(&chosen.read(), place));
    let host = untrack(|| {
        tried.with_value(|place| snippet::host_page(&chosen.read(), place, words.lang.tag(), embed.host))
    });
    // The element of the preview takes what changes as it is: loading the frame anew would flicker.
    let has = StoredValue::new(untrack(attributes));
    let change = move || {
        let now = attributes();
        if has.with_value(|has| document::change_in_frame("ban-tin", has, &now)) {
            has.set_value(now);
        }
    };
    let address = expect_context::<Address>();
    shown(embed.title, Viewed::default());
    Effect::new(move |before: Option<()>| {
        change();
        if before.is_some() {
            arrived(embed.title);
            address.say(embed.updated);
        }
    });
    let copy = Callback::new(move |(text, became): (String, WriteSignal<(String, &'static str)>)| {
        leptos::task::spawn_local(async move {
            let said = if share::copy(&text).await { embed.copied } else { embed.copy_failed };
            let _ = became.try_set((text, said));
        });
    });
    view! {
        <Breadcrumb steps=Vec::new()/>
        <header class="page-head">
            <h1 tabindex="-1">{embed.title}</h1>
            <p class="page-head__about">{embed.about}</p>
        </header>
        <EmbedBuilder chosen=chosen.into() can_pin=can_pin host=host loaded=Callback::new(move |()| untrack(change)) codes=codes copy=copy/>
    }
}
