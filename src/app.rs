//! The root: opens the source, then shows the page that the address asks for.
//!
//! Not here: what a page shows (`pages`), what an address means (`routes`).

use crate::{
    components::{DroppedNotice, Failure, Footer, Masthead, Navigation, Site, Waited, Waiting, feed},
    data::{Library, LoadError, Loading, NO_FLICKER, load},
    pages::{
        ArticlePage, CalendarPage, ContentsPage, EmbeddingPage, HomePage, ListedPage, NotFoundPage,
        SavedPage, SearchPage, StatisticsPage, suggesting,
    },
    platform::{clock, document, history, network},
    state::{address::Address, preferences::Preferences, shelf::Shelf, since, visits::Visits},
    wording::{Lang, Words},
};
use archive::{Moment, accent::Accent, published::Portal};
use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use routes::{Dropped, Located, Route};
use search_index::Query;
use std::{sync::Arc, time::Duration};
use work_calendar::Week;

/// Where the source is when `index.html` does not say.
const SOURCE: &str = "data/entry.json";

/// The whole app.
#[component]
pub(crate) fn App() -> impl IntoView {
    let preferences = Preferences::open();
    let address = Address::follow();
    provide_context(address);
    provide_context(Visits::open());
    provide_context(preferences);
    provide_context(Shelf::open());
    let new_since = since::last_visit();
    let source = document::setting("bantin-source").unwrap_or_else(|| SOURCE.to_owned());
    // A whole address, so that it means the same whatever page asks.
    let source = document::absolute(&source).unwrap_or(source);
    let library = load(move || {
        let source = source.clone();
        async move { Library::open(&source).await.map(Arc::new) }
    });
    // The words are no signal: a change of language builds the view anew, and nothing else needs to care.
    move || {
        let lang = preferences.language();
        match library.get() {
            Loading::Waiting => {
                frame(lang, new_since, Arc::default(), None, || view! { <Waiting/> }.into_any())
            }
            Loading::Failed(error) => {
                // Another format needs another app: only loading the page anew brings it.
                let upgraded = error == LoadError::OtherFormat;
                let again = Callback::new(move |()| {
                    address.asked_again();
                    library.retry().run(());
                });
                let retry = if upgraded { Callback::new(|()| history::reload()) } else { again };
                frame(lang, new_since, Arc::default(), None, move || {
                    expect_context::<Address>().arrived(lang.words().failed, "");
                    view! { <Failure error=error retry=retry whole_page=true/> }.into_any()
                })
            }
            Loading::Ready(library) => {
                let library = *library;
                provide_context(library);
                let portal = Memo::new(move |_| library.portal());
                let first = library.portal();
                for (ending, kind) in [("xml", "application/rss+xml"), ("json", "application/feed+json")] {
                    if let Some(address) = feed(&first, &library.root(), None, ending) {
                        document::announce(kind, &first.unit, &address);
                    }
                }
                let visits = expect_context::<Visits>();
                Effect::new(move |_| {
                    visits.send_to(portal.get().sending.as_ref());
                    if let Some(Accent { light, dark }) = portal.get().accent {
                        for (name, colour) in [
                            ("own-accent-light", light.accent),
                            ("own-deep-light", light.deep),
                            ("own-wash-light", light.wash),
                            ("own-accent-dark", dark.accent),
                            ("own-deep-dark", dark.deep),
                            ("own-wash-dark", dark.wash),
                        ] {
                            document::set_property(name, &colour.to_string());
                        }
                    }
                });
                (move || {
                    let set_lang = Callback::new(move |()| {
                        preferences.change_language();
                        // The button is built anew with all the rest; the reader must not lose it.
                        let focus = || {
                            document::focus(".masthead__language");
                        };
                        set_timeout(focus, Duration::ZERO);
                    });
                    frame(lang, new_since, portal.get(), Some((library, set_lang)), move || {
                        pages(library, lang.words())
                    })
                })
                .into_any()
            }
        }
    }
}

