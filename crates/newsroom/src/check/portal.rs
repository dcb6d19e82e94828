//! Rules for `portal.json`. Not here: its form, which `archive::source::read_portal` judges.

use super::{Say, letters::leftovers, limits};
use crate::media::{Found, Media};
use archive::{accent::Accent, body::Target, published::ALL_FEED, source::Portal};
use visits::Service;

pub(super) fn judge(portal: &Portal, media: &Media, say: &mut Say<'_>) {
    names_are_there(portal, say);
    url_is_a_whole_place(portal, say);
    there_are_categories(portal, say);
    no_category_has_the_feed_of_all(portal, say);
    sites_have_names_and_addresses(portal, say);
    logos_are_there(portal, media, say);
    the_accent_can_be_read(portal, say);
    one_counts_the_visits(portal, say);
    views_can_be_sent(portal, say);
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

fn url_is_a_whole_place(portal: &Portal, say: &mut Say<'_>) {
    let url = &portal.url;
    if url.is_empty() || is_whole_place(url) {
        return;
    }
    let shown = super::article::shown(url);
    if is_whole_place(&format!("{url}/")) {
        let sentence = format!("The address “{shown}” has no slash at its end.");
        say.error("url", sentence, format!("Write “{shown}/”."));
    } else {
        let sentence = format!("“{shown}” is not the whole address of a portal.");
        let cure = "Write where the portal lies, such as https://so.example/ or https://so.example/tin/: in letters \
                    that need no escape, to the last slash, without ? and #.";
        say.error("url", sentence, cure);
    }
}

/// Whether addresses of pages and files can be made by writing their paths behind this one.
fn is_whole_place(url: &str) -> bool {
    let Some(rest) = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme)) else {
        return false;
    };
    let Some((host, path)) = rest.split_once('/') else { return false };
    let host_has = |b: u8| b.is_ascii_alphanumeric() || b"-.:".contains(&b);
    let path_has = |b: u8| b.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@/".contains(&b);
    let segments_are_plain = path.split('/').all(|segment| !matches!(segment, "." | ".."));
    host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.bytes().all(host_has)
        && (path.is_empty() || path.ends_with('/'))
        && !path.starts_with('/')
        && !path.contains("//")
        && path.bytes().all(path_has)
        && segments_are_plain
        && url.len() <= limits::LINE
}

fn there_are_categories(portal: &Portal, say: &mut Say<'_>) {
    if portal.categories.is_empty() && !say.has("categories") {
        say.error("categories", "The portal has no categories.", "Write at least one, with slug and name.");
    }
}

