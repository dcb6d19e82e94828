//! One article, whole.

use super::{listening::Listen, shown, whole_page};
use crate::{
    components::{
        ArticleBody, ArticleTools, Attachments, Breadcrumb, Contents, Deed, Enlarge, HeadlineCard,
        LargerPicture, Look, PaperMark, PictureDialog, Section, Site, site,
    },
    data::{Library, load},
    platform::{document, download, history, share},
    state::{shelf::Shelf, visits::Viewed},
};
use archive::{
    Article, Headline, Moment, Slug,
    body::Image,
    published::{Neighbour, oembed_file},
    standalone::{Around, standalone},
};
use leptos::{ev, prelude::*};
use routes::{Embedding, List, Route};
use search_index::Query;
use std::{collections::BTreeMap, sync::Arc};

/// Fewest headings that are worth a table of contents.
const CONTENTS_FROM: usize = 3;

/// Syllables that a reader of Vietnamese takes in a minute.
const SYLLABLES_A_MINUTE: usize = 220;

/// The article's page.
#[component]
pub(crate) fn ArticlePage(
    /// Which article.
    slug: Slug,
) -> impl IntoView {
    let library = expect_context::<Library>();
    let article = load(move || {
        library.track();
        let slug = slug.clone();
        async move { library.article(&slug).await }
    });
    whole_page(article, |article: Arc<Article>| {
        let site = site();
        let Headline { slug, title, category, .. } = &article.headline;
        let category = category.as_ref().map(ToString::to_string);
        shown(title, Viewed { article: Some((slug.to_string(), title.clone())), category });
        show(&article, &site)
    })
}

fn show(article: &Arc<Article>, site: &Site) -> AnyView {
    let words = site.words;
    let headline = &article.headline;
    // By this link other sites make a card of the article's address.
    if !site.portal.url.is_empty() {
        let card = [site.root.as_str(), &oembed_file(&headline.slug)].concat();
        document::announce_card(&headline.title, &card);
        on_cleanup(document::withdraw_card);
    }
    let language = if article.language.is_empty() { "vi".to_owned() } else { article.language.clone() };
    let steps = headline.category.as_ref().and_then(|slug| {
        let name = site.category_name(slug)?.to_owned();
        Some((name, List::Category(slug.clone()).route()))
    });
    let topic = article.topic.as_ref().and_then(|topic| {
        let name = site.topic_name(&topic.slug)?.to_owned();
        Some((name, site.href(&List::Topic(topic.slug.clone()).route()), topic))
    });
    let topic_above = topic.clone().map(|(name, href, _)| {
        view! {
            <p class="article__topic">{words.topic}": "<a href=href lang="vi">{name}</a></p>
        }
    });
    let topic_below = topic.map(|(name, href, topic)| {
        let others = neighbours(site, topic.newer.as_ref(), topic.older.as_ref(), words.in_topic);
        view! { <Section title=name of_archive=true kind=words.topic href=Some(href) look="inside">{others}</Section> }
    });
    let of_category = neighbours(site, article.newer.as_ref(), article.older.as_ref(), words.in_category);
    // Two pairs of neighbours need two names.
    let of_category = of_category.map(|pair| match topic_below {
        Some(_) => view! { <Section title=words.in_category look="inside">{pair}</Section> }.into_any(),
        None => pair.into_any(),
    });
    let byline: Vec<_> =
        [article.authors.join(", "), article.unit.clone()].into_iter().filter(|s| !s.is_empty()).collect();
    let byline = byline.join(" - ");
    // The text often carries the picture itself; then it is not shown twice.
    let inside = article.body.images();
    let picture = article.banner.as_ref().or(headline.image.as_ref());
    let picture = picture.filter(|image| !inside.iter().any(|inside| inside.src == image.src)).cloned();
    let caption = article.caption.clone();
    let minutes = article.body.plain_text().split_whitespace().count().div_ceil(SYLLABLES_A_MINUTE).max(1);
    let headings: Vec<_> = article.body.headings().collect();
    let contents = (headings.len() >= CONTENTS_FROM).then(|| {
        let page = document::absolute(&site.href(&Route::Article(headline.slug.clone()))).unwrap_or_default();
        view! { <Contents headings=headings page=page/> }
    });
    let images: Vec<Image> = picture.iter().chain(inside).cloned().collect();
    let enlarged = RwSignal::new(None);
    let known = images.clone();
    provide_context(Enlarge(Callback::new(move |image: Image| {
        enlarged.set(known.iter().position(|known| known.src == image.src));
    })));
    let read_before = expect_context::<Shelf>().note(headline);
    let changed = read_before
        .filter(|before| before.is_before(headline))
        .and_then(|before| Moment::from_unix(before.at))
        .map(|then| view! { <p class="notice-line" role="note">{words.changed_since(&words.date(then.day()))}</p> });
    let about = About {
        article: article.clone(),
        by: byline.clone(),
        language: language.clone(),
        picture: picture.clone(),
    };
    let tags: Vec<_> = article
        .tags
        .iter()
        .map(|tag| {
            let query = Query { tag: tag.clone(), ..Query::default() };
            view! { <li><a class="tag" href=site.href(&Route::Search(query))>{tag.clone()}</a></li> }
        })
        .collect();
    let related: Vec<_> = article
        .related
        .iter()
        .cloned()
        .map(|headline| view! { <HeadlineCard headline=headline look=Look::Card/> })
        .collect();
    let source = (!article.source.is_empty()).then(|| view! {
        <p class="article__source"><span>{words.source}": "</span><span lang="vi">{article.source.clone()}</span></p>
    });
    let original = (!article.original.is_empty()).then(|| {
        view! {
            <p class="article__source"><a href=article.original.clone() rel="noopener">{words.original}</a></p>
        }
    });
    view! {
        <Progress/>
        <article class="article">
            <Breadcrumb steps=steps.into_iter().collect()/>
            <header class="article__head">
                {topic_above}
                <h1 class="article__title" tabindex="-1" lang=language.clone()>{headline.title.clone()}</h1>
                <p class="article__about">
                    {time(headline.published)}
                    {headline.modified.filter(|m| *m != headline.published).map(|modified| view! {
                        <span class="article__modified">{words.updated}" "{time(modified)}</span>
                    })}
                    <span class="article__minutes">{words.reading_time(minutes)}</span>
                    {(!byline.is_empty()).then(|| view! { <span class="article__byline" lang="vi">{byline}</span> })}
                </p>
                {changed}
                <Tools about=about/>
            </header>
            {contents}
            <div class="article__text" lang=language>
                {(!headline.summary.is_empty()).then(|| view! { <p class="article__lead">{headline.summary.clone()}</p> })}
                {picture.map(|image| view! {
                    <figure class="article__picture">
                        <LargerPicture image=image first=true/>
                        {(!caption.is_empty()).then(|| view! { <figcaption>{caption}</figcaption> })}
                    </figure>
                })}
                <ArticleBody body=article.body.clone()/>
            </div>
            <footer class="article__foot">
                {source}
                {original}
                <Attachments attachments=article.attachments.clone()/>
                {(!tags.is_empty()).then(|| view! {
                    <Section title=words.tags look="inside"><ul class="tags" role="list" lang="vi">{tags}</ul></Section>
                })}
                {topic_below}
                <PaperMark address=history::current_address()/>
                {of_category}
            </footer>
        </article>
        <PictureDialog images=images shown=enlarged/>
        {(!related.is_empty()).then(|| view! {
            <div class="related no-print"><Section title=words.related><div class="cards">{related}</div></Section></div>
        })}
    }
    .into_any()
}

