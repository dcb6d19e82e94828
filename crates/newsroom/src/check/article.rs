//! Rules for one article by itself. Not here: its form, which `archive::source::read_article` judges, and
//! what takes other articles in view (`across`).

use super::{
    Case, Say,
    letters::{Leftover, leftovers},
    limits,
};
use crate::media::{Found, ending};
use archive::{
    Moment,
    body::{Block, ImageSource, Target},
    clean::{Loss, LossKind},
    markup::Node,
    source::Content,
};
use std::collections::BTreeSet;

/// The rules, in the order in which their problems are told.
const RULES: &[fn(&Case<'_>, &mut Say<'_>)] = &[
    id_is_there,
    title_is_there,
    date_is_there,
    category_is_known,
    topic_is_known,
    author_is_there,
    unit_is_there,
    source_is_there,
    url_fits_the_file_name,
    folder_fits_the_date,
    dates_are_not_in_the_future,
    change_is_not_before_publication,
    until_dates_make_sense,
    body_is_not_empty,
    cleaning_loses_nothing,
    pictures_of_the_article_are_there,
    pictures_of_the_text_are_there,
    pictures_have_alternative_text,
    captions_belong_to_pictures,
    attachments_are_there,
    linked_files_are_there,
    letters_are_unicode,
    nothing_is_indented_by_spaces,
    plain_fields_hold_no_html,
    sizes_are_sane,
];

pub(super) fn judge(case: &Case<'_>, say: &mut Say<'_>) {
    for rule in RULES {
        rule(case, say);
    }
}

/// Judges where the file is, before it is read.
pub(super) fn judge_name(say: &mut Say<'_>) {
    let name = say.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".json").to_owned();
    if name.parse::<archive::Slug>().is_err() {
        let suggestion = viet_text::slug(&name, 80);
        let cure = match suggestion.is_empty() {
            true => "Name the file with small letters a-z, digits and single hyphens.".to_owned(),
            false => {
                format!("Name the file {suggestion}.json: small letters a-z, digits and single hyphens.")
            }
        };
        say.error("file", format!("The file name “{}” cannot stand in an address.", shown(&name)), cure);
    }
    if !in_a_month(say.path) {
        say.error(
            "file",
            "The article is not in a folder articles/YYYY/MM/.",
            "Move it to the year and month of its date.",
        );
    }
}

fn in_a_month(path: &str) -> bool {
    let folders: Vec<&str> = path.split('/').collect();
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    matches!(folders[..], [_, year, month, _] if digits(year, 4) && digits(month, 2))
}

/// The start of a text, to be quoted in a sentence.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(80).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// The cure for a file that is not there.
pub(super) fn put_or_correct(near: Option<&str>) -> String {
    match near {
        Some(near) => format!("Write “{near}”, as the file is called."),
        None => "Put the file there, or correct the path.".to_owned(),
    }
}

fn missing(say: &mut Say<'_>, field: &str, text: &str, sentence: &str, cure: &str) {
    if text.trim().is_empty() && !say.has(field) {
        say.error(field, sentence, cure);
    }
}

fn id_is_there(case: &Case<'_>, say: &mut Say<'_>) {
    missing(
        say,
        "id",
        &case.article.id,
        "The article has no id.",
        "Write one that no other article has and never change it.",
    );
}

fn title_is_there(case: &Case<'_>, say: &mut Say<'_>) {
    missing(say, "title", &case.article.title, "The article has no title.", "Write the headline.");
}

fn date_is_there(case: &Case<'_>, say: &mut Say<'_>) {
    if case.article.date_published.is_none() && !say.has("date_published") {
        let cure = "Write it as \"2021-09-11T10:21:00+07:00\".";
        say.error("date_published", "The article does not say when it was published.", cure);
    }
}

fn category_is_known(case: &Case<'_>, say: &mut Say<'_>) {
    let category = &case.article.bantin.category;
    missing(
        say,
        "_bantin.category",
        category,
        "The article has no category.",
        "Write the slug of one from portal.json.",
    );
    must_be_known(say, "category", category, case.around.categories.as_ref());
}

fn topic_is_known(case: &Case<'_>, say: &mut Say<'_>) {
    must_be_known(say, "topic", &case.article.bantin.topic, case.around.topics.as_ref());
}

