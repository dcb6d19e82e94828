//! One article in a list: its picture, category, title, lead and date.

use super::{Picture, site};
use archive::Headline;
use leptos::prelude::*;
use routes::Route;

/// How much of a headline is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// The story that leads the front page: large picture, large title, lead.
    Lead,
    /// Picture above, title and date below.
    Card,
    /// Picture at the side, title, lead and date.
    Row,
    /// Title and date.
    Plain,
}

impl Look {
    /// How wide its picture is shown: see headline-card.css and layout.css.
    fn picture_sizes(self) -> &'static str {
        match self {
            Self::Lead => "(min-width: 62rem) 34rem, (min-width: 48rem) 62vw, 94vw",
            Self::Card => "(min-width: 62rem) 18rem, (min-width: 34rem) 45vw, 94vw",
            Self::Row => "(min-width: 40rem) 14rem, 33vw",
            Self::Plain => "0px",
        }
    }
}

/// One article in a list. The title is the link.
#[component]
pub(crate) fn HeadlineCard(
    /// The article.
    headline: Headline,
    /// How much of it.
    look: Look,
    /// `false` where the list is of one category anyway.
    #[prop(default = true)]
    with_category: bool,
    /// `true` where no heading of level 2 stands above it: its own has that level then, and 3 elsewhere.
    #[prop(optional)]
    top: bool,
) -> impl IntoView {
    let site = site();
    // What was read and changed is no longer new, but to be read again.
    let mark = if headline.modified.is_some() && site.has_changed.run(headline.clone()) {
        Some(site.words.updated_since)
    } else {
        let is_new = site.new_since.is_some_and(|since| headline.published > since);
        is_new.then_some(site.words.new)
    };
    let href = site.href(&Route::Article(headline.slug.clone()));
    let category = headline.category.as_ref().filter(|_| with_category);
    let category = category.and_then(|slug| site.category_name(slug)).map(str::to_owned);
    let image = headline.image.clone().filter(|_| look != Look::Plain);
    let lead = matches!(look, Look::Lead | Look::Row) && !headline.summary.is_empty();
    let class = match look {
        Look::Lead => "headline-card headline-card--lead",
        Look::Card => "headline-card headline-card--card",
        Look::Row => "headline-card headline-card--row",
        Look::Plain => "headline-card headline-card--plain",
    };
    let title = view! { <a class="headline-card__link" href=href>{headline.title}</a> };
    let title = if top || look == Look::Lead {
        view! { <h2 class="headline-card__title">{title}</h2> }.into_any()
    } else {
        view! { <h3 class="headline-card__title">{title}</h3> }.into_any()
    };
    view! {
        <article class=class lang="vi">
            {image.map(|image| view! {
                <div class="headline-card__picture"><Picture image=image decorative=true first={look == Look::Lead} sizes=look.picture_sizes()/></div>
            })}
            <div class="headline-card__text">
                {category.map(|name| view! { <p class="headline-card__category">{name}</p> })}
                {title}
                {lead.then(|| view! { <p class="headline-card__summary">{headline.summary}</p> })}
                <p class="headline-card__date">
                    <time datetime=headline.published.rfc3339()>{headline.published.to_string()}</time>
                    {mark.map(|mark| view! { <span class="headline-card__mark" lang=site.words.lang.tag()>{mark}</span> })}
                </p>
            </div>
        </article>
    }
}
