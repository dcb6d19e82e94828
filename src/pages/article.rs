//! One article, whole.

use super::{arrived, whole_page};
use crate::{
    components::{
        ArticleBody, ArticleTools, Attachments, Breadcrumb, HeadlineCard, Look, Picture, Section, Site, site,
    },
    data::{Library, load},
    platform::{history, share},
};
use archive::{Article, Moment, Slug, published::Neighbour};
use leptos::prelude::*;
use routes::Route;
use search_index::Query;
use std::sync::Arc;

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
        arrived(&article.headline.title);
        show(Arc::unwrap_or_clone(article), &site)
    })
}

fn show(article: Article, site: &Site) -> AnyView {
    let words = site.words;
    let headline = article.headline;
    let language = if article.language.is_empty() { "vi".to_owned() } else { article.language };
    let steps = headline.category.as_ref().and_then(|slug| {
        let name = site.category_name(slug)?.to_owned();
        Some((name, Route::Category { slug: slug.clone(), page: 1 }))
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
        <article class="article">
            <Breadcrumb steps=steps.into_iter().collect()/>
            <header class="article__head">
                <h1 class="article__title" tabindex="-1" lang=language.clone()>{headline.title}</h1>
                <p class="article__about">
                    {time(headline.published)}
                    {article.modified.filter(|m| *m != headline.published).map(|modified| view! {
                        <span class="article__modified">{words.updated}" "{time(modified)}</span>
                    })}
                    {(!byline.is_empty()).then(|| view! { <span class="article__byline" lang="vi">{byline}</span> })}
                </p>
                <Tools/>
            </header>
            <div class="article__text" lang=language>
                {(!headline.summary.is_empty()).then(|| view! { <p class="article__lead">{headline.summary}</p> })}
                {picture.map(|image| view! {
                    <figure class="article__picture">
                        <Picture image=image first=true/>
                        {(!caption.is_empty()).then(|| view! { <figcaption>{caption}</figcaption> })}
                    </figure>
                })}
                <ArticleBody body=article.body/>
            </div>
            <footer class="article__foot">
                {source}
                {original}
                <Attachments attachments=article.attachments/>
                {(!tags.is_empty()).then(|| view! {
                    <Section title=words.tags look="inside"><ul class="tags" role="list" lang="vi">{tags}</ul></Section>
                })}
                <nav class="neighbours no-print" aria-label=format!("{} / {}", words.newer, words.older)>
                    {neighbour(site, article.newer, words.newer, "prev")}
                    {neighbour(site, article.older, words.older, "next")}
                </nav>
            </footer>
        </article>
        {(!related.is_empty()).then(|| view! {
            <div class="related no-print"><Section title=words.related><div class="cards">{related}</div></Section></div>
        })}
    }
    .into_any()
}

fn time(moment: Moment) -> impl IntoView {
    view! { <time datetime=moment.rfc3339()>{moment.to_string()}</time> }
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
            <span class="neighbours__name">{name}</span>
            <span class="neighbours__title" lang="vi">{neighbour.title}</span>
        </a>
    })
}

/// The buttons, and what they do.
#[component]
fn Tools() -> impl IntoView {
    let (copied, set_copied) = signal(None);
    let copy = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            let done = share::copy(&history::current_address()).await;
            let _ = set_copied.try_set(Some(done));
        });
    });
    let print = Callback::new(|()| share::print());
    view! { <ArticleTools copy=copy copied=copied.into() print=print/> }
}
