//! Rules for `portal.json`. Not here: its form, which `archive::source::read_portal` judges.

use super::{Say, letters::leftovers, limits};
use crate::media::{Found, Media};
use archive::{accent::Accent, body::Target, source::Portal};

pub(super) fn judge(portal: &Portal, media: &Media, say: &mut Say<'_>) {
    names_are_there(portal, say);
    there_are_categories(portal, say);
    sites_have_names_and_addresses(portal, say);
    logos_are_there(portal, media, say);
    the_accent_can_be_read(portal, say);
    counts_are_sane(portal, say);
    texts_are_short_and_in_unicode(portal, say);
}

fn names_are_there(portal: &Portal, say: &mut Say<'_>) {
    if portal.name.trim().is_empty() && !say.has("name") {
        say.error("name", "The portal has no name.", "Write one, such as “Cổng thông tin điện tử”.");
    }
    if portal.unit.trim().is_empty() && !say.has("unit") {
        say.error(
            "unit",
            "The portal does not say which department publishes it.",
            "Write the department's name.",
        );
    }
}

fn there_are_categories(portal: &Portal, say: &mut Say<'_>) {
    if portal.categories.is_empty() && !say.has("categories") {
        say.error("categories", "The portal has no categories.", "Write at least one, with slug and name.");
    }
}

fn sites_have_names_and_addresses(portal: &Portal, say: &mut Say<'_>) {
    for (i, group) in portal.links.iter().enumerate() {
        for (j, site) in group.sites.iter().enumerate() {
            let field = |name: &str| format!("links[{i}].sites[{j}].{name}");
            if site.name.trim().is_empty() && !say.has(&field("name")) {
                say.error(field("name"), "The linked site has no name.", "Write the name that readers see.");
            }
            let http = |url: &str| url.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
            let whole = matches!(Target::parse(&site.url), Some(Target::External(url)) if http(&url));
            if !whole && !say.has(&field("url")) {
                let sentence = format!("“{}” is not an address of a site.", super::article::shown(&site.url));
                say.error(field("url"), sentence, "Write the whole address, beginning with https://.");
            }
        }
    }
}

fn logos_are_there(portal: &Portal, media: &Media, say: &mut Say<'_>) {
    for (i, group) in portal.links.iter().enumerate() {
        for (j, site) in group.sites.iter().enumerate().filter(|(_, site)| !site.logo.is_empty()) {
            let field = format!("links[{i}].sites[{j}].logo");
            let shown = super::article::shown(&site.logo);
            match media.find(&site.logo) {
                Found::File(path) if media.get(path).is_some_and(|medium| medium.is_picture) => {}
                Found::File(_) => say.error(
                    field,
                    format!("“{shown}” is not a picture that browsers show."),
                    "Use SVG, WebP, PNG, JPEG, GIF or AVIF.",
                ),
                Found::Outside => say.error(
                    field,
                    format!("“{shown}” is not below media/."),
                    "Put the logo into media/ and write its path from there.",
                ),
                Found::Nothing(near) => {
                    say.error(
                        field,
                        format!("The logo “{shown}” is not there."),
                        super::article::put_or_correct(near),
                    );
                }
            }
        }
    }
}

fn the_accent_can_be_read(portal: &Portal, say: &mut Say<'_>) {
    if let Some(Err(pale)) = portal.accent.map(Accent::of) {
        let (whole, rest) = (pale.contrast / 100, pale.contrast % 100);
        say.error(
            "accent",
            format!(
                "Links in {} could not be read: its contrast on white is {whole}.{rest:02}:1 and must be at \
                 least 4.5:1.",
                pale.given
            ),
            format!("Write {}, the nearest that can be read, or a darker colour.", pale.nearest),
        );
    }
}

fn counts_are_sane(portal: &Portal, say: &mut Say<'_>) {
    if portal.categories.len() > limits::CATEGORIES {
        let sentence = format!("The portal has more than {} categories.", limits::CATEGORIES);
        say.error("categories", sentence, "Join some of them.");
    }
    if portal.links.iter().map(|group| group.sites.len()).sum::<usize>() > limits::SITES {
        say.error(
            "links",
            format!("There are more than {} linked sites.", limits::SITES),
            "Keep those readers use.",
        );
    }
}

fn texts_are_short_and_in_unicode(portal: &Portal, say: &mut Say<'_>) {
    let mut texts = vec![
        ("name".to_owned(), &portal.name),
        ("unit".into(), &portal.unit),
        ("parent_unit".into(), &portal.parent_unit),
        ("description".into(), &portal.description),
        ("notice".into(), &portal.notice),
        ("address".into(), &portal.address),
        ("contact.responsible".into(), &portal.contact.responsible),
    ];
    for (short, long) in &portal.short_forms {
        texts.push((format!("short_forms.{short}"), long));
    }
    for category in &portal.categories {
        texts.push((format!("categories.{}", category.slug), &category.name));
        texts.push((format!("categories.{}.description", category.slug), &category.description));
    }
    for (i, group) in portal.links.iter().enumerate() {
        texts.push((format!("links[{i}].group"), &group.group));
        let sites = group.sites.iter().enumerate();
        texts.extend(sites.map(|(j, site)| (format!("links[{i}].sites[{j}].name"), &site.name)));
    }
    for (field, text) in texts {
        if text.chars().nth(limits::LINE).is_some() {
            let sentence =
                format!("The text has {} letters, more than {}.", text.chars().count(), limits::LINE);
            say.error(field.clone(), sentence, "Shorten it.");
        }
        for leftover in leftovers(text) {
            let (sentence, cure) = super::article::told(&leftover);
            say.error(field.clone(), sentence, cure);
        }
    }
}
