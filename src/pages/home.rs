//! The front page: the lead story, hot and featured news, the newest, columns by category, and the
//! service column.

use super::{shown, whole_page};
use crate::{
    components::{
        Detail, Failure, HeadlineCard, LinkedSites, Look, Section, Site, VisitFigures, Waiting, WeekList,
        WholeVisits, site,
    },
    data::{Library, Loaded, Loading, load},
    state::visits::{Viewed, Visits},
};
use archive::{
    Headline, Slug,
    published::{Home, HomeBlock},
};
use leptos::prelude::*;
use routes::{Agenda, List, Route};
use search_index::Query;
use std::{collections::BTreeSet, sync::Arc};
use work_calendar::{Event, Week};

/// Stories shown under "Tin tiêu điểm" beside the lead, under "Tin nóng", "Tin mới nhất" and in a column.
const FEATURED: usize = 3;
const HOT: usize = 5;
const NEWEST: usize = 6;
const COLUMN: usize = 4;

/// The front page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let library = expect_context::<Library>();
    let home = load(move || {
        library.track();
        library.home()
    });
    whole_page(home, move |home: Arc<Home>| {
        let site = site();
        shown(site.words.home, Viewed::default());
        let front = Front::choose(&home, &site);
        let (side, main): (Vec<HomeBlock>, Vec<HomeBlock>) =
            site.portal.home.iter().copied().partition(|block| is_service(*block));
        let empty = home.headlines.is_empty();
        let week = Week::of(site.today);
        let events = load(move || {
            library.track();
            library.week(week)
        });
        // What stands below the calendar comes after it: then nothing moves.
        let come = Memo::new(move |before: Option<&bool>| {
            before == Some(&true) || !matches!(events.get(), Loading::Waiting)
        });
        let above =
            side.iter().position(|block| *block == HomeBlock::Calendar).map_or(side.len(), |at| at + 1);
        let below = side[above..].to_vec();
        let side: Vec<_> = side[..above].iter().map(|block| service(*block, &site, week, events)).collect();
        let below = {
            let site = site.clone();
            move || {
                come.get().then(|| {
                    below.iter().map(|block| service(*block, &site, week, events)).collect::<Vec<_>>()
                })
            }
        };
        view! {
            <h1 class="visually-hidden" tabindex="-1" lang="vi">{site.portal.name.clone()}" – "{site.portal.unit.clone()}</h1>
            {empty.then(|| view! { <p class="empty">{site.words.empty_portal}</p> })}
            <div class="front">
                <div class="front__main">
                    {front.lead_view(&site)}
                    {main.into_iter().map(|block| front.block(block, &site)).collect::<Vec<_>>()}
                </div>
                <div class="front__side">{side}{below}</div>
            </div>
        }
        .into_any()
    })
}

/// Which story stands where: each at one place above the columns.
struct Front {
    lead: Option<Headline>,
    hot: Vec<Headline>,
    featured: Vec<Headline>,
    newest: Vec<Headline>,
    columns: Vec<(Slug, Vec<Headline>)>,
    topics: Vec<(Slug, Vec<Headline>)>,
}

impl Front {
    fn choose(home: &Home, site: &Site) -> Self {
        let today = site.today;
        let mut used = BTreeSet::new();
        // The lead: the newest featured story with a picture, else the newest of all with one.
        let featured = |h: &Headline| h.featured.holds(today);
        let mut lead = take(home, &home.featured, 1, &mut used, |h| featured(h) && h.image.is_some());
        if lead.is_empty() {
            lead = take(home, &home.newest, 1, &mut used, |h| h.image.is_some());
        }
        let at_most = |block, count| if site.portal.home.contains(&block) { count } else { 0 };
        let hot = take(home, &home.hot, at_most(HomeBlock::Hot, HOT), &mut used, |h| h.hot.holds(today));
        let featured =
            take(home, &home.featured, at_most(HomeBlock::Featured, FEATURED), &mut used, featured);
        let newest = take(home, &home.newest, at_most(HomeBlock::Newest, NEWEST), &mut used, |_| true);
        let columns = home
            .categories
            .iter()
            .map(|(slug, positions)| {
                let fresh = home.pick(positions).filter(|h| lead.iter().all(|lead| lead.slug != h.slug));
                (slug.clone(), fresh.take(COLUMN).cloned().collect())
            })
            .collect();
        let topics = home.topics.iter();
        let topics = topics.map(|(slug, list)| (slug.clone(), home.pick(list).cloned().collect())).collect();
        Self { lead: lead.pop(), hot, featured, newest, columns, topics }
    }

    /// The lead story and, beside it, the hot news.
    fn lead_view(&self, site: &Site) -> Option<AnyView> {
        let lead = self.lead.clone()?;
        let hot = (!self.hot.is_empty()).then(|| {
            let list = cards(&self.hot, Look::Plain);
            view! { <Section title=site.words.hot look="hot">{list}</Section> }
        });
        Some(view! { <div class="lead"><HeadlineCard headline=lead look=Look::Lead/>{hot}</div> }.into_any())
    }

