//! Sitemaps, for search engines: of all pages, and of the newest articles for Google News.
//!
//! Not here: `robots.txt`, which tells where they lie (xtask).

use super::{addresses::Addresses, press::Press, titled, xml::Xml};
use anyhow::Result;
use archive::{
    Article, Moment, Slug,
    published::{NEWS_SITEMAP_FILE, Portal, SITEMAP_FILE},
};
use routes::List;
use std::collections::BTreeMap;

/// Articles of one file. The format allows 50,000 addresses; with fewer, less is loaded anew for one more article.
const PART: usize = 10_000;
/// How long an article is news for Google News, before the newest one.
const NEWS_SECONDS: i64 = 2 * 24 * 3600;
/// Most articles that Google News takes from one file.
const NEWS: usize = 1_000;

/// What a sitemap says of a page or of another sitemap.
#[derive(Debug, Clone, PartialEq)]
struct Listed {
    address: String,
    /// When it changed last, where that is known.
    changed: Option<Moment>,
}

/// Writes the sitemaps. Expects the articles from the oldest on.
pub(super) fn write(
    portal: &Portal,
    addresses: &Addresses<'_>,
    articles: &[Article],
    press: &Press,
) -> Result<()> {
    let dated: Vec<(&Slug, Moment)> =
        articles.iter().map(|article| (&article.headline.slug, article.headline.latest())).collect();
    // When something in it changed last, by category and by topic.
    let mut latest: [BTreeMap<&Slug, Moment>; 2] = Default::default();
    for (article, (_, changed)) in articles.iter().zip(&dated) {
        let topic = article.topic.as_ref().map(|topic| &topic.slug);
        for (latest, slug) in latest.iter_mut().zip([article.headline.category.as_ref(), topic]) {
            if let Some(slug) = slug {
                let latest = latest.entry(slug).or_insert(*changed);
                *latest = (*latest).max(*changed);
            }
        }
    }
    let [in_categories, in_topics] = latest;
    let changed = dated.iter().map(|(_, changed)| *changed).max();
    let listed = |list: fn(Slug) -> List, slug: &Slug, latest: &BTreeMap<&Slug, Moment>| Listed {
        address: addresses.list(list(slug.clone())),
        changed: latest.get(slug).copied(),
    };
    let categories = portal.categories.iter().map(|one| listed(List::Category, &one.slug, &in_categories));
    // A topic without articles has no page yet.
    let topics = portal.topics.iter().filter(|one| in_topics.contains_key(&one.slug));
    let topics = topics.map(|one| listed(List::Topic, &one.slug, &in_topics));
    let own = [addresses.home().to_owned(), addresses.contents()];
    let own = own.into_iter().map(|address| Listed { address, changed });
    let front: Vec<Listed> = own.chain(categories).chain(topics).collect();
    sitemap(addresses, &front, &dated, PART, &mut |name, text| press.text(name, &text))?;
    match news(portal, addresses, articles) {
        Some(text) => press.text(NEWS_SITEMAP_FILE, &text),
        None => Ok(()),
    }
}

/// One file of all addresses; where they are more than `part`, an index of files with `part` articles each. These are
/// cut from the oldest article on, so that one more changes the newest file alone, in which the `front` stands too.
fn sitemap(
    addresses: &Addresses<'_>,
    front: &[Listed],
    articles: &[(&Slug, Moment)],
    part: usize,
    write: &mut dyn FnMut(&str, String) -> Result<()>,
) -> Result<()> {
    let with = |front: &[Listed], articles: &[(&Slug, Moment)]| -> Vec<Listed> {
        let articles = articles
            .iter()
            .map(|(slug, changed)| Listed { address: addresses.article(slug), changed: Some(*changed) });
        front.iter().cloned().chain(articles).collect()
    };
    if front.len() + articles.len() <= part {
        return write(SITEMAP_FILE, document(URLS, "url", &with(front, articles)));
    }
    let parts = articles.chunks(part);
    let newest = parts.len();
    let mut files = Vec::new();
    for (number, articles) in (1..).zip(parts) {
        let listed = with(if number == newest { front } else { &[] }, articles);
        let name = format!("sitemap/{number}.xml");
        write(&name, document(URLS, "url", &listed))?;
        let changed = listed.iter().filter_map(|one| one.changed).max();
        files.push(Listed { address: addresses.file(&name), changed });
    }
    write(SITEMAP_FILE, document(FILES, "sitemap", &files))
}