fn no_category_has_the_feed_of_all(portal: &Portal, say: &mut Say<'_>) {
    if let Some(i) = portal.categories.iter().position(|category| category.slug.as_str() == ALL_FEED) {
        let sentence =
            format!("The category has no feed of its own: feeds/{ALL_FEED}.xml is that of all articles.");
        say.warning(format!("categories[{i}].slug"), sentence, "Give it another slug.");
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

fn one_counts_the_visits(portal: &Portal, say: &mut Say<'_>) {
    let visits = &portal.visits;
    let address = &visits.goatcounter;
    let whole = matches!(Target::parse(address), Some(Target::External(url)) if url.starts_with("http"));
    if !address.is_empty() && (!whole || address.contains(['?', '#'])) {
        let sentence = format!("“{}” is not the address of a GoatCounter.", super::article::shown(address));
        say.error(
            "visits.goatcounter",
            sentence,
            "Write the whole address, such as https://so.goatcounter.com.",
        );
    }
    if visits.counts && !address.is_empty() {
        say.warning(
            "visits.goatcounter",
            "This has no effect, because counts.json is to be shown.",
            "Leave one of the two out.",
        );
    }
    if visits.start.is_some() && address.is_empty() {
        say.warning(
            "visits.start",
            "This has no effect without goatcounter.",
            "Give it to newsroom counts, as --start.",
        );
    }
}

fn views_can_be_sent(portal: &Portal, say: &mut Say<'_>) {
    let Some(send) = &portal.visits.send else { return };
    let service = Service::named(&send.to);
    if service.is_none() && !say.has("visits.send.to") {
        let sentence = match send.to.is_empty() {
            true => "This does not say to which service views are sent.".to_owned(),
            false => {
                format!("“{}” is no service that views can be sent to.", super::article::shown(&send.to))
            }
        };
        say.error("visits.send.to", sentence, "Write goatcounter, plausible, umami or matomo.");
    }
    if !is_address_of_service(&send.address) && !say.has("visits.send.address") {
        let shown = super::article::shown(&send.address);
        let cure = "Write the whole address of the service, beginning with https://, as far as the part that its \
                    scripts have in common, such as https://so.goatcounter.com.";
        // Only who tries it out on the same computer may do without.
        let sentence = match send.address.strip_prefix("http://") {
            Some(_) => format!("Views sent to “{shown}” could be read by everybody on the way."),
            None => format!("“{shown}” is not the address of a service."),
        };
        say.error("visits.send.address", sentence, cure);
    }
    let site = &send.site;
    let (fits, wanted) = match service {
        Some(Service::GoatCounter) if !site.is_empty() => {
            say.warning("visits.send.site", "A GoatCounter is known by its address alone.", "Leave it out.");
            return;
        }
        None | Some(Service::GoatCounter) => return,
        Some(Service::Plausible) => {
            let fits = !site.is_empty() && !site.contains("://") && !site.contains(char::is_whitespace);
            (fits, "the domain of the site as Plausible has it, such as so.example")
        }
        Some(Service::Umami) => {
            let digits = |part: &str| part.bytes().all(|b| b.is_ascii_hexdigit());
            let lengths: Vec<usize> = site.split('-').map(str::len).collect();
            let fits = lengths == [8, 4, 4, 4, 12] && site.split('-').all(digits);
            (fits, "the website ID from Umami's settings, such as 3f6c0d1e-0a4b-4c2d-9e8f-7a6b5c4d3e2f")
        }
        Some(Service::Matomo) => {
            let fits = site.parse::<u32>().is_ok_and(|number| number > 0);
            (fits, "the number of the site in Matomo's settings, in quotation marks, such as \"1\"")
        }
    };
    if !fits && !say.has("visits.send.site") {
        let sentence = match site.is_empty() {
            true => "This does not say by what the service knows the portal.".to_owned(),
            false => format!("The service knows no portal by “{}”.", super::article::shown(site)),
        };
        say.error("visits.send.site", sentence, format!("Write {wanted}."));
    }
}

/// Whether views can be sent there: by an encrypted way, or to the same computer to try it out.
fn is_address_of_service(address: &str) -> bool {
    let here = address.strip_prefix("http://").is_some_and(|rest| {
        let host = rest.split([':', '/']).next().unwrap_or_default();
        ["localhost", "127.0.0.1"].contains(&host)
    });
    let whole = is_whole_place(&[address, if address.ends_with('/') { "" } else { "/" }].concat());
    whole && (here || address.starts_with("https://"))
}

fn counts_are_sane(portal: &Portal, say: &mut Say<'_>) {
    if portal.topics.len() > limits::TOPICS {
        let sentence = format!("The portal has more than {} topics.", limits::TOPICS);
        say.error("topics", sentence, "Remove those that are over; their articles stay where they are.");
    }
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
    for (field, list) in [("categories", &portal.categories), ("topics", &portal.topics)] {
        for one in list {
            texts.push((format!("{field}.{}", one.slug), &one.name));
            texts.push((format!("{field}.{}.description", one.slug), &one.description));
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use archive::{Problem, body::Target};
    use proptest::prelude::*;

    #[test]
    fn a_category_called_all_has_no_feed() {
        let slug = "all".parse().expect("a slug");
        let category =
            archive::published::Category { slug, name: "Tất cả".into(), description: String::new() };
        let portal = Portal { categories: vec![category], ..Portal::default() };
        let mut problems = Vec::new();
        no_category_has_the_feed_of_all(&portal, &mut Say { path: "portal.json", problems: &mut problems });
        assert_eq!((problems.len(), &*problems[0].field), (1, "categories[0].slug"));
    }

    fn told(url: &str) -> Vec<Problem> {
        let portal = Portal { url: url.to_owned(), ..Portal::default() };
        let mut problems = Vec::new();
        url_is_a_whole_place(&portal, &mut Say { path: "portal.json", problems: &mut problems });
        problems
    }

    fn told_of_sending(to: &str, address: &str, site: &str) -> Vec<String> {
        let send = archive::source::Sending {
            to: to.to_owned(),
            address: address.to_owned(),
            site: site.to_owned(),
            ..Default::default()
        };
        let visits = archive::source::Visits { send: Some(send), ..Default::default() };
        let portal = Portal { visits, ..Portal::default() };
        let mut problems = Vec::new();
        views_can_be_sent(&portal, &mut Say { path: "portal.json", problems: &mut problems });
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn views_are_sent_to_a_known_service_by_an_encrypted_way() {
        let id = "3f6c0d1e-0a4b-4c2d-9e8f-7a6b5c4d3e2f";
        let (none, no_to, no_address, no_site) =
            ([""; 0], ["visits.send.to"], ["visits.send.address"], ["visits.send.site"]);
        let rows: [(&str, &str, &str, &[&str]); 18] = [
            ("goatcounter", "https://so.goatcounter.com", "", &none),
            ("goatcounter", "https://so.goatcounter.com/", "so", &no_site),
            ("plausible", "https://plausible.io", "so.example", &none),
            ("plausible", "https://plausible.io", "https://so.example", &no_site),
            ("plausible", "https://plausible.io", "", &no_site),
            ("umami", "https://cloud.umami.is", id, &none),
            ("umami", "https://cloud.umami.is", "3f6c0d1e", &no_site),
            ("umami", "https://cloud.umami.is", &id.replace('f', "g"), &no_site),
            ("matomo", "https://so.example/matomo/", "7", &none),
            ("matomo", "https://so.example/matomo", "0", &no_site),
            ("matomo", "https://so.example/matomo", "so.example", &no_site),
            ("matomo", "http://localhost:8080/matomo", "7", &none),
            ("matomo", "http://127.0.0.1", "7", &none),
            ("matomo", "http://localhost.example", "7", &no_address),
            ("matomo", "http://so.example/matomo", "7", &no_address),
            ("matomo", "so.example/matomo", "7", &no_address),
            ("matomo", "https://so.example/matomo.php?a=1", "7", &no_address),
            ("Matomo", "https://so.example/matomo", "", &no_to),
        ];
        for (to, address, site, fields) in rows {
            assert_eq!(told_of_sending(to, address, site), fields, "{to} {address} {site}");
        }
        assert_eq!(told_of_sending("", "", ""), ["visits.send.to", "visits.send.address"]);
    }

    proptest! {
        #[test]
        fn a_page_behind_a_good_address_is_an_address(url in "https?://([a-z]{1,6}/)?(\\PC|[a-z./]){0,30}/?") {
            if told(&url).is_empty() {
                let page = format!("{url}bai-viet/tin");
                prop_assert_eq!(Target::parse(&page), Some(Target::External(page)));
                prop_assert!(url.ends_with('/') && url.is_ascii());
            }
        }
    }

    #[test]
    fn a_whole_address_ends_with_a_slash_and_says_nothing_else() {
        for good in
            ["", "https://so.example/", "http://so.example:8080/cong/tin/", "https://a.example/%C3%A1/"]
        {
            assert_eq!(told(good), [], "{good}");
        }
        for bad in [
            "so.example",
            "//so.example/",
            "ftp://so.example/",
            "https://",
            "https:///",
            "https:///tin/",
            "https://so.example/?a=1/",
            "https://so.example/#/",
            "https://an@so.example/",
            "https://so.example//",
            "https://so.example/tin//",
            "https://so.example/../",
            "https://sở.example/",
            "https://so.example/tin tức/",
            "https://so.example/\"/",
        ] {
            assert!(told(bad)[0].sentence.contains("is not the whole address"), "{bad}");
        }
        let slashless = told("https://so.example/tin");
        assert_eq!(slashless[0].sentence, "The address “https://so.example/tin” has no slash at its end.");
        assert_eq!(slashless[0].cure, "Write “https://so.example/tin/”.");
    }
}