/// Judges a slug that must be one of `portal.json`, where it is there and these are known.
fn must_be_known(say: &mut Say<'_>, field: &str, slug: &str, known: Option<&BTreeSet<&str>>) {
    let Some(known) = known else { return };
    if slug.trim().is_empty() || known.contains(slug) {
        return;
    }
    let folded = viet_text::slug(slug, 200);
    let cure = match known.contains(folded.as_str()) {
        true => format!("Write its slug, “{folded}”."),
        false => "Write the slug of one from portal.json, or add it there.".to_owned(),
    };
    say.error(
        format!("_bantin.{field}"),
        format!("The {field} “{}” is not in portal.json.", shown(slug)),
        cure,
    );
}

// State portals must show author, source and time with every article; an archive that lacks them would
// publish what may not be published, so each of these three is an error and not a warning.

fn author_is_there(case: &Case<'_>, say: &mut Say<'_>) {
    let authors = &case.article.authors;
    if authors.is_empty() && !say.has("author") {
        say.error(
            "authors",
            "The article has no author.",
            "Write [{\"name\": \"…\"}]; state portals must name one.",
        );
    }
    for (i, author) in authors.iter().enumerate() {
        missing(
            say,
            &format!("authors[{i}].name"),
            &author.name,
            "The author has no name.",
            "Write the name.",
        );
    }
}

fn unit_is_there(case: &Case<'_>, say: &mut Say<'_>) {
    let sentence = "The article does not say which office it comes from.";
    missing(
        say,
        "_bantin.unit",
        &case.article.bantin.unit,
        sentence,
        "Write the office, such as “Văn phòng Sở”.",
    );
}

fn source_is_there(case: &Case<'_>, say: &mut Say<'_>) {
    let cure = "Write it; for the department's own text, the office. State portals must show it.";
    missing(
        say,
        "_bantin.source",
        &case.article.bantin.source,
        "The article does not name its source.",
        cure,
    );
}

fn url_fits_the_file_name(case: &Case<'_>, say: &mut Say<'_>) {
    let url = case.article.url.trim();
    let right = format!("/bai-viet/{}", case.name);
    let whole = matches!(Target::parse(url), Some(Target::External(whole)) if whole.starts_with("http"));
    if url.is_empty() || url == right || (whole && url.ends_with(&right)) {
        return;
    }
    let sentence = format!("The address “{}” does not end with the file's name.", shown(url));
    say.error("url", sentence, format!("Write \"{right}\", or rename the file."));
}

fn folder_fits_the_date(case: &Case<'_>, say: &mut Say<'_>) {
    let Some(published) = case.article.date_published else { return };
    let right = published.day().format("articles/%Y/%m/").to_string();
    // A path that is no articles/YYYY/MM/ was reported with the file name.
    if !case.path.starts_with(&right) && in_a_month(case.path) {
        let sentence = format!(
            "The article is of {}, but its file is not in {right}.",
            published.day().format("%d/%m/%Y")
        );
        say.error("date_published", sentence, format!("Move the file to {right}, or correct the date."));
    }
}

fn dates_are_not_in_the_future(case: &Case<'_>, say: &mut Say<'_>) {
    let today = case.around.today;
    let mut judge = |field: &str, moment: Option<Moment>| {
        if let Some(moment) = moment.filter(|moment| moment.day() > today) {
            let sentence = format!("{moment} is in the future; today is {}.", today.format("%d/%m/%Y"));
            say.error(field, sentence, "Correct the date, or publish the article then.");
        }
    };
    judge("date_published", case.article.date_published);
    judge("date_modified", case.article.date_modified);
}

fn change_is_not_before_publication(case: &Case<'_>, say: &mut Say<'_>) {
    if let (Some(published), Some(modified)) = (case.article.date_published, case.article.date_modified)
        && modified < published
    {
        let sentence = format!("The last change, {modified}, is before the publication, {published}.");
        say.error("date_modified", sentence, "Correct one of the two dates, or leave date_modified out.");
    }
}

fn until_dates_make_sense(case: &Case<'_>, say: &mut Say<'_>) {
    let bantin = &case.article.bantin;
    for (name, on, until) in
        [("hot", bantin.hot, bantin.hot_until), ("featured", bantin.featured, bantin.featured_until)]
    {
        let Some(until) = until else { continue };
        let field = format!("_bantin.{name}_until");
        if !on && !say.has(&format!("_bantin.{name}")) {
            let cure = format!("Write \"{name}\": true, or leave {name}_until out.");
            say.warning(field, format!("This has no effect, because {name} is not true."), cure);
        } else if case.article.date_published.is_some_and(|published| until < published.day()) {
            say.warning(field, "This day is before the article was published.", "Correct the day.");
        }
    }
}

