//! From a checked archive to the files of the published form.
//!
//! The same archive gives the same bytes: everything is sorted before it is written, no clock is read, and
//! files are named by their content. Not here: judging (`check`), the types of the files
//! (`archive::published`), putting the folder in its place (`place`).

mod addresses;
mod calendar;
mod copies;
mod feeds;
mod lists;
mod media;
mod oembed;
mod place;
mod press;
mod related;
mod search;
mod sitemap;
mod suggest;
mod xml;

pub use place::Place;

use crate::check::{Archive, Draft, plain_path};
use addresses::Addresses;
use anyhow::Result;
use archive::{
    Body, Contents, FileName, Moment, Problem,
    accent::Accent,
    body::{Block, Image, ImageSource, Inline, Target},
    published::{self, Article, Bucket, Entry, FORMAT, Headline, InTopic, Neighbour, Promotion},
    source::{self, Attachment},
};
use lists::Feeds;
use media::PublishedMedia;
use press::Press;
use rayon::prelude::*;
use std::{collections::BTreeMap, path::Path};

/// What was written.
#[derive(Debug)]
pub struct Published {
    /// Number of files.
    pub files: usize,
    /// What only came out while writing: pictures that cannot be made smaller.
    pub problems: Vec<Problem>,
}

/// Writes the published form of an archive into an empty folder. Copies of pictures that `earlier`, the folder of an
/// earlier publication, has already are taken from there; the result is the same without.
///
/// # Errors
/// When a file cannot be read or written. What was written until then is no published form.
pub fn publish(archive: Archive, folder: &Path, earlier: Option<&Path>) -> Result<Published> {
    let press = Press::new(folder);
    let Archive { portal, articles: drafts, weeks, media } = archive;
    let (media, problems) = PublishedMedia::publish(&media, &portal, &drafts, &press, earlier)?;
    // Bodies move from the source into the published form: 100,000 of them are over a gigabyte.
    let mut articles: Vec<Article> =
        drafts.into_par_iter().filter_map(|draft| article(draft, &media)).collect();
    // Oldest first: the order in which neighbours and relations are found.
    articles.sort_by(|a, b| order(&a.headline).cmp(&order(&b.headline)));
    give_neighbours(&mut articles);
    let headlines: Vec<Headline> = articles.iter().map(|article| article.headline.clone()).collect();
    let tags: Vec<&[String]> = articles.iter().map(|article| &*article.tags).collect();
    for (i, related) in related::related(&headlines, &tags).into_iter().enumerate() {
        let related = related.into_iter().filter_map(|i| headlines.get(i).cloned()).collect();
        if let Some(article) = articles.get_mut(i) {
            article.related = related;
        }
    }
    let shelves = search::shelves(&articles);
    let numbered: Vec<(&Article, FileName)> = shelves
        .iter()
        .flat_map(|(category, articles)| {
            (0..)
                .zip(articles)
                .map(|(number, &article)| (article, published::article_file(*category, number)))
        })
        .collect();
    let hashes: Vec<String> =
        numbered.par_iter().map(|(article, file)| press.named(file, article)).collect::<Result<_>>()?;
    let mut buckets = vec![Bucket::new(); published::buckets_for(articles.len())];
    for (article, file) in numbered {
        let slug = &article.headline.slug;
        let number = published::bucket_of(slug, buckets.len());
        if let Some(bucket) = buckets.get_mut(number) {
            bucket.insert(slug.clone(), file);
        }
    }
    let buckets = buckets.iter().map(|bucket| press.json("bucket", bucket)).collect::<Result<_>>()?;
    let short_forms = portal.short_forms.clone();
    let portal = published::Portal { units: units(&articles), ..publish_portal(&portal, &media) };
    let lists = lists::lists(&portal, &articles);
    let Feeds { all, categories, topics } = lists.write(&press)?;
    let newest_first = articles.iter().rev();
    let contents = Contents::of(newest_first.map(|article| (article.headline.published, &*article.tags)));
    let entry = Entry {
        format: FORMAT,
        home: press.json("home", &lists.home)?,
        all,
        categories,
        topics,
        contents: press.json("contents", &contents)?,
        articles: buckets,
        calendar: calendar::write_weeks(&weeks, &press)?,
        edition: Press::edition(&hashes),
        search: search::write(&shelves, &short_forms, &press)?,
        suggest: Some(suggest::publish(&headlines, &press)?),
        portal,
    };
    if let Some(addresses) = Addresses::of(&entry.portal) {
        feeds::write(&entry.portal, &addresses, &lists, &press)?;
        oembed::write(&entry.portal, &addresses, &articles, &press)?;
        sitemap::write(&entry.portal, &addresses, &articles, &press)?;
    }
    calendar::write_ical(&entry.portal, &weeks, &press)?;
    press.entry(&entry)?;
    Ok(Published { files: press.count(), problems })
}

