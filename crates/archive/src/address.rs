//! Relative addresses in a feed from elsewhere, made whole before cleaning.
//!
//! A body knows two kinds of addresses: inside this portal, and whole ones. A feed's `/tin/a` means its own
//! site, so it must become whole before [`clean`](crate::clean::clean) could take it for a page of ours.
//! Not here: deciding which addresses may be followed ([`Target`](crate::body::Target)).

use crate::markup::{MAX_DEPTH, Node};

/// The whole address that `href` means on the page `base`, by the rules of RFC 3986 for `http` and `https`.
/// An address that has a scheme stays as it is. `None` when `base` is no such address.
pub fn join(base: &str, href: &str) -> Option<String> {
    let href = href.trim();
    if scheme(href).is_some() {
        return Some(href.to_owned());
    }
    let scheme =
        scheme(base).filter(|s| s.eq_ignore_ascii_case("https") || s.eq_ignore_ascii_case("http"))?;
    let after_scheme = base.get(scheme.len()..)?.strip_prefix("://")?;
    let page = base.split('#').next().unwrap_or(base);
    let host = after_scheme.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    let origin = base.get(..scheme.len() + 3 + host.len())?;
    if href.is_empty() || href.starts_with('#') {
        return Some(format!("{page}{href}"));
    }
    let place = page.split('?').next().unwrap_or(page);
    if href.starts_with('?') {
        return Some(format!("{place}{href}"));
    }
    if href.starts_with("//") {
        return Some(format!("{scheme}:{href}"));
    }
    let end_of_path = href.find(['?', '#']).unwrap_or(href.len());
    let (path, rest) = href.split_at_checked(end_of_path).unwrap_or((href, ""));
    let folder = match path.starts_with('/') {
        true => "",
        false => place.get(origin.len()..).and_then(|p| p.rsplit_once('/')).map_or("", |(folder, _)| folder),
    };
    let mut segments: Vec<&str> = Vec::new();
    let whole = format!("{folder}/{path}");
    let mut parts = whole.split('/').filter(|part| !part.is_empty()).peekable();
    let mut open = path.ends_with('/');
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            "." => open |= last,
            ".." => {
                segments.pop();
                open |= last;
            }
            part => segments.push(part),
        }
    }
    let end = if open && !segments.is_empty() { "/" } else { "" };
    Some(format!("{origin}/{}{end}{rest}", segments.join("/")))
}

/// Makes every `href` and `src` below these nodes whole; one that cannot be made whole is emptied, so that
/// it is not taken for an address of this portal.
pub fn resolve(nodes: &mut [Node], base: &str) {
    resolve_to(nodes, base, 0);
}

fn resolve_to(nodes: &mut [Node], base: &str, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    for node in nodes {
        if let Node::Element { attributes, children, .. } = node {
            for (name, value) in attributes {
                // A fragment alone leads into the text itself and is told apart by the cleaner.
                if (name == "href" || name == "src") && !value.trim_start().starts_with('#') {
                    *value = join(base, value).unwrap_or_default();
                }
            }
            resolve_to(children, base, depth + 1);
        }
    }
}

fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(plain)).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn relative_addresses_become_whole() {
        let base = "https://a.example/tin/feed.json?x=1#y";
        for (href, whole) in [
            ("b.html", "https://a.example/tin/b.html"),
            ("./b.html?q=/..#z", "https://a.example/tin/b.html?q=/..#z"),
            ("../b/", "https://a.example/b/"),
            ("../../../b", "https://a.example/b"),
            ("..", "https://a.example/"),
            ("/c/d", "https://a.example/c/d"),
            ("//b.example/c", "https://b.example/c"),
            ("?p=2", "https://a.example/tin/feed.json?p=2"),
            ("#z", "https://a.example/tin/feed.json?x=1#z"),
            ("", "https://a.example/tin/feed.json?x=1"),
            ("http://b.example/", "http://b.example/"),
            ("mailto:a@b.example", "mailto:a@b.example"),
        ] {
            assert_eq!(join(base, href).as_deref(), Some(whole), "{href}");
        }
        assert_eq!(join("https://a.example", "b").as_deref(), Some("https://a.example/b"));
        assert_eq!(join("https://a.example?x", "/b").as_deref(), Some("https://a.example/b"));
        for base in ["", "a", "/a/b", "data:x", "https://", "ftp://a.example/"] {
            assert_eq!(join(base, "b"), None, "{base}");
        }
    }

    #[test]
    fn nothing_relative_is_left_in_a_tree() {
        let link = |href: &str| Node::Element {
            name: "a".into(),
            attributes: vec![("href".into(), href.into()), ("title".into(), "b".into())],
            children: vec![Node::Text("c".into())],
        };
        let mut nodes = vec![link("/b")];
        resolve(&mut nodes, "https://a.example/");
        assert_eq!(nodes, [link("https://a.example/b")]);
        resolve(&mut nodes[..], "");
        assert_eq!(nodes, [link("https://a.example/b")]);
        let mut lost = vec![link("/b")];
        resolve(&mut lost, "");
        assert_eq!(lost, [link("")]);
    }

    proptest! {
        #[test]
        fn joining_never_panics_and_joined_addresses_stay(base in "\\PC{0,30}", href in "[a-z./?#:\\PC]{0,30}") {
            if let Some(whole) = join(&format!("https://a.example/{base}"), &href) {
                prop_assert_eq!(join("https://b.example/", &whole), Some(whole.trim().to_owned()));
            }
            let _ = join(&base, &href);
        }
    }
}