/// Characters that leave nothing on the page: white space, controls, zero-width and direction marks.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn body_is_not_empty(case: &Case<'_>, say: &mut Say<'_>) {
    let mut pictures = Vec::new();
    pictures_of(&case.body.0, &mut pictures);
    let is_empty = pictures.is_empty() && case.body.plain_text().chars().all(is_invisible);
    if is_empty && !say.has("content_") {
        let (field, sentence) = match case.article.content {
            None => ("content_html", "The article has no text."),
            Some(_) => {
                (case.content_field, "The text of the article is empty, or nothing of it can be shown.")
            }
        };
        say.error(field, sentence, "Write the text in content_html or content_text.");
    }
}

/// Whether a lost address could only be meant for this archive: then it is broken, and not merely lost.
fn was_meant_here(loss: &Loss) -> bool {
    // `C:\anh.jpg` and `file:///…`, as word processors write pictures that lie on the editor's own machine.
    let own_machine = |scheme: &str| scheme.len() == 1 || scheme.eq_ignore_ascii_case("file");
    if loss.kind == LossKind::Picture && loss.name.split_once(':').is_some_and(|(s, _)| own_machine(s)) {
        return true;
    }
    let whole = loss.name.contains(':') || loss.name.starts_with('#');
    !whole && (loss.kind == LossKind::Picture || loss.kind == LossKind::Link && loss.name.contains(".."))
}

/// Losses that one sentence names; more are the work of a program or an attack, and nobody reads on.
const LOSSES_TOLD: usize = 40;

fn cleaning_loses_nothing(case: &Case<'_>, say: &mut Say<'_>) {
    for loss in case.losses.iter().filter(|loss| was_meant_here(loss)) {
        let shown = shown(&loss.name);
        let sentence = match loss.kind {
            LossKind::Picture if shown.is_empty() => "A picture has no address.".to_owned(),
            LossKind::Picture => format!("The picture “{shown}” is not below media/."),
            _ => format!("The link “{shown}” leaves the portal."),
        };
        let cure = match loss.kind {
            LossKind::Picture => "Put the picture into media/ and write its path from there.",
            _ => "Write /bai-viet/…, /chuyen-muc/… or media/…, or the whole address.",
        };
        say.error(case.content_field, sentence, cure);
    }
    let mut told: Vec<_> =
        case.losses.iter().filter(|loss| !was_meant_here(loss)).map(ToString::to_string).collect();
    // HTML parsers take it for a comment, so the cleaner never sees it.
    if matches!(&case.article.content, Some(Content::Html(html)) if html.contains("<![CDATA[")) {
        told.push("a CDATA section with its content".to_owned());
    }
    if told.len() > LOSSES_TOLD {
        let more = told.len() - LOSSES_TOLD;
        told.truncate(LOSSES_TOLD);
        told.push(format!("and {more} more things"));
    }
    if !told.is_empty() {
        let sentence = format!("Cleaning this HTML loses: {}.", told.join("; "));
        say.warning(case.content_field, sentence, "Remove it, or say it with what docs/editors.md allows.");
    }
}

/// Judges a written path of a picture; whole addresses are allowed, but warned about.
fn picture(case: &Case<'_>, say: &mut Say<'_>, field: &str, written: &str) {
    let name = shown(written);
    if matches!(ImageSource::parse(written), Some(ImageSource::External(_))) {
        let sentence = format!("The picture “{name}” is on another site and may vanish.");
        return say.warning(field, sentence, "Copy it into media/, if its rights allow.");
    }
    match case.around.media.find(written) {
        Found::File(path) if case.around.media.get(path).is_some_and(|medium| medium.is_picture) => {}
        Found::File(_) => say.error(
            field,
            format!("“{name}” is not a picture that browsers show."),
            "Use SVG, WebP, PNG, JPEG, GIF or AVIF.",
        ),
        Found::Outside => say.error(
            field,
            format!("The picture “{name}” is not below media/."),
            "Put the picture into media/ and write its path from there.",
        ),
        Found::Nothing(near) => {
            say.error(field, format!("The picture “{name}” is not there."), put_or_correct(near));
        }
    }
}

