//! Makes the deployable site: the app by Trunk, the archive by `newsroom`, and the one page that knows where it
//! lies. Everything is made beside the old and switched at the end, so that a failure leaves the old whole.
//! Not in it: serving it, and what the archive's files look like (crates/archive).

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use crate::frame;
use crate::options::Options;
use crate::package;
use crate::process::{Failure, Outcome, Steps, output_of, root, run, target};
use crate::setup::{Toolbox, for_site, set_up};
use crate::tools::{ESBUILD, TRUNK, WASM_BINDGEN, WASM_OPT};

/// What the app is made of, from the root.
const APP_INPUTS: &[&str] = &[
    "src",
    "embed",
    "style",
    "public",
    "crates",
    "index.html",
    "boot.js",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo",
];
/// Crates that never reach the browser.
const NATIVE_ONLY: &[&str] = &["crates/bench", "crates/newsroom", "crates/static-server"];

/// What a site shows and where it will be found.
pub(crate) struct Site {
    /// The archive; none when a feed is shown in its place.
    pub(crate) content: Option<PathBuf>,
    feed: Option<String>,
    /// `/` or `/…/`.
    pub(crate) public_url: String,
}

impl Site {
    /// From `--content`, `--feed` and `--public-url`.
    pub(crate) fn from_options(options: &Options) -> Outcome<Self> {
        let feed = options.value("--feed").map(str::to_owned);
        let content = match options.path("--content")? {
            None if feed.is_some() => None,
            None => Some(root().join("content")),
            given => given,
        };
        if let Some(content) = content.as_ref().filter(|content| !content.join("portal.json").is_file()) {
            return Err(Failure::new(format!(
                "{} is no archive: it has no portal.json. Give another with --content DIR.",
                content.display()
            )));
        }
        let public_url = public_url(options.value("--public-url").unwrap_or("/"))?;
        Ok(Self { content, feed, public_url })
    }

    /// The archive in this folder, at `/`.
    pub(crate) fn of(content: PathBuf) -> Self {
        Self { content: Some(content), feed: None, public_url: "/".into() }
    }
}

/// How many steps [`build_app`] and [`assemble`] have.
pub(crate) const BUILD_STEPS: usize = 4;

/// `cargo xtask dist`.
pub(crate) fn dist(options: &Options) -> Outcome<()> {
    let site = Site::from_options(options)?;
    let out = options.path("--out")?.unwrap_or_else(|| root().join("dist"));
    may_replace(&out)?;
    let needs = for_site();
    let mut steps = Steps::new(needs.len() + BUILD_STEPS);
    let toolbox = set_up(&needs, &mut steps)?;
    let app = build_app(&toolbox, &mut steps)?;
    assemble(&toolbox, &mut steps, &site, &app, &out)?;
    println!("The site is in {}; put it on any static server at {}", out.display(), site.public_url);
    Ok(())
}

/// The app without data, in a folder that stays. Nothing is built when nothing has changed since.
pub(crate) fn build_app(toolbox: &Toolbox, steps: &mut Steps) -> Outcome<PathBuf> {
    steps.begin("the app");
    let app = target().join("site/app");
    let stamp = target().join("site/app.stamp");
    let current = app_stamp(toolbox)?;
    if fs::read_to_string(&stamp).is_ok_and(|made| made == current) && app.join("index.html").is_file() {
        steps.done("up to date");
        steps.begin("the element");
        steps.done("up to date");
        return Ok(app);
    }
    let fresh = beside(&app, "new");
    let mut trunk = toolbox.wasm_command("trunk");
    trunk.args(["build", "--release", "--skip-version-check", "--dist"]).arg(&fresh);
    // Compile errors are what a reader looks for, not where Trunk was when it heard of them.
    trunk.env("RUST_BACKTRACE", "0");
    trunk.env("TRUNK_TOOLS_WASM_BINDGEN", WASM_BINDGEN.version);
    trunk.env("TRUNK_TOOLS_WASM_OPT", format!("version_{}", WASM_OPT.version));
    let built = steps.long("building in release (some minutes the first time)", &mut trunk);
    let built = built.and_then(|()| crate::embed::build(toolbox, steps, &fresh));
    let switched = built.and_then(|()| {
        // In this order a stamp never speaks of another app than the one beside it.
        let _ = fs::remove_file(&stamp);
        switch(&fresh, &app)?;
        fs::write(&stamp, current).map_err(|error| Failure::at("cannot write", &stamp, error))
    });
    let _ = fs::remove_dir_all(&fresh);
    switched.map(|()| app)
}