const URLS: &str = "urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";
const FILES: &str = "sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";
const NEWS_URLS: &str = "urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
                         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"";

fn document(root: &'static str, element: &'static str, listed: &[Listed]) -> String {
    Xml::document(root, |xml| {
        for one in listed {
            xml.inside(element, |xml| {
                xml.text("loc", &[], &one.address);
                if let Some(changed) = one.changed {
                    xml.text("lastmod", &[], &changed.rfc3339());
                }
            });
        }
    })
}

/// The articles of the last two days before the newest, newest first; `None` where there are none at all, because the
/// format wants one.
fn news(portal: &Portal, addresses: &Addresses<'_>, articles: &[Article]) -> Option<String> {
    let newest = articles.last()?.headline.published.unix();
    let news = articles.iter().rev().take(NEWS);
    let news = news.take_while(|article| newest - article.headline.published.unix() <= NEWS_SECONDS);
    let name = titled(&portal.name, portal);
    Some(Xml::document(NEWS_URLS, |xml| {
        for article in news {
            let language = article.language.split('-').next().filter(|language| !language.is_empty());
            xml.inside("url", |xml| {
                xml.text("loc", &[], &addresses.article(&article.headline.slug));
                xml.inside("news:news", |xml| {
                    xml.inside("news:publication", |xml| {
                        xml.text("news:name", &[], &name);
                        xml.text("news:language", &[], language.unwrap_or("vi"));
                    });
                    xml.text("news:publication_date", &[], &article.headline.published.rfc3339());
                    xml.text("news:title", &[], &article.headline.title);
                });
            });
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Files = BTreeMap<String, String>;

    fn portal() -> Portal {
        Portal { url: "https://so.example/tin/".into(), ..Portal::default() }
    }

    /// The files for articles `0..count`, one of them a second.
    fn files(count: usize, part: usize) -> Files {
        let portal = portal();
        let addresses = Addresses::of(&portal).expect("it says where it lies");
        let slugs: Vec<Slug> = (0..count).map(|i| format!("tin-{i}").parse().expect("a slug")).collect();
        let at = |i: usize| Moment::from_unix(1_600_000_000 + i as i64).expect("in range");
        let articles: Vec<(&Slug, Moment)> =
            slugs.iter().enumerate().map(|(i, slug)| (slug, at(i))).collect();
        let changed = articles.last().map(|(_, at)| *at);
        let front = [
            Listed { address: addresses.home().into(), changed },
            Listed { address: "https://so.example/tin/chuyen-muc/a".into(), changed: None },
        ];
        let mut files = Files::new();
        let mut write = |name: &str, text| {
            assert!(files.insert(name.to_owned(), text).is_none(), "{name} is written once");
            Ok(())
        };
        sitemap(&addresses, &front, &articles, part, &mut write).expect("nothing fails");
        files
    }

    /// What a file lists: the name of the root, and addresses with their days.
    fn read(text: &str) -> (String, Vec<(String, Option<String>)>) {
        let document = roxmltree::Document::parse(text).expect("well-formed");
        let root = document.root_element();
        assert_eq!(root.tag_name().namespace(), Some("http://www.sitemaps.org/schemas/sitemap/0.9"));
        let text = |node: &roxmltree::Node<'_, '_>, name: &str| {
            let child = node.children().find(|child| child.tag_name().name() == name)?;
            child.text().map(str::to_owned)
        };
        let listed = root.children().filter(roxmltree::Node::is_element);
        let listed = listed.map(|node| (text(&node, "loc").expect("an address"), text(&node, "lastmod")));
        (root.tag_name().name().to_owned(), listed.collect())
    }

    proptest! {
        #[test]
        fn every_page_is_listed_once_in_files_that_the_one_names(count in 0usize..60, part in 2usize..12) {
            let files = files(count, part);
            let (kind, listed) = read(&files[SITEMAP_FILE]);
            let pages: Vec<String> = if kind == "urlset" {
                prop_assert!(files.len() == 1 && count + 2 <= part);
                listed.into_iter().map(|(address, _)| address).collect()
            } else {
                prop_assert!(files.len() == listed.len() + 1 && count + 2 > part);
                let mut pages = Vec::new();
                for (address, changed) in listed {
                    let name = address.strip_prefix("https://so.example/tin/data/").expect("ours");
                    let (_, own) = read(&files[name]);
                    prop_assert!(own.len() <= part + 2);
                    prop_assert_eq!(own.iter().filter_map(|(_, changed)| changed.clone()).max(), changed);
                    pages.extend(own.into_iter().map(|(address, _)| address));
                }
                pages
            };
            let articles = (0..count).map(|i| format!("bai-viet/tin-{i}"));
            let mut expected: Vec<String> = ["".to_owned(), "chuyen-muc/a".into()].into_iter().chain(articles).collect();
            let mut found: Vec<&str> =
                pages.iter().map(|page| page.strip_prefix("https://so.example/tin/").expect("ours")).collect();
            expected.sort();
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn one_more_article_leaves_all_files_but_the_newest_as_they_were(count in 12usize..60, part in 2usize..12) {
            let (before, after) = (files(count, part), files(count + 1, part));
            let newest = format!("sitemap/{}.xml", count.div_ceil(part));
            for (name, text) in &before {
                prop_assert!(name == SITEMAP_FILE || *name == newest || after.get(name) == Some(text), "{}", name);
            }
            prop_assert!(after.len() <= before.len() + 1);
        }
    }

    #[test]
    fn a_sitemap_says_when_a_page_changed() {
        let (kind, listed) = read(&files(2, 10)[SITEMAP_FILE]);
        let row = |path: &str, changed: Option<&str>| {
            (format!("https://so.example/tin/{path}"), changed.map(str::to_owned))
        };
        assert_eq!(kind, "urlset");
        assert_eq!(
            listed,
            [
                row("", Some("2020-09-13T19:26:41+07:00")),
                row("chuyen-muc/a", None),
                row("bai-viet/tin-0", Some("2020-09-13T19:26:40+07:00")),
                row("bai-viet/tin-1", Some("2020-09-13T19:26:41+07:00")),
            ]
        );
    }

    /// An article of this moment, in seconds, and this language.
    fn article(number: usize, at: i64, language: &str) -> Article {
        let json = serde_json::json!({
            "headline": {"slug": format!("tin-{number}"), "title": format!("Tin <{number}>"), "published": at},
            "body": [], "language": language,
        });
        serde_json::from_value(json).expect("an article")
    }

    #[test]
    fn news_is_what_was_published_in_the_two_days_before_the_newest() {
        let portal = Portal { name: "Cổng".into(), unit: "Sở".into(), ..portal() };
        let addresses = Addresses::of(&portal).expect("it says where it lies");
        let newest = 1_631_330_460;
        let articles: Vec<Article> =
            [(newest - NEWS_SECONDS - 1, ""), (newest - NEWS_SECONDS, "en-GB"), (newest, "")]
                .into_iter()
                .enumerate()
                .map(|(i, (at, language))| article(i, at, language))
                .collect();
        let text = news(&portal, &addresses, &articles).expect("there are some");
        let document = roxmltree::Document::parse(&text).expect("well-formed");
        let texts = |name: &str| -> Vec<&str> {
            let found = document.descendants().filter(|node| node.tag_name().name() == name);
            found.map(|node| node.text().unwrap_or_default()).collect()
        };
        let tin = |i: usize| format!("https://so.example/tin/bai-viet/tin-{i}");
        assert_eq!(texts("loc"), [tin(2), tin(1)]);
        assert_eq!(texts("name"), ["Cổng - Sở"; 2]);
        assert_eq!(texts("language"), ["vi", "en"]);
        assert_eq!(texts("title"), ["Tin <2>", "Tin <1>"]);
        assert_eq!(texts("publication_date")[0], "2021-09-11T10:21:00+07:00");
        assert_eq!(news(&portal, &addresses, &[]), None);
        let crowd: Vec<Article> = (0..1_200).map(|i| article(i, newest + i as i64, "")).collect();
        assert_eq!(
            news(&portal, &addresses, &crowd).expect("there are some").matches("<loc>").count(),
            1_000
        );
    }
}
