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
    Article, Body, Headline, Moment, Slug,
    body::Image,
    published::Neighbour,
    standalone::{Around, standalone},
};
use leptos::{ev, prelude::*};
use routes::{List, Route};
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
        show(Arc::unwrap_or_clone(article), &site)
    })
}

fn show(article: Article, site: &Site) -> AnyView {
    let words = site.words;
    let headline = article.headline;
    let language = if article.language.is_empty() { "vi".to_owned() } else { article.language };
    let steps = headline.category.as_ref().and_then(|slug| {
        let name = site.category_name(slug)?.to_owned();
        Some((name, List::Category(slug.clone()).route()))
    });
    let topic = article.topic.and_then(|topic| {
        let name = site.topic_name(&topic.slug)?.to_owned();
        Some((name, site.href(&List::Topic(topic.slug).route()), topic.newer, topic.older))
    });
    let topic_above = topic.clone().map(|(name, href, ..)| {
        view! {
            <p class="article__topic">{words.topic}": "<a href=href lang="vi">{name}</a></p>
        }
    });
    let topic_below = topic.map(|(name, href, newer, older)| {
        let others = neighbours(site, newer, older, words.in_topic);
        view! { <Section title=name of_archive=true kind=words.topic href=Some(href) look="inside">{others}</Section> }
    });
    let of_category = neighbours(site, article.newer, article.older, words.in_category);
    // Two pairs of neighbours need two names.
    let of_category = of_category.map(|pair| match topic_below {
        Some(_) => view! { <Section title=words.in_category look="inside">{pair}</Section> }.into_any(),
        None => pair.into_any(),
    });
    let byline: Vec<_> =
        [article.authors.join(", "), article.unit].into_iter().filter(|s| !s.is_empty()).collect();
    let byline = byline.join(" - ");
    // The text often carries the picture itself; then it is not shown twice.
    let picture = article.banner.or(headline.image).filter(|image| {
        let mut body = article.body.clone();
        !body.images_mut().iter().any(|inside| inside.src == image.src)
    });
    let caption = article.caption;
    let mut body = article.body;
    let minutes = body.plain_text().split_whitespace().count().div_ceil(SYLLABLES_A_MINUTE).max(1);
    let headings: Vec<_> = body.headings().collect();
    let contents = (headings.len() >= CONTENTS_FROM).then(|| {
        let page = document::absolute(&site.href(&Route::Article(headline.slug.clone()))).unwrap_or_default();
        view! { <Contents headings=headings page=page/> }
    });
    let images: Vec<Image> =
        picture.iter().cloned().chain(body.images_mut().into_iter().map(|image| image.clone())).collect();
    let enlarged = RwSignal::new(None);
    let known = images.clone();
    provide_context(Enlarge(Callback::new(move |image: Image| {
        enlarged.set(known.iter().position(|known| known.src == image.src));
    })));
    let state = article.modified.unwrap_or(headline.published).unix();
    let read_before = expect_context::<Shelf>().note(&headline.slug, &headline.title, state);
    let changed = read_before
        .filter(|before| before.state.is_some_and(|known| known < state))
        .and_then(|before| Moment::from_unix(before.at))
        .map(|then| view! { <p class="notice-line" role="note">{words.changed_since(&words.date(then.day()))}</p> });
    let about = About {
        slug: headline.slug.clone(),
        title: headline.title.clone(),
        by: byline.clone(),
        published: headline.published,
        lead: headline.summary.clone(),
        language: language.clone(),
        picture: picture.clone().map(|image| (image, caption.clone())),
        body: Arc::new(body.clone()),
    };
    let tags: Vec<_> = article
        .tags
        .into_iter()
        .map(|tag| {
            let query = Query { tag: tag.clone(), ..Query::default() };
            view! { <li><a class="tag" href=site.href(&Route::Search(query))>{tag}</a></li> }
        })
        .collect();
    let related: Vec<_> = article
        .related
        .into_iter()
        .map(|headline| view! { <HeadlineCard headline=headline look=Look::Card/> })
        .collect();
    let source = (!article.source.is_empty()).then(|| view! {
        <p class="article__source"><span>{words.source}": "</span><span lang="vi">{article.source}</span></p>
    });
    let original = (!article.original.is_empty()).then(|| {
        view! {
            <p class="article__source"><a href=article.original rel="noopener">{words.original}</a></p>
        }
    });
    view! {
        <Progress/>
        <article class="article">
            <Breadcrumb steps=steps.into_iter().collect()/>
            <header class="article__head">
                {topic_above}
                <h1 class="article__title" tabindex="-1" lang=language.clone()>{headline.title}</h1>
                <p class="article__about">
                    {time(headline.published)}
                    {article.modified.filter(|m| *m != headline.published).map(|modified| view! {
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
                {(!headline.summary.is_empty()).then(|| view! { <p class="article__lead">{headline.summary}</p> })}
                {picture.map(|image| view! {
                    <figure class="article__picture">
                        <LargerPicture image=image first=true/>
                        {(!caption.is_empty()).then(|| view! { <figcaption>{caption}</figcaption> })}
                    </figure>
                })}
                <ArticleBody body=body/>
            </div>
            <footer class="article__foot">
                {source}
                {original}
                <Attachments attachments=article.attachments/>
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
    newer: Option<Neighbour>,
    older: Option<Neighbour>,
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
    neighbour: Option<Neighbour>,
    name: &'static str,
    rel: &'static str,
) -> Option<impl IntoView + use<>> {
    let neighbour = neighbour?;
    let href = site.href(&Route::Article(neighbour.slug));
    Some(view! {
        <a class=format!("neighbours__one neighbours__one--{rel}") rel=rel href=href>
            <span class="neighbours__name">{name}</span>" "
            <span class="neighbours__title" lang="vi">{neighbour.title}</span>
        </a>
    })
}

/// How far the text has been read.
#[component]
fn Progress() -> impl IntoView {
    let (read, set_read) = signal(0_u8);
    let scrolled = window_event_listener(ev::scroll, move |_| {
        let _ = set_read.try_set(document::progress_through(".article__text"));
    });
    on_cleanup(move || scrolled.remove());
    view! {
        <div class="reading-progress no-print" aria-hidden="true" style:inline-size=move || [read.get().to_string().as_str(), "%"].concat()></div>
    }
}

/// What the buttons need to know of an article.
#[derive(Debug, Clone)]
struct About {
    slug: Slug,
    title: String,
    by: String,
    published: Moment,
    lead: String,
    language: String,
    picture: Option<(Image, String)>,
    body: Arc<Body>,
}

/// The article as one file of HTML. A picture that does not come is left as a link to where it is.
async fn one_file(library: Library, about: &About, site: &Site, address: &str) -> String {
    let mut body = Body::clone(&about.body);
    let mut inside = BTreeMap::new();
    let images = body.images_mut().into_iter().map(|image| image.clone());
    for image in images.chain(about.picture.iter().map(|(image, _)| image.clone())) {
        let url = site.image(&image.src);
        if let Ok(bytes) = library.picture(&url).await {
            inside.insert(image.src, download::data_url(&url, &bytes));
        }
    }
    let words = site.words;
    let around = Around {
        language: about.language.clone(),
        title: about.title.clone(),
        about: vec![about.published.to_string(), about.by.clone()],
        lead: about.lead.clone(),
        picture: about.picture.clone(),
        foot: vec![
            site.portal.unit.clone(),
            [words.printed_from, ": ", address].concat(),
            [words.saved_on, " ", &words.date(site.today)].concat(),
        ],
    };
    let whole = |address: String| document::absolute(&address).unwrap_or(address);
    standalone(
        &around,
        &body,
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
    let (title, url) = (share::encoded(&about.title), share::encoded(&history::current_address()));
    let services = vec![
        ("Zalo", ["https://sp.zalo.me/share_inline?url=", &url].concat()),
        ("Facebook", ["https://www.facebook.com/sharer/sharer.php?u=", &url].concat()),
        (words.email, ["mailto:?subject=", &title, "&body=", &url].concat()),
    ];
    let device = share::has_sharing().then_some(Deed::Share);
    let deeds = device.into_iter().chain([Deed::CopyLink, Deed::Cite, Deed::SaveFile, Deed::Print]).collect();
    let slug = about.slug.clone();
    let saved = Signal::derive(move || shelf.is_saved(&slug));
    let about = StoredValue::new(about);
    let save = Callback::new(move |()| about.with_value(|about| shelf.toggle(&about.slug, &about.title)));
    let publisher = site.portal.unit.clone();
    let language = about.with_value(|about| about.language.clone());
    let act = Callback::new(move |deed| {
        let (about, address) = (about.get_value(), history::current_address());
        match deed {
            Deed::Share => {
                leptos::task::spawn_local(async move { share::share(&about.title, &address).await });
            }
            Deed::CopyLink => take(address, words.copied),
            Deed::Cite => {
                let published = about.published.day();
                let text = words.citation(&about.by, &about.title, published, &publisher, &address, today);
                take(text, words.cited);
            }
            Deed::Print => share::print(),
            Deed::SaveFile => {
                let site = site.clone();
                set_said.set(words.taking);
                leptos::task::spawn_local(async move {
                    let name = [about.slug.as_str(), ".html"].concat();
                    let text = one_file(library, &about, &site, &address).await;
                    let saved = download::save(&name, "text/html;charset=utf-8", &text);
                    let _ = set_said.try_set(if saved { words.file_saved } else { words.take_failed });
                });
            }
        }
    });
    view! {
        <ArticleTools saved=saved save=save deeds=deeds act=act services=services said=said.into()>
            <Listen language=language/>
        </ArticleTools>
    }
}