/// Puts the site together in `out`: the app, the archive's published form, and the page that knows the site's
/// address.
pub(crate) fn assemble(
    toolbox: &Toolbox,
    steps: &mut Steps,
    site: &Site,
    app: &Path,
    out: &Path,
) -> Outcome<()> {
    let newsroom = |words: &[&str]| {
        let mut command = toolbox.command("cargo");
        command.args(words).args(["--quiet", "--profile", "tool", "--package", "newsroom"]);
        command
    };
    steps.begin("newsroom");
    match &site.content {
        None => steps.done("not needed for a feed"),
        Some(_) => steps.long("building", &mut newsroom(&["build"]))?,
    }
    let fresh = beside(out, "new");
    let _ = fs::remove_dir_all(&fresh);
    let made = (|| {
        copy_folder(app, &fresh).map_err(|error| Failure::at("cannot copy the app to", &fresh, error))?;
        match &site.content {
            None => steps.begin("the page"),
            Some(content) => {
                steps.begin("the archive");
                steps.done(&content.display().to_string());
                run(newsroom(&["run"]).args(["--", "check"]).arg(content))?;
                let mut index = newsroom(&["run"]);
                index.args(["--", "index"]).arg(content).arg("--out").arg(fresh.join("data"));
                // Copies of pictures take seconds each to make.
                let earlier = out.join("data");
                if earlier.join("entry.json").is_file() {
                    index.arg("--earlier").arg(earlier);
                }
                run(&mut index)?;
                name_sitemap(&fresh)?;
            }
        }
        let index = fresh.join("index.html");
        let page = fs::read_to_string(&index).map_err(|error| Failure::at("cannot read", &index, error))?;
        let page = address_page(&page, &site.public_url, site.feed.as_deref())?;
        // GitHub Pages answers an address that is no file with 404.html, so that it must be the app too.
        for name in ["index.html", "404.html"] {
            let path = fresh.join(name);
            fs::write(&path, &page).map_err(|error| Failure::at("cannot write", &path, error))?;
        }
        frame::put(&fresh, &site.public_url, site.feed.as_deref())?;
        package::put(toolbox, &fresh)?;
        if site.content.is_none() {
            steps.done("done");
        }
        switch(&fresh, out)
    })();
    let _ = fs::remove_dir_all(&fresh);
    made
}

/// What decides whether the app must be built again, as one line.
fn app_stamp(toolbox: &Toolbox) -> Outcome<String> {
    let mut hasher = DefaultHasher::new();
    for input in APP_INPUTS {
        for file in files_below(&root().join(input)) {
            let name = file.strip_prefix(root()).unwrap_or(&file).to_string_lossy().into_owned();
            if NATIVE_ONLY.iter().any(|folder| Path::new(&name).starts_with(folder)) {
                continue;
            }
            let bytes = fs::read(&file).map_err(|error| Failure::at("cannot read", &file, error))?;
            // Lengths keep two files from being taken for one with the same bytes.
            hasher.write_usize(name.len());
            hasher.write(name.as_bytes());
            hasher.write_usize(bytes.len());
            hasher.write(&bytes);
        }
    }
    let rustc = output_of(toolbox.wasm_command("rustc").arg("--version")).unwrap_or_default();
    Ok(format!(
        "{:016x} trunk {} wasm-bindgen {} wasm-opt {} esbuild {} {}",
        hasher.finish(),
        TRUNK.version,
        WASM_BINDGEN.version,
        WASM_OPT.version,
        ESBUILD.version,
        rustc.trim()
    ))
}