fn pictures_of_the_article_are_there(case: &Case<'_>, say: &mut Say<'_>) {
    for (field, written) in [("image", &case.article.image), ("banner_image", &case.article.banner_image)] {
        if !written.trim().is_empty() {
            picture(case, say, field, written);
        }
    }
}

/// The pictures of the text: address and alternative text, in order.
fn pictures_of<'a>(blocks: &'a [Block], found: &mut Vec<(&'a str, &'a str)>) {
    for block in blocks {
        match block {
            Block::Figure { image, .. } => found.push((image.src.as_str(), &image.alt)),
            Block::List { items, .. } => items.iter().for_each(|item| pictures_of(item, found)),
            Block::Table { head, rows, .. } => {
                head.iter().chain(rows).flatten().for_each(|cell| pictures_of(&cell.blocks, found));
            }
            Block::Quote(blocks) | Block::Details { blocks, .. } => pictures_of(blocks, found),
            Block::Heading { .. } | Block::Paragraph(_) | Block::Preformatted(_) | Block::Rule => {}
        }
    }
}

fn pictures_of_the_text_are_there(case: &Case<'_>, say: &mut Say<'_>) {
    let mut pictures = Vec::new();
    pictures_of(&case.body.0, &mut pictures);
    for (written, _) in pictures {
        picture(case, say, case.content_field, written);
    }
}

fn pictures_have_alternative_text(case: &Case<'_>, say: &mut Say<'_>) {
    let article = case.article;
    let cure = "Say in a few words what the picture shows, for readers who do not see it.";
    if !(article.image.trim().is_empty() && article.banner_image.trim().is_empty())
        && article.bantin.image_alt.trim().is_empty()
        && !say.has("_bantin.image_alt")
    {
        say.warning("_bantin.image_alt", "The article's picture has no alternative text.", cure);
    }
    let mut pictures = Vec::new();
    pictures_of(&case.body.0, &mut pictures);
    for (written, _) in pictures.iter().filter(|(_, alt)| alt.trim().is_empty()) {
        let sentence = format!("The picture “{}” has no alternative text.", shown(written));
        say.warning(case.content_field, sentence, cure);
    }
}

/// The path of a picture as captions name it: `/media/a.svg` and `media/a.svg` are one picture.
pub(crate) fn plain_path(written: &str) -> &str {
    let path = written.trim();
    path.strip_prefix('/').unwrap_or(path)
}

fn captions_belong_to_pictures(case: &Case<'_>, say: &mut Say<'_>) {
    let mut pictures = Vec::new();
    pictures_of(&case.body.0, &mut pictures);
    for path in case.article.bantin.captions.keys() {
        let plain = plain_path(path);
        let own = [&case.article.image, &case.article.banner_image];
        let used = own.into_iter().any(|image| plain_path(image) == plain);
        if !used && !pictures.iter().any(|(src, _)| plain_path(src) == plain) {
            let sentence = format!("The caption for “{}” belongs to no picture of the article.", shown(path));
            say.warning(
                "_bantin.captions",
                sentence,
                "Write the path exactly as the picture has it, or remove it.",
            );
        }
    }
}

fn attachments_are_there(case: &Case<'_>, say: &mut Say<'_>) {
    for (i, attachment) in case.article.attachments.iter().enumerate() {
        let field = format!("attachments[{i}].url");
        missing(say, &field, &attachment.url, "The attachment has no address.", "Write its path, media/….");
        if !attachment.url.trim().is_empty() {
            file(case, say, &field, "attachment", &attachment.url);
        }
    }
}

/// Endings of files that run in the reader's browser, with the rights of the portal, when they are opened.
const RUNS: [&str; 18] = [
    "html", "htm", "xhtml", "xht", "shtml", "js", "mjs", "xml", "wasm", "xsl", "xslt", "rdf", "rss", "atom",
    "svgz", "mht", "mhtml", "hta",
];

