//! `cargo xtask budget`: the sizes of what the site ships, as it is and as a server sends it, against limits.
//! Not in it: how long anything takes (docs/performance.md).

use std::fs;
use std::path::Path;

use crate::options::Options;
use crate::process::{Failure, Outcome, Steps, piped, root};
use crate::setup::{Need, Toolbox, set_up};
use crate::site::{dist, files_below};
use crate::tools::COMPRESSORS;

/// A row of the table: files whose sizes are added up, and how many KB they may have in brotli.
struct Row {
    name: &'static str,
    /// Paths in the site; a `*` stands for any letters but a slash.
    files: &'static [&'static str],
    /// In KB of 1,000 bytes, as browsers show them. Without a limit the row is only told.
    limit: Option<f64>,
    /// Whether a first visit to the home page loads it.
    first_visit: bool,
}

const fn row(
    name: &'static str,
    files: &'static [&'static str],
    limit: Option<f64>,
    first_visit: bool,
) -> Row {
    Row { name, files, limit, first_visit }
}

/// All limits. On slow 4G (1.6 Mbit/s) 100 KB take half a second, so that each row has its share of the two
/// seconds in which a reader should see the news.
const ROWS: &[Row] = &[
    // A Leptos app with a router and no pages has 106; the rest is ours, half of it views and reading JSON. The search
    // page with facets, suggestions and files to take away is 30 of it, answering from the index 45, the reader's tools
    // (looks, listening, shelf, files, codes, the calendar's table) 50,
    // topics and the archive by time and tag 8, the visit tracker with its page 24, figures of the whole portal 9,
    // sending views on to four services and the articles most asked for 6, the page that makes the code for
    // embedding 15.
    row("app wasm", &["bantin-*_bg.wasm"], Some(480.0), true),
    row("app js", &["bantin-*.js"], Some(12.0), true),
    // With all styles and boot.js inside. 14 KB are what a server sends before it hears anything back.
    row("index.html", &["index.html", "*.css"], Some(14.0), true),
    row("entry.json", &["data/entry.json"], Some(14.0), true),
    row("home data", &["data/home/*.json", "data/home-*.json"], Some(30.0), true),
    // The element in other portals: what its page loads at once, what a list of headlines takes with it (45 in all),
    // and what an article, a search, the calendar or figures take more.
    row("embed.js", &["embed.js"], Some(4.0), false),
    row("embed list", &["embed/list-*.js", "embed/list-*_bg.wasm"], Some(33.0), false),
    row("embed more", &["embed/more-*.js", "embed/more-*_bg.wasm"], None, false),
    // Each host's page loads it, whatever else it shows.
    row("resize.js", &["resize.js"], Some(1.0), false),
    // What an iframe loads before the element. A list inside it may have no more than one without.
    row("frame", &["nhung/index.html", "nhung/frame.js", "nhung/frame.css"], Some(4.0), false),
];

/// All of a first visit, without pictures: a little over two seconds on slow 4G.
const FIRST_VISIT: f64 = 514.0;

pub(crate) fn budget(_: &Options) -> Outcome<()> {
    let site = root().join("dist");
    if !site.join("index.html").is_file() {
        println!("There is no dist/ to measure yet; building it.");
        dist(&Options::default())?;
    }
    let toolbox = set_up(&[Need::Packages("compressors", COMPRESSORS)], &mut Steps::new(1))?;
    let all = files_below(&site);
    println!("\n{:<14}{:>10}{:>10}{:>10}{:>10}   KB", "", "raw", "gzip", "brotli", "limit");
    let mut first_visit = Sizes::default();
    let mut over = Vec::new();
    for row in ROWS {
        let mut sizes = Sizes::default();
        let mut found = false;
        for file in all.iter().filter(|file| row.files.iter().any(|pattern| fits(file, &site, pattern))) {
            found = true;
            sizes.add(&Sizes::of(&toolbox, file)?);
        }
        if row.first_visit {
            first_visit.add(&sizes);
        }
        if found {
            sizes.print(row.name, row.limit, &mut over);
        } else {
            println!("{:<14}{:>10}", row.name, "none");
        }
    }
    first_visit.print("first visit", Some(FIRST_VISIT), &mut over);
    let total: u64 = all.iter().filter_map(|file| file.metadata().ok()).map(|data| data.len()).sum();
    println!("{:<14}{:>10.1}   in {} files", "whole site", kilobytes(total), all.len());
    if over.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "over the limit: {}. Make it smaller, or change the limit in xtask/src/budget.rs and say why there.",
        over.join(", ")
    )))
}

/// Sizes in bytes.
#[derive(Default)]
struct Sizes {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Sizes {
    fn of(toolbox: &Toolbox, file: &Path) -> Outcome<Self> {
        let bytes = fs::read(file).map_err(|error| Failure::at("cannot read", file, error))?;
        Ok(Self {
            raw: bytes.len() as u64,
            gzip: compressed(toolbox, "gzip", &["-9", "-c", "-n"], &bytes)?,
            brotli: compressed(toolbox, "brotli", &["-q", "11", "-c"], &bytes)?,
        })
    }

    fn add(&mut self, other: &Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }

    fn print(&self, name: &'static str, limit: Option<f64>, over: &mut Vec<&'static str>) {
        let [raw, gzip, brotli] = [self.raw, self.gzip, self.brotli].map(kilobytes);
        let shown = limit.map(|limit| format!("{limit:.0}")).unwrap_or_default();
        let too_much = limit.is_some_and(|limit| brotli > limit);
        let mark = if too_much { "   OVER" } else { "" };
        println!("{name:<14}{raw:>10.1}{gzip:>10.1}{brotli:>10.1}{shown:>10}{mark}");
        if too_much {
            over.push(name);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "sizes of files, shown with one decimal")]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}

/// How many bytes a compressor makes of these.
fn compressed(toolbox: &Toolbox, program: &str, options: &[&str], bytes: &[u8]) -> Outcome<u64> {
    Ok(piped(toolbox.command(program).args(options), bytes)?.len() as u64)
}

/// Whether a file of the site has a path like this.
fn fits(file: &Path, site: &Path, pattern: &str) -> bool {
    let Some(path) = file.strip_prefix(site).ok().and_then(Path::to_str) else { return false };
    match pattern.split_once('*') {
        None => path == pattern,
        Some((before, after)) => path
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|middle| !middle.contains('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_does_not_cross_folders() {
        let fits = |path: &str, pattern| fits(&Path::new("/site").join(path), Path::new("/site"), pattern);
        assert!(fits("bantin-01ab_bg.wasm", "bantin-*_bg.wasm"));
        assert!(fits("a.css", "*.css") && !fits("media/a.css", "*.css"));
        assert!(fits("data/entry.json", "data/entry.json") && !fits("entry.json", "data/entry.json"));
        assert!(!fits("bantin.js", "bantin-*.js"));
    }
}
