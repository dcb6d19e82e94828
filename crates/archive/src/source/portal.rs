//! `portal.json` as its editor keeps it.

use super::{article::read_object, fields::Fields};
use crate::{
    Colour, Problem, Slug,
    published::{Category, HomeBlock},
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Who publishes, in the source format. What is not in the file is empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Portal {
    /// Name of the portal.
    pub name: String,
    /// The whole address where it lies, without white space around it.
    pub url: String,
    /// The department.
    pub unit: String,
    /// The body above it.
    pub parent_unit: String,
    /// One sentence about the portal.
    pub description: String,
    /// A line for every page.
    pub notice: String,
    /// Postal address.
    pub address: String,
    /// How to reach it.
    pub contact: Contact,
    /// Categories with a valid slug, in order, each slug once.
    pub categories: Vec<Category>,
    /// Topics, in the same way.
    pub topics: Vec<Category>,
    /// Linked sites, in order.
    pub links: Vec<Group>,
    /// Blocks of the home page; all of them when the file does not say.
    pub home: Vec<HomeBlock>,
    /// The department's own short forms and what each stands for, for search.
    pub short_forms: BTreeMap<String, String>,
    /// The department's own colour.
    pub accent: Option<Colour>,
    /// Who counts the visits to the whole portal.
    pub visits: Visits,
    /// Whether smaller copies of pictures are made; true when the file does not say.
    pub picture_sizes: bool,
    /// Fields that the program does not know.
    pub other: Map<String, Value>,
}

/// Who counts the visits to the whole portal, as written; nobody where all is empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Visits {
    /// Whether `counts.json` lies beside the published archive.
    pub counts: bool,
    /// The address of a GoatCounter.
    pub goatcounter: String,
    /// What an old portal had counted.
    pub start: Option<u64>,
    /// Where readers' browsers send their views on to; nowhere when the file does not say.
    pub send: Option<Sending>,
    /// Unknown fields.
    pub other: Map<String, Value>,
}

/// A service that counts views, as written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sending {
    /// Its name.
    pub to: String,
    /// Its address.
    pub address: String,
    /// By what it knows the portal.
    pub site: String,
    /// Unknown fields.
    pub other: Map<String, Value>,
}

/// How to reach the department.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contact {
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Who answers for the content.
    pub responsible: String,
    /// Unknown fields.
    pub other: Map<String, Value>,
}

/// Linked sites under one heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// The heading.
    pub group: String,
    /// The sites.
    pub sites: Vec<Site>,
}

/// A linked site.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// `media/…` of its logo; may be empty.
    pub logo: String,
}

/// The time zone that a portal may name. Any other would show wrong days.
const TIME_ZONE: &str = "Asia/Ho_Chi_Minh";

/// Reads the text of `portal.json`; `path` is only for the problems.
///
/// Every fault of the file is reported. `None` only when the text is not a JSON object.
pub fn read_portal(path: &str, text: &str) -> (Option<Portal>, Vec<Problem>) {
    let (map, mut problems) = read_object(path, text);
    let portal = map.map(|map| {
        let mut fields = Fields::new(path, map, &mut problems);
        let zone = fields.text("time_zone");
        if !zone.is_empty() && zone != TIME_ZONE {
            fields.fault(
                "time_zone",
                format!("“{}” is not the time zone of Việt Nam.", shorten(&zone)),
                format!("Write {TIME_ZONE}, or leave it out: days are days in Việt Nam."),
            );
        }
        Portal {
            name: fields.text("name"),
            url: fields.text("url").trim().to_owned(),
            unit: fields.text("unit"),
            parent_unit: fields.text("parent_unit"),
            description: fields.text("description"),
            notice: fields.text("notice"),
            address: fields.text("address"),
            contact: fields.inside("contact", contact).unwrap_or_default(),
            categories: sorts(&mut fields, &CATEGORIES),
            topics: sorts(&mut fields, &TOPICS),
            links: fields.objects("links", group),
            home: home(&mut fields),
            short_forms: short_forms(&mut fields),
            accent: accent(&mut fields),
            visits: fields.inside("visits", visits).unwrap_or_default(),
            picture_sizes: fields.flag_or("picture_sizes", true),
            other: fields.rest(),
        }
    });
    (portal, problems)
}

/// The most letters of a short form, and of what it stands for.
const LONGEST_FORM: usize = 120;
/// The most short forms: each is looked for at every word of every text.
const MOST_SHORT_FORMS: usize = 200;