/// What is around every page; without portal and menu while the source is not open.
fn frame(
    lang: Lang,
    new_since: Option<Moment>,
    portal: Arc<Portal>,
    opened: Option<(Library, Callback<()>)>,
    inside: impl FnOnce() -> AnyView,
) -> AnyView {
    let (address, preferences) = (expect_context::<Address>(), expect_context::<Preferences>());
    let shelf = expect_context::<Shelf>();
    let words = lang.words();
    let root = opened.map(|(library, _)| library.root()).unwrap_or_default();
    provide_context(Arc::new(Site {
        words,
        portal,
        today: clock::today(),
        new_since,
        has_changed: Callback::new(move |headline| shelf.has_changed(&headline)),
        base: address.base(),
        root,
    }));
    // The link names the whole page: against `<base href>` a bare fragment would lead to the home page.
    let skip = move || {
        address.located();
        format!("{}#noi-dung", history::current_address())
    };
    view! {
        <a class="skip-link" href=skip>{words.skip_to_content}</a>
        {opened.map(|(library, change_language)| view! {
            <Masthead change_language=change_language reading=preferences.reading()
                change_reading=Callback::new(move |reading| preferences.read_as(reading)) suggesting=suggesting(library)/>
            <Navigation current=Signal::derive(move || address.located().route)/>
            <Connection library=library words=words/>
        })}
        <main id="noi-dung" tabindex="-1"><div class="page">{inside()}</div></main>
        {opened.map(|_| view! { <Footer/> })}
        <p class="visually-hidden" role="status" aria-live="polite">{move || address.said()}</p>
    }
    .into_any()
}

/// A line where the device is offline, or where what is shown is a saved copy.
#[component]
fn Connection(library: Library, words: &'static Words) -> impl IntoView {
    let online = network::online();
    // Back online, a saved copy is replaced without being asked for.
    Effect::new(move |_| {
        if online.get() && library.is_stale() {
            library.refresh();
        }
    });
    move || {
        let sentence = match (online.get(), library.is_stale()) {
            (false, _) => words.offline,
            (true, true) => words.stale,
            (true, false) => return None,
        };
        Some(view! {
            <div class="notice" role="status">
                <div class="page">
                    {sentence}" "
                    <button type="button" class="notice__button" on:click=move |_| library.refresh()>{words.try_again}</button>
                </div>
            </div>
        })
    }
}

/// The page of the address. The search page is one and the same whatever it is asked, and so is that of the code for
/// embedding.
fn pages(library: Library, words: &'static Words) -> AnyView {
    let address = expect_context::<Address>();
    let shown = shown_address(library, address);
    let page = Memo::new(move |_| {
        let shown = shown.get();
        let route = match shown.located.route {
            Route::Search(_) => Route::Search(Query::default()),
            Route::Embedding(_) => Route::Embedding(Box::default()),
            _ => return shown,
        };
        Shown { located: Located { route, dropped: vec![] }, visit: 0, waited: false }
    });
    (move || {
        let Shown { located: Located { route, dropped }, waited, .. } = page.get();
        provide_context(Waited(waited));
        let sentences = |dropped: Vec<Dropped>| dropped.iter().map(|part| words.dropped_part(part)).collect::<Vec<_>>();
        match route {
            Route::Home => view! {
                <DroppedNotice parts=sentences(dropped)/>
                <HomePage/>
            }
            .into_any(),
            Route::List { list, page } => view! { <ListedPage list=list page=page dropped=sentences(dropped)/> }.into_any(),
            Route::Contents => view! { <ContentsPage dropped=sentences(dropped)/> }.into_any(),
            Route::Article(slug) => view! { <ArticlePage slug=slug/> }.into_any(),
            Route::Calendar(agenda) => {
                let week = agenda.week.unwrap_or_else(|| Week::of(clock::today()));
                view! { <CalendarPage week=week agenda=agenda dropped=sentences(dropped)/> }.into_any()
            }
            Route::Statistics => view! { <StatisticsPage/> }.into_any(),
            Route::Saved => view! { <SavedPage/> }.into_any(),
            Route::Embedding(_) => {
                let chosen = Memo::new(move |before: Option<&String>| match address.located().route {
                    Route::Embedding(chosen) => chosen.print(),
                    _ => before.cloned().unwrap_or_default(),
                });
                view! { <EmbeddingPage chosen=chosen/> }.into_any()
            }
            Route::NotFound => view! { <NotFoundPage/> }.into_any(),
            Route::Search(_) => {
                let asked = Memo::new(move |_| known_categories(shown.get().located, &library.portal(), words));
                // The form follows the address at once: an answer that comes later must not take away what is typed meanwhile.
                let form = Memo::new(move |before: Option<&Query>| match address.located() {
                    located @ Located { route: Route::Search(_), .. } => known_categories(located, &library.portal(), words).0,
                    _ => before.cloned().unwrap_or_default(),
                });
                view! { <SearchPage form=form.into() query=Signal::derive(move || asked.get().0) dropped=Signal::derive(move || asked.get().1)/> }
                    .into_any()
            }
        }
    })
    .into_any()
}