fn file(case: &Case<'_>, say: &mut Say<'_>, field: &str, what: &str, written: &str) {
    let name = shown(written);
    if let Some(Target::External(address)) = Target::parse(written) {
        if what == "attachment" && !address.to_ascii_lowercase().starts_with("http") {
            say.error(field, format!("“{name}” is not a file."), "Write the path of a file, media/….");
        }
        return;
    }
    match case.around.media.find(written) {
        Found::File(path) if RUNS.contains(&&*ending(path)) => say.error(
            field,
            format!("The {what} “{name}” would run in the reader's browser."),
            "Publish it as PDF or in a ZIP file.",
        ),
        Found::File(_) => {}
        Found::Outside => say.error(
            field,
            format!("The {what} “{name}” is not below media/."),
            "Put the file into media/ and write its path from there.",
        ),
        Found::Nothing(near) => {
            say.error(field, format!("The {what} “{name}” is not there."), put_or_correct(near));
        }
    }
}

fn linked_files_are_there(case: &Case<'_>, say: &mut Say<'_>) {
    let mut body = case.body.clone();
    let mut seen = BTreeSet::new();
    crate::publish::each_target(&mut body, &mut |target| {
        if let Target::File(path) = target
            && seen.insert(path.clone())
        {
            file(case, say, case.content_field, "linked file", path);
        }
    });
}

/// A leftover as sentence and cure.
pub(super) fn told(leftover: &Leftover) -> (String, String) {
    let words: Vec<_> = leftover.words.iter().map(|(written, _)| format!("“{}”", shown(written))).collect();
    let meant: Vec<_> = leftover.words.iter().map(|(_, meant)| format!("“{}”", shown(meant))).collect();
    let more = match leftover.count - leftover.words.len() {
        0 => String::new(),
        1 => " and 1 more word".to_owned(),
        n => format!(" and {n} more words"),
    };
    let sentence = format!("In {}{more}, {}.", words.join(", "), leftover.origin);
    (sentence, format!("Write {} in Unicode, and correct the words like it.", meant.join(", ")))
}

fn letters_are_unicode(case: &Case<'_>, say: &mut Say<'_>) {
    let article = case.article;
    let mut texts: Vec<(String, &str)> = vec![
        ("title".into(), &article.title),
        ("summary".into(), &article.summary),
        ("_bantin.unit".into(), &article.bantin.unit),
        ("_bantin.source".into(), &article.bantin.source),
        ("_bantin.image_alt".into(), &article.bantin.image_alt),
    ];
    let body = case.body.plain_text();
    texts.push((case.content_field.into(), &body));
    let mut pictures = Vec::new();
    pictures_of(&case.body.0, &mut pictures);
    texts.extend(pictures.iter().map(|(_, alt)| (case.content_field.to_owned(), *alt)));
    let numbered = |name: &str, i: usize, last: &str| format!("{name}[{i}]{last}");
    texts
        .extend(article.authors.iter().enumerate().map(|(i, a)| (numbered("authors", i, ".name"), &*a.name)));
    texts.extend(article.tags.iter().enumerate().map(|(i, tag)| (numbered("tags", i, ""), &**tag)));
    texts.extend(
        article
            .attachments
            .iter()
            .enumerate()
            .map(|(i, a)| (numbered("attachments", i, ".title"), &*a.title)),
    );
    texts.extend(
        article.bantin.captions.iter().map(|(path, text)| (format!("_bantin.captions.{path}"), &**text)),
    );
    for (field, text) in texts {
        for leftover in leftovers(text) {
            let (sentence, cure) = told(&leftover);
            say.error(field.clone(), sentence, cure);
        }
    }
}

/// Elements that a browser begins on a new line.
const LINES: [&str; 31] = [
    "p",
    "div",
    "li",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "figcaption",
    "dd",
    "dt",
    "ul",
    "ol",
    "dl",
    "table",
    "caption",
    "figure",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "address",
    "center",
    "details",
    "summary",
];

fn nothing_is_indented_by_spaces(case: &Case<'_>, say: &mut Say<'_>) {
    let indented = |text: &str| {
        let spaces: String = text.chars().take_while(|c| c.is_whitespace()).collect();
        spaces.contains('\u{a0}') && spaces.len() < text.len()
    };
    let mut count = 0;
    match &case.article.content {
        Some(Content::Text(text)) => count = text.lines().filter(|line| indented(line)).count(),
        _ => {
            let mut line = String::new();
            count_indents(case.nodes, &mut line, &mut |line| count += usize::from(indented(line)), 0);
            count += usize::from(indented(&line));
        }
    }
    let cure = "Remove them; the page indents where it should.";
    if count > 0 {
        let lines = if count == 1 { "A line begins".to_owned() } else { format!("{count} lines begin") };
        let sentence =
            format!("{lines} with no-break spaces (U+00A0, &nbsp;) for an indent; they are left out.");
        say.warning(case.content_field, sentence, cure);
    }
    for (field, text) in [("title", &case.article.title), ("summary", &case.article.summary)] {
        if indented(text) {
            say.warning(field, "The text begins with no-break spaces (U+00A0).", cure);
        }
    }
}