/// All files below a folder, or the file itself, in one order on every machine. What cannot be listed is
/// taken for empty: a file may be gone between two looks.
pub(crate) fn files_below(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.into()];
    }
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| files_below(path)).collect()
}

/// Tells a page where the site lies and what it reads.
pub(crate) fn address_page(page: &str, public_url: &str, feed: Option<&str>) -> Outcome<String> {
    let mut page = page.to_owned();
    if public_url != "/" {
        page = replace_once(&page, "<base href=\"/\"", &format!("<base href=\"{}\"", escape(public_url)))?;
    }
    if let Some(feed) = feed {
        let source = |address: &str| format!("<meta name=\"bantin-source\" content=\"{address}\"");
        page = replace_once(&page, &source("data/entry.json"), &source(&escape(feed)))?;
    }
    Ok(page)
}

/// Lets robots.txt name the sitemap, without which search engines do not believe one that lies in a folder. The feed of
/// all articles says where the portal lies; without it there is no sitemap either.
fn name_sitemap(site: &Path) -> Outcome<()> {
    let Ok(feed) = fs::read_to_string(site.join("data/feeds/all.json")) else { return Ok(()) };
    // The address has no letter that JSON escapes, and in no text before it can a quote stand bare.
    let address = feed.split_once("\"home_page_url\":\"").and_then(|(_, rest)| rest.split_once('"'));
    let Some((portal, _)) = address else { return Ok(()) };
    let robots = site.join("robots.txt");
    let text = fs::read_to_string(&robots).map_err(|error| Failure::at("cannot read", &robots, error))?;
    let text = format!("{text}\nSitemap: {portal}data/sitemap.xml\n");
    fs::write(&robots, text).map_err(|error| Failure::at("cannot write", &robots, error))
}

pub(crate) fn replace_once(page: &str, old: &str, new: &str) -> Outcome<String> {
    match page.matches(old).count() {
        1 => Ok(page.replacen(old, new, 1)),
        count => Err(Failure::new(format!(
            "a built file has `{old}` {count} times and must have it once, to be rewritten. See index.html at the \
             root and the scripts in embed/."
        ))),
    }
}

/// For the value of an attribute in double quotes.
fn escape(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// A path with slashes at both ends, of letters that need no escape anywhere.
fn public_url(given: &str) -> Outcome<String> {
    let inner = given.trim_matches('/');
    let plain = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
    };
    match inner {
        "" => Ok("/".into()),
        _ if inner.split('/').all(plain) => Ok(format!("/{inner}/")),
        _ => Err(Failure::usage(format!(
            "`--public-url {given}` is no path as /cong/tin/: only letters a to z, digits and -._~ between \
             slashes."
        ))),
    }
}

/// A published folder may be replaced, someone's other folder must not.
fn may_replace(out: &Path) -> Outcome<()> {
    let empty = fs::read_dir(out).map_or(!out.exists(), |mut entries| entries.next().is_none());
    if empty || out.join("index.html").is_file() && out.join("404.html").is_file() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} would be replaced, but it does not look like a site made by this command. Move it away, or give \
         another folder with --out DIR.",
        out.display()
    )))
}

/// A name in the same folder that another run does not use.
pub(crate) fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{what}-{}", std::process::id()))
}

