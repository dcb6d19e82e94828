//! Everything that can be wrong with an archive, found at once.
//!
//! Each file is read and judged by itself first, many at a time; then what takes the whole archive in view
//! (doubles, links between articles) is judged. One rule is one function. The result comes in the order of
//! the paths, whatever the order of the files.
//!
//! Not here: printing (`report`), what may stand in a body (`archive::clean`), the sizes that are too large
//! (`limits`).

mod across;
mod article;
mod calendar;
mod letters;
pub mod limits;
mod portal;

pub(crate) use article::plain_path;

use crate::{
    folder::{Folder, SourceFile},
    html,
    media::Media,
    report::Summary,
};
use archive::{
    Body, Moment, Problem, Slug,
    clean::{Loss, clean, text_to_body},
    markup::{MAX_DEPTH, Node},
    source::{Article, Content, Portal, read_article, read_portal},
};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};
use work_calendar::{Event, Week};

/// An archive that was read and judged.
#[derive(Debug)]
pub struct Checked {
    /// All problems, by path.
    pub problems: Vec<Problem>,
    /// How many articles and problems there are.
    pub summary: Summary,
    /// What was read, as far as it could be; complete only when there is no error.
    pub archive: Archive,
}

/// What `publish` makes the published form of.
#[derive(Debug, Default)]
pub struct Archive {
    pub(crate) portal: Portal,
    pub(crate) articles: Vec<Draft>,
    /// The weeks of the calendar that have events, as far as `calendar::horizon`.
    pub(crate) weeks: BTreeMap<Week, Vec<Event>>,
    pub(crate) media: Media,
}

/// An article that was read: as written, and with its text cleaned.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) path: String,
    pub(crate) slug: Slug,
    /// Without its content, which `body` says.
    pub(crate) article: Article,
    /// `content_html` or `content_text`.
    pub(crate) content_field: &'static str,
    pub(crate) body: Body,
}

/// What an article is judged against.
struct Surroundings<'a> {
    categories: Option<BTreeSet<&'a str>>,
    /// None where there is no portal.json that could be read.
    topics: Option<BTreeSet<&'a str>>,
    media: &'a Media,
    today: NaiveDate,
}

/// Notes problems of one file.
struct Say<'a> {
    path: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Say<'_> {
    fn error(&mut self, field: impl Into<String>, sentence: impl Into<String>, cure: impl Into<String>) {
        self.problems.push(Problem::error(self.path, field, sentence, cure));
    }

    fn warning(&mut self, field: impl Into<String>, sentence: impl Into<String>, cure: impl Into<String>) {
        self.problems.push(Problem::warning(self.path, field, sentence, cure));
    }

    /// Whether this field, something in it, or what it is in was found faulty already: then it need not be
    /// called missing.
    fn has(&self, field: &str) -> bool {
        let inside = |outer: &str| field.strip_prefix(outer).is_some_and(|rest| rest.starts_with(['.', '[']));
        self.problems.iter().any(|problem| problem.field.starts_with(field) || inside(&problem.field))
    }
}

/// Reads and judges an archive. `today` is the day in Việt Nam after which nothing may be dated.
pub fn check(folder: &Folder, today: NaiveDate) -> Checked {
    let mut problems = folder.problems.clone();
    let (media, media_problems) = Media::look(&folder.media);
    problems.extend(media_problems);
    let portal = read_whole_portal(folder, &media, &mut problems);
    // A portal without categories is one problem, and not one of every article.
    let categories = portal
        .as_ref()
        .filter(|portal| !portal.categories.is_empty())
        .map(|portal| portal.categories.iter().map(|c| c.slug.as_str()).collect());
    let topics = portal.as_ref().map(|portal| portal.topics.iter().map(|t| t.slug.as_str()).collect());
    let around = Surroundings { categories, topics, media: &media, today };
    let mut files: Vec<&SourceFile> = folder.articles.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let read: Vec<(Option<Draft>, Vec<Problem>)> =
        files.par_iter().map(|file| read_file(file, &around)).collect();
    let mut articles = Vec::new();
    for (draft, found) in read {
        articles.extend(draft);
        problems.extend(found);
    }
    let latest = articles.iter().filter_map(|draft| draft.article.date_published).max();
    let weeks = calendar::read(folder, latest.map(Moment::day), &mut problems);
    across::judge(&articles, &around, &files, &mut problems);
    // Stable: the problems of one file keep the order of the rules.
    problems.sort_by(|a, b| a.path.cmp(&b.path));
    // What stands in a text ten times is told once.
    let mut told = BTreeSet::new();
    problems.retain(|problem| told.insert(problem.clone()));
    let summary = Summary::of(files.len(), &problems);
    let portal = portal.unwrap_or_default();
    Checked { problems, summary, archive: Archive { portal, articles, weeks, media } }
}

fn read_whole_portal(folder: &Folder, media: &Media, problems: &mut Vec<Problem>) -> Option<Portal> {
    let Some(file) = &folder.portal else {
        if problems.iter().any(|problem| problem.path == "portal.json") {
            return None;
        }
        let sentence = "The archive has no portal.json, so nobody knows who publishes it.";
        let cure = "Write one; docs/editors.md shows what stands in it.";
        problems.push(Problem::error("portal.json", "file", sentence, cure));
        return None;
    };
    let text = read_text(file, problems)?;
    let (portal, mut found) = read_portal(&file.path, &text);
    if let Some(portal) = &portal {
        portal::judge(portal, media, &mut Say { path: &file.path, problems: &mut found });
    }
    problems.extend(found);
    portal
}