fn short_forms(fields: &mut Fields<'_>) -> BTreeMap<String, String> {
    let mut forms = fields.text_map("short_forms");
    let usable = |text: &str| !text.trim().is_empty() && text.chars().count() <= LONGEST_FORM;
    let bad: Vec<String> = forms
        .iter()
        .filter(|(short, long)| !usable(short) || !usable(long))
        .map(|(short, _)| short.clone())
        .collect();
    for short in bad {
        forms.remove(&short);
        fields.fault(
            &format!("short_forms.{}", shorten(&short)),
            "a short form and what it stands for need 1 to 120 letters each.",
            "Write for example \"Sở\": \"Sở Giáo dục và Đào tạo\".",
        );
    }
    if forms.len() > MOST_SHORT_FORMS {
        fields.fault(
            "short_forms",
            format!("{} short forms are more than the {MOST_SHORT_FORMS} that search takes.", forms.len()),
            "Keep those that readers search for.",
        );
        forms = forms.into_iter().take(MOST_SHORT_FORMS).collect();
    }
    forms
}

fn accent(fields: &mut Fields<'_>) -> Option<Colour> {
    let text = fields.text("accent");
    let text = text.trim();
    let read = text.parse();
    if read.is_err() && !text.is_empty() {
        let sentence = format!("“{}” is not a colour.", shorten(text));
        fields.fault("accent", sentence, "Write # and six digits 0-9 and a-f, such as #12457f.");
    }
    read.ok()
}

fn visits(fields: &mut Fields<'_>) -> Visits {
    Visits {
        counts: fields.flag("counts"),
        goatcounter: fields.text("goatcounter").trim().to_owned(),
        start: fields.number("start"),
        send: fields.inside("send", |fields| Sending {
            to: fields.text("to").trim().to_owned(),
            address: fields.text("address").trim().to_owned(),
            site: fields.text("site").trim().to_owned(),
            other: fields.take_rest(),
        }),
        other: fields.take_rest(),
    }
}

fn contact(fields: &mut Fields<'_>) -> Contact {
    Contact {
        phone: fields.text("phone"),
        email: fields.text("email"),
        responsible: fields.text("responsible"),
        other: fields.take_rest(),
    }
}

/// What articles are sorted by: the field, and what one of it is called in sentences.
struct Sort {
    field: &'static str,
    one: &'static str,
}

const CATEGORIES: Sort = Sort { field: "categories", one: "category" };
const TOPICS: Sort = Sort { field: "topics", one: "topic" };

fn sorts(fields: &mut Fields<'_>, Sort { field, one }: &Sort) -> Vec<Category> {
    let mut found: Vec<Category> = Vec::new();
    fields.list(field, |fields, path, value| {
        let category = fields.object_of(path, value, |fields| {
            let (slug_is_text, name_is_text) =
                (fields.is_text_or_missing("slug"), fields.is_text_or_missing("name"));
            let (slug, name) = (fields.text("slug"), fields.text("name"));
            if name.trim().is_empty() && name_is_text {
                fields.fault("name", format!("The {one} has no name."), "Write the name that readers see.");
            }
            match slug.parse::<Slug>() {
                Ok(slug) => Some(Category { slug, name, description: fields.text("description") }),
                // That it is no text was told.
                Err(_) if !slug_is_text => None,
                Err(_) => {
                    let suggestion = viet_text::slug(&name, 80);
                    let cure = match suggestion.is_empty() {
                        true => "Use small letters a-z, digits and single hyphens.".to_owned(),
                        false => {
                            format!("Write “{suggestion}”: small letters a-z, digits and single hyphens.")
                        }
                    };
                    let sentence = match slug.trim().is_empty() {
                        true => format!("The {one} has no slug."),
                        false => format!("“{}” cannot stand in an address.", shorten(&slug)),
                    };
                    fields.fault("slug", sentence, cure);
                    None
                }
            }
        });
        let category = category.flatten()?;
        if found.iter().any(|other| other.slug == category.slug) {
            let sentence = format!("The slug “{}” belongs to another {one} already.", category.slug);
            fields.fault(&format!("{path}.slug"), sentence, format!("Give each {one} a slug of its own."));
        } else {
            found.push(category);
        }
        Some(())
    });
    found
}

fn group(fields: &mut Fields<'_>) -> Group {
    Group {
        group: fields.text("group"),
        sites: fields.objects("sites", |fields| Site {
            name: fields.text("name"),
            url: fields.text("url"),
            logo: fields.text("logo"),
        }),
    }
}