/// Puts a finished folder in the place of another. Between the two renames there is a moment without any; one
/// that fails in the middle puts the old one back.
fn switch(fresh: &Path, place: &Path) -> Outcome<()> {
    let old = beside(place, "old");
    let had_old = fs::rename(place, &old).is_ok();
    if let Err(error) = fs::rename(fresh, place) {
        if had_old {
            let _ = fs::rename(&old, place);
        }
        return Err(Failure::at("cannot switch to the new", place, error));
    }
    if had_old {
        let _ = fs::remove_dir_all(&old);
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copy = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &copy)?;
        } else {
            fs::copy(entry.path(), copy)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "<base href=\"/\"><meta name=\"bantin-source\" content=\"data/entry.json\"><a href=\"/\">";

    #[test]
    fn the_page_learns_where_it_lies_and_what_it_reads() {
        let page = address_page(PAGE, "/cong/tin/", None).expect("one base");
        assert_eq!(page, PAGE.replacen("href=\"/\"", "href=\"/cong/tin/\"", 1));
        let page = address_page(PAGE, "/", Some("https://x.vn/f?a=1&b=\"")).expect("one source");
        assert_eq!(page, PAGE.replace("data/entry.json", "https://x.vn/f?a=1&amp;b=&quot;"));
        assert_eq!(address_page(PAGE, "/", None).expect("nothing to do"), PAGE);
    }

    #[test]
    fn a_page_that_cannot_be_rewritten_is_not_shipped() {
        assert!(address_page("<base href=\"./\">", "/tin/", None).is_err());
        assert!(address_page(&PAGE.repeat(2), "/tin/", None).is_err());
        assert!(address_page("<base href=\"/\">", "/", Some("feed.json")).is_err());
    }

    #[test]
    fn robots_learn_where_the_sitemap_is() {
        let site = std::env::temp_dir().join(format!("xtask-robots-{}", std::process::id()));
        fs::create_dir_all(site.join("data/feeds")).expect("a folder");
        let robots = || {
            fs::write(site.join("robots.txt"), "User-agent: *\n").expect("a file");
            name_sitemap(&site).map_err(|failure| failure.text).expect("named");
            fs::read_to_string(site.join("robots.txt")).expect("it is there")
        };
        assert_eq!(robots(), "User-agent: *\n", "there is none");
        let feed = r#"{"title":"\"home_page_url\":\"","home_page_url":"https://so.example/tin/","x":""}"#;
        fs::write(site.join("data/feeds/all.json"), feed).expect("a file");
        assert_eq!(robots(), "User-agent: *\n\nSitemap: https://so.example/tin/data/sitemap.xml\n");
        fs::remove_dir_all(&site).expect("removed");
    }

    #[test]
    fn a_public_url_has_one_form() {
        for spelling in ["/cong/tin/", "cong/tin", "/cong/tin", "//cong/tin//"] {
            assert_eq!(public_url(spelling).ok().as_deref(), Some("/cong/tin/"), "{spelling}");
        }
        assert_eq!(public_url("/").ok().as_deref(), Some("/"));
        for wrong in ["/a b/", "/a//b/", "/../", "/cổng/", "/a\"/", "https://x.vn/", "/a?b/"] {
            assert!(public_url(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_switch_leaves_exactly_the_new_folder() {
        let place = std::env::temp_dir().join(format!("xtask-switch-{}", std::process::id()));
        let fresh = beside(&place, "new");
        for text in ["first", "second"] {
            fs::create_dir_all(&fresh).expect("a folder");
            fs::write(fresh.join(text), text).expect("a file");
            switch(&fresh, &place).map_err(|failure| failure.text).expect("switched");
            assert_eq!(files_below(&place), [place.join(text)]);
            assert!(!fresh.exists() && !beside(&place, "old").exists());
        }
        // Without a new folder the old one stays.
        assert!(switch(&fresh, &place).is_err());
        assert_eq!(files_below(&place), [place.join("second")]);
        fs::remove_dir_all(&place).expect("removed");
    }

    #[test]
    fn only_a_site_is_replaced() {
        let folder = std::env::temp_dir().join(format!("xtask-replace-{}", std::process::id()));
        assert!(may_replace(&folder).is_ok());
        fs::create_dir_all(&folder).expect("a folder");
        assert!(may_replace(&folder).is_ok());
        fs::write(folder.join("index.html"), "mine").expect("a file");
        assert!(may_replace(&folder).is_err());
        fs::write(folder.join("404.html"), "").expect("a file");
        assert!(may_replace(&folder).is_ok());
        fs::remove_dir_all(&folder).expect("removed");
    }
}