fn time(moment: Moment) -> impl IntoView {
    view! { <time datetime=moment.rfc3339()>{moment.to_string()}</time> }
}

/// The next newer and the next older article.
fn neighbours(
    site: &Site,
    newer: Option<&Neighbour>,
    older: Option<&Neighbour>,
    name: &'static str,
) -> Option<impl IntoView + use<>> {
    (newer.is_some() || older.is_some()).then(|| {
        view! {
            <nav class="neighbours no-print" aria-label=name lang=site.words.lang.tag()>
                {neighbour(site, newer, site.words.newer, "prev")}
                {neighbour(site, older, site.words.older, "next")}
            </nav>
        }
    })
}

fn neighbour(
    site: &Site,
    neighbour: Option<&Neighbour>,
    name: &'static str,
    rel: &'static str,
) -> Option<impl IntoView + use<>> {
    let neighbour = neighbour?;
    let href = site.href(&Route::Article(neighbour.slug.clone()));
    Some(view! {
        <a class=format!("neighbours__one neighbours__one--{rel}") rel=rel href=href>
            <span class="neighbours__name">{name}</span>" "
            <span class="neighbours__title" lang="vi">{neighbour.title.clone()}</span>
        </a>
    })
}

/// How far the text has been read.
#[component]
fn Progress() -> impl IntoView {
    let (read, set_read) = signal(0_u8);
    // Measuring makes the browser lay the page out; it scrolls more often than it draws.
    let measuring = StoredValue::new(false);
    let scrolled = window_event_listener(ev::scroll, move |_| {
        if measuring.try_update_value(|measuring| std::mem::replace(measuring, true)) == Some(false) {
            request_animation_frame(move || {
                let _ = measuring.try_set_value(false);
                let _ = set_read.try_set(document::progress_through(".article__text"));
            });
        }
    });
    on_cleanup(move || scrolled.remove());
    view! {
        <div class="reading-progress no-print" aria-hidden="true" style:inline-size=move || [read.get().to_string().as_str(), "%"].concat()></div>
    }
}