    fn block(&self, block: HomeBlock, site: &Site) -> Option<AnyView> {
        let words = site.words;
        match block {
            HomeBlock::Featured if !self.featured.is_empty() => {
                let list = cards(&self.featured, Look::Card);
                let section =
                    view! { <Section title=words.featured><div class="cards">{list}</div></Section> };
                Some(section.into_any())
            }
            HomeBlock::Newest if !self.newest.is_empty() => {
                let all = site.href(&Route::Search(Query::default()));
                let list = cards(&self.newest, Look::Row);
                let section = view! {
                    <Section title=words.newest href=Some(all.clone())>
                        {list}
                        <p class="more"><a href=all>{words.all_news}</a></p>
                    </Section>
                };
                Some(section.into_any())
            }
            HomeBlock::Topics if !self.topics.is_empty() => {
                let topics: Vec<_> =
                    self.topics.iter().filter_map(|(slug, list)| topic(site, slug, list)).collect();
                Some(view! { <div class="columns">{topics}</div> }.into_any())
            }
            HomeBlock::Categories => {
                let columns: Vec<_> =
                    self.columns.iter().filter_map(|(slug, list)| column(site, slug, list)).collect();
                Some(view! { <div class="columns">{columns}</div> }.into_any())
            }
            _ => None,
        }
    }
}

/// The first of these stories that fit and have no place yet; from now on they have one.
fn take(
    home: &Home,
    positions: &[usize],
    at_most: usize,
    used: &mut BTreeSet<Slug>,
    fits: impl Fn(&Headline) -> bool,
) -> Vec<Headline> {
    let fresh = home.pick(positions).filter(|h| fits(h) && !used.contains(&h.slug)).take(at_most);
    let taken: Vec<_> = fresh.cloned().collect();
    used.extend(taken.iter().map(|h| h.slug.clone()));
    taken
}

fn cards(headlines: &[Headline], look: Look) -> Vec<impl IntoView + use<>> {
    headlines.iter().cloned().map(|headline| view! { <HeadlineCard headline=headline look=look/> }).collect()
}

/// A category's column: the newest with its picture, the others by title.
fn column(site: &Site, slug: &Slug, headlines: &[Headline]) -> Option<impl IntoView + use<>> {
    let name = site.category_name(slug)?.to_owned();
    let href = site.href(&List::Category(slug.clone()).route());
    let list: Vec<_> = headlines
        .iter()
        .cloned()
        .enumerate()
        .map(|(i, headline)| {
            let look = if i == 0 { Look::Card } else { Look::Plain };
            view! { <HeadlineCard headline=headline look=look with_category=false/> }
        })
        .collect();
    (!list.is_empty()).then(|| view! { <Section title=name of_archive=true href=Some(href)>{list}</Section> })
}

/// A topic's newest articles.
fn topic(site: &Site, slug: &Slug, headlines: &[Headline]) -> Option<impl IntoView + use<>> {
    let name = site.topic_name(slug)?.to_owned();
    let href = site.href(&List::Topic(slug.clone()).route());
    let list = cards(headlines, Look::Plain);
    Some(view! { <Section title=name of_archive=true kind=site.words.topic href=Some(href)>{list}</Section> })
}

fn is_service(block: HomeBlock) -> bool {
    matches!(block, HomeBlock::Calendar | HomeBlock::Links | HomeBlock::Visits)
}

/// A block of the service column.
fn service(block: HomeBlock, site: &Site, week: Week, events: Loaded<Vec<Event>>) -> Option<AnyView> {
    let words = site.words;
    let section = |title: &'static str, href: Option<String>, inside: AnyView| {
        view! { <Section title=title href=href look="side">{inside}</Section> }.into_any()
    };
    match block {
        HomeBlock::Calendar => Some(section(
            words.calendar,
            Some(site.href(&Route::Calendar(Agenda::default()))),
            this_week(site, week, events),
        )),
        HomeBlock::Links if !site.portal.links.is_empty() => {
            let groups = site.portal.links.clone();
            Some(section(words.links, None, view! { <LinkedSites groups=groups/> }.into_any()))
        }
        HomeBlock::Visits => {
            let visits = expect_context::<Visits>();
            let today = Signal::derive(move || visits.summary().map(|summary| summary.today.visits));
            let total = Signal::derive(move || visits.summary().map(|summary| summary.total.visits));
            let whole = super::whole_site(site).map(|whole| {
                let figures = super::whole_figures(whole, site.today);
                view! { <WholeVisits figures=figures/> <p class="visit-figures__whose">{words.on_this_device}</p> }
            });
            let inside = view! { {whole}<VisitFigures today=today total=total/> }.into_any();
            Some(section(words.statistics, Some(site.href(&Route::Statistics)), inside))
        }
        _ => None,
    }
}

/// The calendar of this week; it waits and fails by itself, the news does not wait for it.
fn this_week(site: &Site, week: Week, events: Loaded<Vec<Event>>) -> AnyView {
    let all = site.href(&Route::Calendar(Agenda::default()));
    let full = site.words.calendar_full;
    (move || match events.get() {
        Loading::Waiting => view! { <Waiting/> }.into_any(),
        Loading::Failed(error) => view! { <Failure error=error retry=events.retry()/> }.into_any(),
        Loading::Ready(events) => view! {
            <WeekList week=week events=events detail=Detail::Short/>
            <p class="more"><a href=all.clone()>{full}</a></p>
        }
        .into_any(),
    })
    .into_any()
}