fn read_text(file: &SourceFile, problems: &mut Vec<Problem>) -> Option<String> {
    if file.size > limits::FILE {
        let sentence = format!("The file has {} bytes, more than {}.", file.size, limits::FILE);
        problems.push(Problem::error(
            &file.path,
            "file",
            sentence,
            "Split it, or take out pictures written into it.",
        ));
        return None;
    }
    match fs::read(&file.at) {
        Ok(bytes) => utf8(&file.path, bytes, problems),
        Err(e) => {
            let sentence = format!("The file cannot be read: {e}.");
            problems.push(Problem::error(&file.path, "file", sentence, "Look at the rights of the file."));
            None
        }
    }
}

fn utf8(path: &str, bytes: Vec<u8>, problems: &mut Vec<Problem>) -> Option<String> {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Some(text),
        Err(error) => error,
    };
    let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
    let before = String::from_utf8_lossy(valid);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    let sentence = "The file is not in UTF-8.";
    let place = format!("line {line}, column {column}");
    problems.push(Problem::error(path, place, sentence, "Save it with the encoding UTF-8."));
    None
}

fn read_file(file: &SourceFile, around: &Surroundings<'_>) -> (Option<Draft>, Vec<Problem>) {
    let mut problems = Vec::new();
    article::judge_name(&mut Say { path: &file.path, problems: &mut problems });
    let draft =
        read_text(file, &mut problems).and_then(|text| read_draft(&file.path, &text, around, &mut problems));
    (draft, problems)
}

/// What the rules for one article look at.
struct Case<'a> {
    path: &'a str,
    /// The file name without its ending.
    name: &'a str,
    article: &'a Article,
    /// `content_html` or `content_text`.
    content_field: &'static str,
    body: &'a Body,
    /// The parsed HTML; empty for plain text.
    nodes: &'a [Node],
    losses: &'a [Loss],
    around: &'a Surroundings<'a>,
}

fn read_draft(
    path: &str,
    text: &str,
    around: &Surroundings<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Draft> {
    let (article, found) = read_article(path, text);
    problems.extend(found);
    let mut article = article?;
    let mut say = Say { path, problems };
    let (mut nodes, mut content_field) = (Vec::new(), "content_html");
    let (body, losses) = match &article.content {
        None => (Body::default(), Vec::new()),
        Some(Content::Text(text)) => {
            content_field = "content_text";
            (text_to_body(text), Vec::new())
        }
        Some(Content::Html(html)) => match html::parse(html) {
            Some(parsed) => {
                nodes = parsed;
                clean(&nodes)
            }
            None => {
                let sentence = format!("The HTML nests deeper than {MAX_DEPTH} elements.");
                say.error(
                    content_field,
                    sentence,
                    "Close the elements that are opened, or paste the text anew.",
                );
                (Body::default(), Vec::new())
            }
        },
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.strip_suffix(".json").unwrap_or(name);
    let case = Case {
        path,
        name,
        article: &article,
        content_field,
        body: &body,
        nodes: &nodes,
        losses: &losses,
        around,
    };
    article::judge(&case, &mut say);
    // A name that is no slug was reported; without one nothing can lead to the article.
    let slug = name.parse().ok()?;
    article.content = None;
    Some(Draft { path: path.to_owned(), slug, article, content_field, body })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judge(bytes: Vec<u8>) -> Vec<Problem> {
        let media = Media::default();
        let today = NaiveDate::from_ymd_opt(2021, 9, 15).expect("a day");
        let around = Surroundings { categories: None, topics: None, media: &media, today };
        let path = "articles/2021/09/a.json";
        let mut problems = Vec::new();
        if let Some(text) = utf8(path, bytes, &mut problems) {
            read_draft(path, &text, &around, &mut problems);
        }
        problems
    }

    proptest! {
        #[test]
        fn any_bytes_in_an_article_file_give_problems_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(!judge(bytes).is_empty());
        }

        #[test]
        fn any_texts_in_the_fields_of_an_article_are_judged(
            a in "\\PC{0,20}", b in "[<>/a-z\u{a0}=\"' .#&;:-]{0,60}", c in "(media/)?[a-z./%#]{0,12}",
        ) {
            let item = serde_json::json!({
                "id": a, "title": b, "url": c, "content_html": format!("{b}<img src='{c}'><a href='{c}'>{a}</a>"),
                "image": c, "banner_image": a, "summary": b, "tags": [a, b], "date_published": a, "authors": [{"name": b}],
                "attachments": [{"url": c, "title": a}], "_bantin": {"category": a, "captions": {c: b}, "hot_until": a},
            });
            prop_assert!(!judge(item.to_string().into_bytes()).is_empty());
        }
    }

    #[test]
    fn a_file_in_another_coding_has_its_place() {
        let problems = judge(b"{\n  \"title\": \"Gi\xe1o\"}".to_vec());
        assert_eq!((problems.len(), problems[0].field.as_str()), (1, "line 2, column 15"));
    }
}