/// What the buttons need to know of an article.
#[derive(Debug, Clone)]
struct About {
    article: Arc<Article>,
    /// Authors and unit.
    by: String,
    /// BCP 47 tag.
    language: String,
    /// The picture above the text.
    picture: Option<Image>,
}

/// The article as one file of HTML. A picture that does not come is left as a link to where it is.
async fn one_file(library: Library, about: &About, site: &Site, address: &str) -> String {
    let Article { headline, body, caption, .. } = &*about.article;
    let mut inside = BTreeMap::new();
    for image in body.images().into_iter().chain(&about.picture) {
        let url = site.image(&image.src);
        if let Ok(bytes) = library.picture(&url).await {
            inside.insert(&image.src, download::data_url(&url, &bytes));
        }
    }
    let words = site.words;
    let around = Around {
        language: about.language.clone(),
        title: headline.title.clone(),
        about: vec![headline.published.to_string(), about.by.clone()],
        lead: headline.summary.clone(),
        picture: about.picture.clone().map(|image| (image, caption.clone())),
        foot: vec![
            site.portal.unit.clone(),
            [words.printed_from, ": ", address].concat(),
            [words.saved_on, " ", &words.date(site.today)].concat(),
        ],
    };
    let whole = |address: String| document::absolute(&address).unwrap_or(address);
    standalone(
        &around,
        body,
        &|image| inside.get(&image.src).cloned().unwrap_or_else(|| whole(site.image(&image.src))),
        &|target| whole(site.target(target)),
    )
}

/// The buttons, and what they do.
#[component]
fn Tools(about: About) -> impl IntoView {
    let site = site();
    let (words, today) = (site.words, site.today);
    let (shelf, library) = (expect_context::<Shelf>(), expect_context::<Library>());
    let (said, set_said) = signal("");
    let take = move |text: String, done: &'static str| {
        leptos::task::spawn_local(async move {
            let copied = share::copy(&text).await;
            let _ = set_said.try_set(if copied { done } else { words.copy_failed });
        });
    };
    let (title, url) =
        (share::encoded(&about.article.headline.title), share::encoded(&history::current_address()));
    let services = vec![
        ("Zalo", ["https://sp.zalo.me/share_inline?url=", &url].concat()),
        ("Facebook", ["https://www.facebook.com/sharer/sharer.php?u=", &url].concat()),
        (words.email, ["mailto:?subject=", &title, "&body=", &url].concat()),
    ];
    let device = share::has_sharing().then_some(Deed::Share);
    let deeds = device.into_iter().chain([Deed::CopyLink, Deed::Cite, Deed::SaveFile, Deed::Print]).collect();
    let slug = about.article.headline.slug.clone();
    let saved = Signal::derive(move || shelf.is_saved(&slug));
    // In a feed its own address names it.
    let name =
        if library.shows_feed() { &about.article.original } else { about.article.headline.slug.as_str() };
    let embedding = Embedding::of_article(name.to_owned());
    let embedding = site.href(&Route::Embedding(Box::new(embedding)));
    let about = StoredValue::new(about);
    let save = Callback::new(move |()| {
        about.with_value(|about| shelf.toggle(&about.article.headline.slug, &about.article.headline.title));
    });
    let publisher = site.portal.unit.clone();
    let language = about.with_value(|about| about.language.clone());
    let act = Callback::new(move |deed| {
        let (about, address) = (about.get_value(), history::current_address());
        let headline = &about.article.headline;
        match deed {
            Deed::Share => {
                let title = headline.title.clone();
                leptos::task::spawn_local(async move { share::share(&title, &address).await });
            }
            Deed::CopyLink => take(address, words.copied),
            Deed::Cite => {
                let published = headline.published.day();
                let text = words.citation(&about.by, &headline.title, published, &publisher, &address, today);
                take(text, words.cited);
            }
            Deed::Print => share::print(),
            Deed::SaveFile => {
                let (site, name) = (site.clone(), [headline.slug.as_str(), ".html"].concat());
                set_said.set(words.taking);
                leptos::task::spawn_local(async move {
                    let text = one_file(library, &about, &site, &address).await;
                    let saved = download::save(&name, "text/html;charset=utf-8", &text);
                    let _ = set_said.try_set(if saved { words.file_saved } else { words.take_failed });
                });
            }
        }
    });
    view! {
        <ArticleTools saved=saved save=save deeds=deeds act=act services=services embedding=embedding said=said.into()>
            <Listen language=language/>
        </ArticleTools>
    }
}