/// Where an article stands among all, from the oldest on.
fn order(headline: &Headline) -> (Moment, &str) {
    (headline.published, headline.slug.as_str())
}

/// A text of one line: white space of every kind as one space.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a part of the portal is called where nothing else says whose it is.
fn titled(part: &str, portal: &published::Portal) -> String {
    format!("{part} - {}", portal.unit)
}

fn lines(texts: impl Iterator<Item = impl AsRef<str>>) -> Vec<String> {
    texts.map(|text| line(text.as_ref())).filter(|text| !text.is_empty()).collect()
}

/// An article without what comes from others. `None` for one without date, which `check` refuses.
fn article(draft: Draft, media: &PublishedMedia<'_>) -> Option<Article> {
    let Draft { slug, article, body, .. } = draft;
    let bantin = &article.bantin;
    let published = article.date_published?;
    let alt = line(&bantin.image_alt);
    let promotion = |on: bool, until: Option<_>| match (on, until) {
        (false, _) => Promotion::None,
        (true, None) => Promotion::Always,
        (true, Some(day)) => Promotion::Until(day),
    };
    let banner = media.picture(&article.banner_image, &alt);
    let shown = if banner.is_some() { &article.banner_image } else { &article.image };
    let language = article.language.trim();
    Some(Article {
        headline: Headline {
            slug,
            title: line(&article.title),
            summary: line(&article.summary),
            category: bantin.category.parse().ok(),
            published,
            modified: article.date_modified.filter(|modified| *modified > published),
            image: media.picture(&article.image, &alt),
            hot: promotion(bantin.hot, bantin.hot_until),
            featured: promotion(bantin.featured, bantin.featured_until),
        },
        unit: line(&bantin.unit),
        authors: lines(article.authors.iter().map(|author| &author.name)),
        banner,
        caption: caption_of(&bantin.captions, shown),
        body: publish_body(body, &bantin.captions, media),
        attachments: article
            .attachments
            .iter()
            .filter_map(|attachment| publish_file(attachment, media))
            .collect(),
        tags: lines(article.tags.iter()),
        source: line(&bantin.source),
        original: String::new(),
        language: if language == "vi" { String::new() } else { language.to_owned() },
        newer: None,
        older: None,
        topic: bantin.topic.parse().ok().map(|slug| InTopic { slug, newer: None, older: None }),
        related: Vec::new(),
    })
}

/// Gives the pictures and links of a body their published names, and pictures without caption the one that
/// `_bantin.captions` has for them.
fn publish_body(mut body: Body, captions: &BTreeMap<String, String>, media: &PublishedMedia<'_>) -> Body {
    give_captions(&mut body.0, captions);
    for image in body.images_mut() {
        if let Some(published) = media.picture(image.src.as_str(), &image.alt) {
            *image = published;
        }
    }
    each_target(&mut body, &mut |target| {
        if let Target::File(path) = target
            && let Some((name, _)) = media.file(path)
        {
            // A place in the file (`#page=2`) stays behind its new name.
            let place = path.find('#').and_then(|at| path.get(at..)).unwrap_or_default();
            *target = Target::File(format!("{name}{place}"));
        }
    });
    body
}