fn home(fields: &mut Fields<'_>) -> Vec<HomeBlock> {
    if !fields.has("home") {
        return HomeBlock::ALL.to_vec();
    }
    let mut blocks = Vec::new();
    fields.list("home", |fields, path, value| {
        match serde_json::from_value::<HomeBlock>(value.clone()) {
            Ok(block) if blocks.contains(&block) => {
                fields.fault(path, format!("The block {value} is there already."), "Name each block once.");
            }
            Ok(block) => blocks.push(block),
            Err(_) => {
                let sentence = format!("{} is not a block of the home page.", shorten(&value.to_string()));
                let cure =
                    "Choose among hot, featured, newest, topics, categories, calendar, links and visits.";
                fields.fault(path, sentence, cure);
            }
        }
        Some(())
    });
    blocks
}

fn shorten(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_portal_is_read_whole() {
        let text = r#"{"name": "Cổng", "url": " https://so.example/ ", "unit": "Sở", "contact": {"phone": "1"}, "time_zone": "Asia/Ho_Chi_Minh",
            "categories": [{"slug": "tin", "name": "Tin"}], "topics": [{"slug": "bao", "name": "Bão"}], "links": [{"group": "G", "sites": [{"name": "S",
            "url": "https://a.example/"}]}], "home": ["newest", "links"], "accent": " #B3261e",
            "picture_sizes": false, "visits": {"goatcounter": " https://dem.example ", "start": 3799249,
            "send": {"to": "matomo", "address": " https://dem.example/matomo ", "site": "7", "mode": "x"}}, "theme": "x"}"#;
        let (portal, problems) = read_portal("portal.json", text);
        let portal = portal.expect("a portal");
        assert_eq!(problems, []);
        assert_eq!((portal.name.as_str(), portal.contact.phone.as_str()), ("Cổng", "1"));
        assert_eq!(portal.url, "https://so.example/");
        assert_eq!(portal.categories[0].slug.as_str(), "tin");
        assert_eq!(portal.topics[0].name, "Bão");
        assert_eq!(portal.links[0].sites[0].url, "https://a.example/");
        assert_eq!(portal.home, [HomeBlock::Newest, HomeBlock::Links]);
        assert_eq!(portal.accent, Some(Colour([0xb3, 0x26, 0x1e])));
        assert!(!portal.picture_sizes);
        assert_eq!(
            (portal.visits.goatcounter.as_str(), portal.visits.start),
            ("https://dem.example", Some(3_799_249))
        );
        let send = portal.visits.send.expect("where to");
        assert_eq!((send.to.as_str(), send.address.as_str()), ("matomo", "https://dem.example/matomo"));
        assert_eq!((send.site.as_str(), send.other.len()), ("7", 1));
        assert_eq!(portal.other["theme"], "x");
    }

    #[test]
    fn a_portal_that_does_not_say_shows_every_block() {
        let (portal, problems) = read_portal("portal.json", "{}");
        let portal = portal.expect("a portal");
        assert_eq!(portal.home, HomeBlock::ALL);
        assert!(portal.picture_sizes);
        assert_eq!(problems, []);
    }

    #[test]
    fn every_fault_of_a_portal_is_told_at_once() {
        let text = r#"{"time_zone": "UTC", "contact": 1, "home": ["hot", "hot", "weather", 3],
            "categories": [{"slug": "Tin Tức", "name": "Tin tức"}, {"slug": "a", "name": "A"},
            {"slug": "a", "name": " "}, 5], "topics": [{"slug": "a", "name": ""}, {"slug": "a", "name": "A"}], "links": [{"sites": [{"name": 1}]}],
            "accent": "crimson", "picture_sizes": "no"}"#;
        let (_, problems) = read_portal("portal.json", text);
        let told: Vec<_> = problems.iter().map(|p| (p.field.as_str(), p.sentence.as_str())).collect();
        assert_eq!(
            told,
            [
                ("time_zone", "“UTC” is not the time zone of Việt Nam."),
                ("contact", "This must be an object and is a number."),
                ("categories[0].slug", "“Tin Tức” cannot stand in an address."),
                ("categories[2].name", "The category has no name."),
                ("categories[2].slug", "The slug “a” belongs to another category already."),
                ("categories[3]", "This must be an object and is a number."),
                ("topics[0].name", "The topic has no name."),
                ("topics[1].slug", "The slug “a” belongs to another topic already."),
                ("links[0].sites[0].name", "This must be a text and is a number."),
                ("home[1]", "The block \"hot\" is there already."),
                ("home[2]", "\"weather\" is not a block of the home page."),
                ("home[3]", "3 is not a block of the home page."),
                ("accent", "“crimson” is not a colour."),
                ("picture_sizes", "This must be true or false and is a text."),
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_gives_a_portal_or_problems(text in "[{}\\[\\]\":,a-z0-9 ]{0,60}|\\PC{0,60}") {
            let (portal, problems) = read_portal("portal.json", &text);
            prop_assert!(portal.is_some() || !problems.is_empty());
        }
    }
}
