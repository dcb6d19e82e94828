//! "Thống kê truy cập": the figures of this browser, what they mean, and what the reader can do with them.

use super::shown;
use crate::{
    components::{Bar, Breadcrumb, Section, VisitChart, WholeVisits, site},
    data::{Loading, WholeSite},
    platform::{clock, download, upload},
    state::visits::{Keeping, SendingOn, Viewed, Visits},
    wording::Words,
};
use archive::{Moment, Slug, counts::Views};
use leptos::prelude::*;
use routes::{List, Route};
use visits::Figures;

/// Days and months of the charts.
const DAYS: usize = 30;
const MONTHS: u32 = 12;
/// Lines of each list.
const LINES: usize = 10;

/// The page of figures.
#[component]
pub(crate) fn StatisticsPage() -> impl IntoView {
    let site = site();
    let words = site.words;
    let visits = expect_context::<Visits>();
    let whole = super::whole_site(&site);
    shown(words.statistics, Viewed::default());
    view! {
        <div class="list-page">
            <Breadcrumb steps=Vec::new()/>
            <header class="page-head"><h1 tabindex="-1">{words.statistics}</h1></header>
            {whole.map(|whole| view! {
                <Section title=words.statistics_whole>
                    <WholeVisits figures=super::whole_figures(whole, site.today)/>
                    <p class="list-page__note">{words.statistics_whole_what}</p>
                </Section>
                <h2 class="section__title">{words.on_this_device}</h2>
            })}
            {move || summary(visits, words)}
            <p class="list-page__note">{words.statistics_what}</p>
            {move || {
                let note = match visits.keeping() {
                    Keeping::Kept => None,
                    Keeping::NotKept => Some(words.statistics_not_kept),
                    Keeping::Newer => Some(words.statistics_newer),
                };
                note.map(|note| view! { <p class="list-page__note" role="status">{note}</p> })
            }}
            {move || visits.has_put_aside().then(|| view! { <p class="list-page__note" role="status">{words.statistics_put_aside}</p> })}
            <Section title=words.statistics_course>
                {move || charts(visits, words)}
            </Section>
            {move || read_most(visits, words)}
            {move || last_visits(visits, words)}
            <Section title=words.statistics_yours><Yours/></Section>
            // Last, because it comes late: so it moves nothing that is being read.
            {whole.map(|whole| move || match whole.get() {
                Loading::Ready(whole) => asked_most(&whole, words),
                Loading::Waiting | Loading::Failed(_) => None,
            })}
        </div>
    }
}

/// Visits and views of the day, the week, the month, the year and in all.
fn summary(visits: Visits, words: &'static Words) -> impl IntoView {
    let summary = visits.summary();
    let row = |name: &'static str, figures: Option<Figures>| {
        let number =
            |read: fn(Figures) -> u64| figures.map_or_else(|| "…".to_owned(), |f| words.number(read(f)));
        view! { <tr><th scope="row">{name}</th><td>{number(|f| f.visits)}</td><td>{number(|f| f.views)}</td></tr> }
    };
    view! {
        <table class="figures">
            <caption class="visually-hidden">{words.statistics}</caption>
            <thead><tr><td></td><th scope="col">{words.visits}</th><th scope="col">{words.views}</th></tr></thead>
            <tbody>
                {row(words.statistics_today, summary.map(|s| s.today))}
                {row(words.this_week, summary.map(|s| s.week))}
                {row(words.this_month, summary.map(|s| s.month))}
                {row(words.this_year, summary.map(|s| s.year))}
                {row(words.statistics_total, summary.map(|s| s.total))}
            </tbody>
        </table>
    }
}

fn charts(visits: Visits, words: &'static Words) -> impl IntoView {
    let bar = |name: String, Figures { visits, views }: Figures| Bar { name, visits, views };
    let days = visits.days(DAYS).into_iter().map(|(day, figures)| bar(words.date(day), figures)).collect();
    let months = visits.months(MONTHS).into_iter();
    let months = months.map(|(first, figures)| bar(words.month_of(first), figures)).collect();
    view! {
        <VisitChart title=words.statistics_days of=words.day bars=days/>
        <VisitChart title=words.statistics_months of=words.in_month bars=months/>
    }
}

/// What is called so, where it is, and how often it was viewed.
fn line(name: String, href: String, times: String) -> impl IntoView {
    view! {
        <li class="shelf__line">
            <a class="shelf__title" lang="vi" href=href>{name}</a>" "<span class="shelf__when">{times}</span>
        </li>
    }
}