/// Hands over the text of each line of a page: what stands between the beginnings and ends of blocks.
fn count_indents(nodes: &[Node], line: &mut String, end: &mut impl FnMut(&str), depth: usize) {
    if depth > archive::markup::MAX_DEPTH {
        return;
    }
    for node in nodes {
        match node {
            Node::Text(text) => line.push_str(text),
            Node::Element { name, children, .. } => {
                let parts = LINES.contains(&&**name) || name == "br";
                if parts {
                    end(line);
                    line.clear();
                }
                count_indents(children, line, end, depth + 1);
                if parts {
                    end(line);
                    line.clear();
                }
            }
        }
    }
}

fn plain_fields_hold_no_html(case: &Case<'_>, say: &mut Say<'_>) {
    let is_html = |text: &str| {
        let folded = text.to_ascii_lowercase();
        ["</", "<br", "<p>", "<b>", "<i>", "&nbsp;", "&amp;", "&lt;", "&quot;", "&#"]
            .iter()
            .any(|tag| folded.contains(tag))
    };
    let bantin = &case.article.bantin;
    for (field, text) in [
        ("title", &case.article.title),
        ("summary", &case.article.summary),
        ("_bantin.unit", &bantin.unit),
        ("_bantin.source", &bantin.source),
        ("_bantin.image_alt", &bantin.image_alt),
    ] {
        if is_html(text) {
            say.warning(
                field,
                "This field is plain text, but holds HTML, which readers will see as it is.",
                "Write the text alone.",
            );
        }
    }
    if let Some(Content::Text(text)) = &case.article.content
        && is_html(text)
    {
        say.warning(
            "content_text",
            "This field is plain text, but holds HTML, which readers will see as it is.",
            "Call the field content_html, or write the text alone.",
        );
    }
}

fn sizes_are_sane(case: &Case<'_>, say: &mut Say<'_>) {
    let article = case.article;
    let mut letters = |field: String, text: &str, most: usize| {
        if text.chars().nth(most).is_some() {
            let sentence = format!("The text has {} letters, more than {most}.", text.chars().count());
            say.error(field, sentence, "Shorten it; details belong into the text of the article.");
        }
    };
    letters("title".into(), &article.title, limits::TITLE);
    letters("summary".into(), &article.summary, limits::SUMMARY);
    letters("id".into(), &article.id, limits::LINE);
    letters("_bantin.unit".into(), &article.bantin.unit, limits::LINE);
    letters("_bantin.source".into(), &article.bantin.source, limits::LINE);
    letters("_bantin.image_alt".into(), &article.bantin.image_alt, limits::LINE);
    for (i, tag) in article.tags.iter().enumerate() {
        letters(format!("tags[{i}]"), tag, limits::TAG);
    }
    for (i, author) in article.authors.iter().enumerate() {
        letters(format!("authors[{i}].name"), &author.name, limits::LINE);
    }
    for (i, attachment) in article.attachments.iter().enumerate() {
        letters(format!("attachments[{i}].title"), &attachment.title, limits::LINE);
    }
    for (path, caption) in &article.bantin.captions {
        letters(format!("_bantin.captions.{path}"), caption, limits::LINE);
    }
    let mut pictures = Vec::new();
    pictures_of(&case.body.0, &mut pictures);
    for (field, count, most) in [
        ("tags", article.tags.len(), limits::TAGS),
        ("authors", article.authors.len(), limits::AUTHORS),
        ("attachments", article.attachments.len(), limits::ATTACHMENTS),
        (case.content_field, pictures.len(), limits::PICTURES),
    ] {
        if count > most {
            let things = if field == case.content_field { "pictures" } else { field };
            say.error(
                field,
                format!("The article has {count} {things}, more than {most}."),
                "Keep those readers need.",
            );
        }
    }
}