/// The query without categories that the portal does not have, and a sentence for each that was left out.
fn known_categories(located: Located, portal: &Portal, words: &'static Words) -> (Query, Vec<String>) {
    let mut sentences: Vec<_> = located.dropped.iter().map(|part| words.dropped_part(part)).collect();
    let Route::Search(mut query) = located.route else { return (Query::default(), sentences) };
    query.categories.retain(|slug| {
        let known = portal.categories.iter().any(|category| category.slug == *slug);
        if !known {
            sentences.push(words.no_such_category(slug.as_str()));
        }
        known
    });
    (query, sentences)
}

/// An address whose page is shown; `visit` counts, so that asking for the same page again shows it again.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    located: Located,
    visit: u32,
    /// Whether [`NO_FLICKER`] has passed before the page was shown.
    waited: bool,
}

/// The address whose page is shown: the one asked for, as soon as its files are here or [`NO_FLICKER`] has
/// passed. Until then the last page stays, so that no empty page flashes by.
fn shown_address(library: Library, address: Address) -> ReadSignal<Shown> {
    let (shown, set_shown) = signal(Shown { located: address.located_untracked(), visit: 0, waited: false });
    let asked = StoredValue::new(0_u32);
    let warming = StoredValue::new(None::<AbortHandle>);
    Effect::new(move |before: Option<()>| {
        let located = address.located();
        if before.is_none() {
            return;
        }
        asked.update_value(|n| *n += 1);
        let visit = asked.get_value();
        let show = move |located: Located, waited: bool| {
            if asked.try_get_value() == Some(visit)
                && shown.try_with_untracked(|s| s.visit < visit) == Some(true)
            {
                let _ = set_shown.try_set(Shown { located, visit, waited });
            }
        };
        let later = located.clone();
        set_timeout(move || show(later, true), NO_FLICKER);
        let (warmed, handle) = abortable(async move {
            warm(library, &located.route).await;
            show(located, false);
        });
        let before = warming.try_update_value(|warming| warming.replace(handle)).flatten();
        leptos::task::spawn_local(async move {
            let _ = warmed.await;
        });
        // Only after the new question has been asked: a file that both need goes on coming.
        if let Some(before) = before {
            before.abort();
        }
    });
    shown
}

/// Loads what the page of this route needs first. Whether it succeeds is the page's business.
async fn warm(library: Library, route: &Route) {
    match route {
        Route::Home => drop(library.home().await),
        Route::List { list, page } => drop(library.list(list, *page).await),
        Route::Contents => drop(library.contents().await),
        Route::Article(slug) => drop(library.article(slug).await),
        Route::Calendar(agenda) => {
            drop(library.week(agenda.week.unwrap_or_else(|| Week::of(clock::today()))).await);
        }
        Route::Search(query) => drop(library.warm_answer(query).await),
        Route::Statistics | Route::Saved | Route::Embedding(_) | Route::NotFound => {}
    }
}