/// The articles and categories viewed most often; nothing where none was.
fn read_most(visits: Visits, words: &'static Words) -> Option<impl IntoView> {
    let site = site();
    let line = |name, route, views| line(name, site.href(&route), words.times_viewed(views));
    let articles = visits.articles(LINES).into_iter().filter_map(|counted| {
        Some(line(counted.title, Route::Article(counted.slug.parse::<Slug>().ok()?), counted.views))
    });
    let articles: Vec<_> = articles.collect();
    let categories = visits.categories(LINES).into_iter().filter_map(|counted| {
        let slug = counted.slug.parse::<Slug>().ok()?;
        let name = site.category_name(&slug)?.to_owned();
        Some(line(name, List::Category(slug).route(), counted.views))
    });
    let categories: Vec<_> = categories.collect();
    let list = |title: &'static str, lines: Vec<_>| {
        (!lines.is_empty())
            .then(|| view! { <Section title=title><ol class="shelf" role="list">{lines}</ol></Section> })
    };
    Some((list(words.statistics_articles, articles), list(words.statistics_categories, categories)))
}

/// The articles of the whole portal that are asked for most, where that is known.
fn asked_most(whole: &WholeSite, words: &'static Words) -> Option<impl IntoView + use<>> {
    let site = site();
    let lines: Vec<_> = whole
        .articles
        .iter()
        .map(|Views { slug, title, views }| {
            line(title.clone(), site.href(&Route::Article(slug.clone())), words.times(*views))
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Section title=words.statistics_asked>
                <ol class="shelf" role="list">{lines}</ol>
                <p class="list-page__note">{words.statistics_asked_what}</p>
            </Section>
        }
    })
}

/// When the last visits were.
fn last_visits(visits: Visits, words: &'static Words) -> Option<impl IntoView> {
    let lines = visits.last(LINES).into_iter().filter_map(|(from, to)| {
        let (from, to) = (Moment::from_unix(from)?.to_string(), Moment::from_unix(to)?.to_string());
        // A visit never crosses midnight: the day is the same.
        let until = to.rsplit_once(' ').map_or("", |(_, time)| time);
        let text = if from == to { from } else { [&from, " – ", until].concat() };
        Some(view! { <li>{text}</li> })
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Section title=words.statistics_visits><ol class="visit-times" role="list">{lines}</ol></Section>
        }
    })
}

/// What the reader can do with the figures: take them away, bring them, forget them, and end counting.
#[component]
fn Yours() -> impl IntoView {
    let words = site().words;
    let visits = expect_context::<Visits>();
    let said = RwSignal::new("");
    let asked = RwSignal::new(false);
    let save = move |name: &str, kind: &str, text: &str| {
        said.set(if download::save(name, kind, text) { words.file_saved_plainly } else { words.take_failed });
    };
    let name = |ending: &str| ["thong-ke-truy-cap-", &clock::today().to_string(), ".", ending].concat();
    let import = move |event| {
        leptos::task::spawn_local(async move {
            let Some(text) = upload::chosen_text(&event).await else { return };
            said.set(match visits.import(&text) {
                Ok(()) => words.statistics_imported,
                Err(visits::Error::Newer(_)) => words.statistics_import_newer,
                Err(_) => words.statistics_import_failed,
            });
        });
    };
    view! {
        <p class="list-page__note">
            {move || match visits.sending_on() {
                SendingOn::No => words.statistics_private.to_owned(),
                SendingOn::Refused => words.statistics_refused.to_owned(),
                SendingOn::To(host) => words.statistics_sent(&host),
            }}
        </p>
        <label class="switch">
            <input type="checkbox" prop:checked=move || visits.is_counting()
                on:change=move |_| visits.set_counting(!visits.is_counting())/>
            <span>{words.statistics_counting}</span>
        </label>
        <p class="visit-tools">
            <button type="button" class="button button--quiet"
                on:click=move |_| save(&name("json"), "application/json", &visits.to_json())>{words.statistics_take_json}</button>
            <button type="button" class="button button--quiet"
                on:click=move |_| save(&name("csv"), "text/csv;charset=utf-8", &visits.to_csv([words.day, words.visits, words.views]))>{words.take_csv}</button>
            <label class="button button--quiet visit-tools__file">
                {words.statistics_import}
                <input type="file" class="visually-hidden" accept=".json,application/json" on:change=import/>
            </label>
            {move || if asked.get() {
                view! {
                    <button type="button" class="button" on:click=move |_| {
                        visits.erase();
                        asked.set(false);
                        said.set(words.statistics_erased);
                    }>{words.statistics_erase_surely}</button>
                    <button type="button" class="button button--quiet" on:click=move |_| asked.set(false)>{words.cancel}</button>
                }.into_any()
            } else {
                view! { <button type="button" class="button button--quiet" on:click=move |_| asked.set(true)>{words.statistics_erase}</button> }.into_any()
            }}
        </p>
        <p class="list-page__note" role="status">{move || said.get()}</p>
    }
}