fn caption_of(captions: &BTreeMap<String, String>, picture: &str) -> String {
    let wanted = plain_path(picture);
    let found = captions.iter().find(|(path, _)| plain_path(path) == wanted);
    found.map(|(_, caption)| line(caption)).unwrap_or_default()
}

fn give_captions(blocks: &mut [Block], captions: &BTreeMap<String, String>) {
    for block in blocks {
        match block {
            Block::Figure { image, caption } if caption.is_empty() => {
                let text = caption_of(captions, image.src.as_str());
                if !text.is_empty() {
                    *caption = vec![Inline::Text(text)];
                }
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| give_captions(item, captions)),
            Block::Table { head, rows, .. } => {
                head.iter_mut()
                    .chain(rows)
                    .flatten()
                    .for_each(|cell| give_captions(&mut cell.blocks, captions));
            }
            Block::Quote(blocks) | Block::Details { blocks, .. } => give_captions(blocks, captions),
            Block::Figure { .. }
            | Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Preformatted(_)
            | Block::Rule => {}
        }
    }
}

/// Visits where every link of a body goes, in order.
pub(crate) fn each_target(body: &mut Body, visit: &mut impl FnMut(&mut Target)) {
    targets_of_blocks(&mut body.0, visit);
}

fn targets_of_blocks(blocks: &mut [Block], visit: &mut impl FnMut(&mut Target)) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Figure { caption: text, .. } => {
                targets_of_text(text, visit);
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| targets_of_blocks(item, visit)),
            Block::Table { caption, head, rows } => {
                targets_of_text(caption, visit);
                head.iter_mut()
                    .chain(rows)
                    .flatten()
                    .for_each(|cell| targets_of_blocks(&mut cell.blocks, visit));
            }
            Block::Quote(blocks) => targets_of_blocks(blocks, visit),
            Block::Details { summary, blocks } => {
                targets_of_text(summary, visit);
                targets_of_blocks(blocks, visit);
            }
            Block::Preformatted(_) | Block::Rule => {}
        }
    }
}

fn targets_of_text(text: &mut [Inline], visit: &mut impl FnMut(&mut Target)) {
    for inline in text {
        match inline {
            Inline::Link { to, text } => {
                visit(to);
                targets_of_text(text, visit);
            }
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Subscript(inner)
            | Inline::Superscript(inner) => {
                targets_of_text(inner, visit);
            }
            Inline::Text(_) | Inline::Code(_) | Inline::LineBreak => {}
        }
    }
}

fn publish_file(attachment: &Attachment, media: &PublishedMedia<'_>) -> Option<published::Attachment> {
    let (url, size, name) = match media.file(&attachment.url) {
        Some((name, file)) => {
            let own_name = file.path.rsplit('/').next().unwrap_or_default().to_owned();
            (Target::File(name.to_string()), Some(file.size), own_name)
        }
        None => match Target::parse(&attachment.url)? {
            Target::External(url) => {
                let path = url.split(['?', '#']).next().unwrap_or_default();
                let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
                (Target::External(url), attachment.size_in_bytes, last)
            }
            Target::File(_) | Target::Page(_) => return None,
        },
    };
    let title =
        Some(line(&attachment.title)).filter(|title| !title.is_empty()).unwrap_or_else(|| name.clone());
    let media_type = match attachment.mime_type.trim() {
        "" => media::type_of(&name).to_owned(),
        written => written.to_ascii_lowercase(),
    };
    Some(published::Attachment { url, title, media_type, size })
}

/// Gives each article the next older and newer one of its category and of its topic. Expects them from the oldest on.
fn give_neighbours(articles: &mut [Article]) {
    join(
        articles,
        |article| Some(article.headline.category.clone()),
        |article| Some((&mut article.newer, &mut article.older)),
    );
    join(
        articles,
        |article| Some(article.topic.as_ref()?.slug.clone()),
        |article| article.topic.as_mut().map(|topic| (&mut topic.newer, &mut topic.older)),
    );
}

