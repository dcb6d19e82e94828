//! Puts the iframe way of embedding into a site: the page `nhung/`, and `resize.js` for the pages around it. Not in it:
//! the element that the page shows, which is built (`embed/`).

use std::fs;
use std::path::Path;

use crate::process::{Failure, Outcome, root};
use crate::site::address_page;

/// Files of `embed/frame/` and their places in the site.
const FILES: [(&str, &str); 4] = [
    ("index.html", "nhung/index.html"),
    ("frame.js", "nhung/frame.js"),
    ("frame.css", "nhung/frame.css"),
    ("resize.js", "resize.js"),
];

/// Writes them; the page learns where the site lies and what it reads.
pub(crate) fn put(site: &Path, public_url: &str, feed: Option<&str>) -> Outcome<()> {
    let folder = site.join("nhung");
    fs::create_dir_all(&folder).map_err(|error| Failure::at("cannot make", &folder, error))?;
    for (name, place) in FILES {
        let (from, to) = (root().join("embed/frame").join(name), site.join(place));
        let text = fs::read_to_string(&from).map_err(|error| Failure::at("cannot read", &from, error))?;
        let text = if name == "index.html" { address_page(&text, public_url, feed)? } else { text };
        fs::write(&to, text).map_err(|error| Failure::at("cannot write", &to, error))?;
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::site::files_below;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A folder with the files in it, removed at the end.
    struct Made(PathBuf);

    impl Made {
        fn at(public_url: &str, feed: Option<&str>) -> Self {
            static NEXT: AtomicUsize = AtomicUsize::new(0);
            let name = format!("xtask-frame-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
            let made = Self(std::env::temp_dir().join(name));
            put(&made.0, public_url, feed).map_err(|failure| failure.text).expect("written");
            made
        }

        fn text(&self, name: &str) -> String {
            fs::read_to_string(self.0.join(name)).expect("it is there")
        }
    }

    impl Drop for Made {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn the_page_of_an_iframe_learns_where_the_site_lies_and_what_it_reads() {
        let made = Made::at("/cong/tin/", Some("https://x.vn/feed.json"));
        let page = made.text("nhung/index.html");
        assert!(page.contains("<base href=\"/cong/tin/\">"), "{page}");
        assert!(page.contains("content=\"https://x.vn/feed.json\""), "{page}");
        let files: Vec<_> = files_below(&made.0);
        assert_eq!(files.len(), FILES.len(), "{files:?}");
    }

    #[test]
    fn every_file_that_the_page_of_an_iframe_asks_for_is_there() {
        let made = Made::at("/", None);
        let page = made.text("nhung/index.html");
        let addresses =
            page.split("src=\"").skip(1).chain(page.split("<link rel=\"stylesheet\" href=\"").skip(1));
        let mut names: Vec<_> = addresses.filter_map(|rest| rest.split('"').next()).collect();
        names.sort_unstable();
        // The last is built.
        assert_eq!(names, ["embed.js", "nhung/frame.css", "nhung/frame.js"]);
        for name in names.iter().filter(|name| **name != "embed.js") {
            assert!(!made.text(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn a_strict_policy_can_be_set_on_the_page_of_an_iframe() {
        let page = Made::at("/", None).text("nhung/index.html");
        for inline in ["<style", " style=", "javascript:", " onload=", " onclick="] {
            assert!(!page.contains(inline), "{inline}");
        }
        // What stands between the tags of a script would be one inside the page.
        assert_eq!(page.matches("<script").count(), page.matches("></script>").count());
    }

    /// The attributes that `routes::Embed` knows, in the order of the alphabet.
    pub(crate) fn names_in_routes() -> Vec<String> {
        let routes = fs::read_to_string(root().join("crates/routes/src/embed.rs")).expect("it is there");
        let list =
            routes.split_once("let all = [").and_then(|(_, rest)| rest.split_once("];")).expect("a list").0;
        let name = |line: &str| Some(line.trim().strip_prefix("(\"")?.split('"').next()?.to_owned());
        let mut names: Vec<_> = list.lines().filter_map(name).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn the_names_of_the_options_are_those_of_routes() {
        let made = Made::at("/", None);
        let script = made.text("nhung/frame.js");
        let list =
            script.split_once("var NAMES = [").and_then(|(_, rest)| rest.split_once(']')).expect("a list").0;
        let mut names: Vec<_> = list.split('\'').skip(1).step_by(2).collect();
        names.sort_unstable();
        assert_eq!(names, names_in_routes());
    }
}