/// Where an article names its neighbours: the newer, the older.
type Ends<'a> = (&'a mut Option<Neighbour>, &'a mut Option<Neighbour>);

/// Joins each article of a group with the next one; those without a group stay alone.
fn join<G: Ord>(
    articles: &mut [Article],
    group: impl Fn(&Article) -> Option<G>,
    ends: impl Fn(&mut Article) -> Option<Ends<'_>>,
) {
    let neighbour = |article: &Article| Neighbour {
        slug: article.headline.slug.clone(),
        title: article.headline.title.clone(),
    };
    let mut last: BTreeMap<G, usize> = BTreeMap::new();
    for i in 0..articles.len() {
        let Some((older, rest)) = articles.split_at_mut_checked(i) else { continue };
        let Some(this) = rest.first_mut() else { continue };
        let before =
            group(this).and_then(|group| last.insert(group, i)).and_then(|before| older.get_mut(before));
        if let Some(before) = before {
            let (newer, older) = (neighbour(this), neighbour(before));
            if let (Some((end, _)), Some((_, beginning))) = (ends(before), ends(this)) {
                (*end, *beginning) = (Some(newer), Some(older));
            }
        }
    }
}

fn publish_portal(portal: &source::Portal, media: &PublishedMedia<'_>) -> published::Portal {
    let site = |site: &source::Site| published::Site {
        name: line(&site.name),
        url: site.url.trim().to_owned(),
        // The name stands beside the logo, so the logo needs no text of its own.
        logo: media.picture(&site.logo, ""),
    };
    let group = |group: &source::Group| published::LinkGroup {
        group: line(&group.group),
        sites: group.sites.iter().map(site).collect(),
    };
    let category = |category: &published::Category| published::Category {
        slug: category.slug.clone(),
        name: line(&category.name),
        description: line(&category.description),
    };
    published::Portal {
        name: line(&portal.name),
        url: portal.url.clone(),
        unit: line(&portal.unit),
        parent_unit: line(&portal.parent_unit),
        description: line(&portal.description),
        notice: line(&portal.notice),
        address: line(&portal.address),
        phone: line(&portal.contact.phone),
        email: line(&portal.contact.email),
        responsible: line(&portal.contact.responsible),
        categories: portal.categories.iter().map(category).collect(),
        topics: portal.topics.iter().map(category).collect(),
        links: portal.links.iter().map(group).collect(),
        home: portal.home.clone(),
        // One that cannot be read was refused by `check`.
        counting: counting(&portal.visits),
        sending: portal.visits.send.as_ref().map(|send| published::Sending {
            to: send.to.clone(),
            address: send.address.clone(),
            site: send.site.clone(),
        }),
        accent: portal.accent.and_then(|colour| Accent::of(colour).ok()),
        units: Vec::new(),
    }
}

/// Who counts the visits to the whole portal. `counts.json` brings the figures of an old portal itself.
fn counting(visits: &source::Visits) -> Option<published::Counting> {
    match (visits.counts, visits.goatcounter.is_empty()) {
        (true, _) => Some(published::Counting::default()),
        (false, true) => None,
        (false, false) => Some(published::Counting {
            goatcounter: visits.goatcounter.clone(),
            start: visits.start.unwrap_or_default(),
        }),
    }
}

/// The offices that articles come from, those of most articles first.
fn units(articles: &[Article]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for article in articles.iter().filter(|article| !article.unit.is_empty()) {
        *counts.entry(&article.unit).or_default() += 1;
    }
    let mut units: Vec<_> = counts.into_iter().collect();
    // Stable: among equals the alphabet decides.
    units.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    units.into_iter().take(published::Portal::MAX_UNITS).map(|(unit, _)| unit.to_owned()).collect()
}

/// A picture as published, when its address can be.
fn external_picture(written: &str, alt: &str) -> Option<Image> {
    match ImageSource::parse(written)? {
        src @ ImageSource::External(_) => Some(Image::new(src, alt.to_owned())),
        ImageSource::File(_) => None,
    }
}
