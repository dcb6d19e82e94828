//! `cargo xtask lighthouse`: what Google's Lighthouse says of the sample portal, page by page, and whether that is as
//! good as it can be. Not in it: what Lighthouse does not see (the journeys), and sizes (budget.rs).

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use static_server::{Config, Running, Server};

use crate::options::Options;
use crate::process::{Failure, Outcome, Steps, line_of, root, run, target};
use crate::setup::{Need, Toolbox, for_site, set_up};
use crate::site::{BUILD_STEPS, Site, assemble, build_app, files_below};
use crate::tools::{CHROMIUM, COMPRESSORS, FONTS, LIGHTHOUSE};

/// A page to look at.
struct Page {
    name: &'static str,
    /// Below the portal's base, as `routes` prints it.
    address: &'static str,
    /// What it loads when it is the page that is meant. "Not found" is a page without faults, too.
    loads: &'static str,
    /// Looked at as on a desk as well.
    desktop: bool,
}

const fn page(name: &'static str, address: &'static str, loads: &'static str, desktop: bool) -> Page {
    Page { name, address, loads, desktop }
}

/// One of each kind; the article has pictures, a table, attachments and relations.
const PAGES: &[Page] = &[
    page("home", "", "data/home/", true),
    page(
        "article",
        "bai-viet/hoi-nghi-truc-tuyen-cong-tac-van-phong-va-truyen-thong-nam-hoc-2021-2022",
        "data/article/",
        true,
    ),
    page("search", "tim-kiem?q=tuy%E1%BB%83n+sinh", "data/search/", true),
    page("category", "chuyen-muc/tin-tuc-su-kien", "data/feed/", false),
    page("calendar", "lich-cong-tac", "data/week/", false),
    page("statistics", "thong-ke", "data/entry.json", false),
    page("saved", "da-luu", "data/entry.json", false),
    page("embedding", "tao-ma-nhung", "data/entry.json", false),
];

/// Categories that must have 100, by Lighthouse's names. Speed is only told: it depends on the machine that measures.
const PERFECT: &[&str] = &["accessibility", "best-practices", "seo"];

/// How much of the window may move while a page comes. Lighthouse itself calls 0.1 good; ours is for rounding.
const MAX_SHIFT: f64 = 0.01;

/// What a server compresses, with gzip as all of the README's can.
const COMPRESSED: &[&str] = &["html", "js", "json", "svg", "wasm", "webmanifest"];

pub(crate) fn lighthouse(options: &Options) -> Outcome<()> {
    let pages = chosen(&options.words)?;
    let mut needs = for_site();
    needs.extend([
        Need::Tool(&LIGHTHOUSE),
        Need::Packages("Chromium", CHROMIUM),
        Need::Packages("fonts", FONTS),
        Need::Packages("compressors", COMPRESSORS),
    ]);
    let mut steps = Steps::new(needs.len() + BUILD_STEPS + 1);
    let toolbox = set_up(&needs, &mut steps)?;
    let app = build_app(&toolbox, &mut steps)?;
    let folder = target().join("site/lighthouse");
    assemble(&toolbox, &mut steps, &Site::of(root().join("content")), &app, &folder)?;
    steps.begin("compressed files, as a server sends them");
    compress(&toolbox, &folder)?;
    steps.done("made");

    let reports = target().join("lighthouse");
    fs::create_dir_all(&reports).map_err(|error| Failure::at("cannot make the folder", &reports, error))?;
    let asked = Arc::new(Mutex::new(Vec::new()));
    let server = serve(&folder, &asked)?;
    println!(
        "\n{:<22}{:>14}{:>15}{:>6}{:>13}{:>8}{:>9}{:>9}",
        "", "accessibility", "best practices", "SEO", "performance", "CLS", "LCP s", "KB"
    );
    let mut faults = Vec::new();
    for desktop in [false, true] {
        for page in pages.iter().filter(|page| page.desktop || !desktop) {
            let name = format!("{}, {}", page.name, if desktop { "desktop" } else { "mobile" });
            lock(&asked).clear();
            let place = reports.join(name.replace(", ", "-"));
            let report = Report::of(&toolbox, &format!("{}{}", server.url(), page.address), desktop, &place)?;
            if !lock(&asked).iter().any(|path| path.starts_with(page.loads)) {
                return Err(Failure::new(format!(
                    "{name}: it never asked for {}, so it was another page than this. Does content/ still have {:?}? \
                     The pages are listed in xtask/src/lighthouse.rs.",
                    page.loads, page.address
                )));
            }
            report.print(&name);
            faults.extend(report.faults().into_iter().map(|fault| format!("{name}: {fault}")));
        }
    }
    println!("\nThe whole reports are in {}", reports.display());
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("Lighthouse is not content:\n{}", faults.join("\n"))))
}

/// The pages of these names; all when there is none.
fn chosen(names: &[String]) -> Outcome<Vec<&'static Page>> {
    if let Some(unknown) = names.iter().find(|name| PAGES.iter().all(|page| page.name != **name)) {
        let all: Vec<_> = PAGES.iter().map(|page| page.name).collect();
        return Err(Failure::usage(format!("there is no page `{unknown}`; there are {}.", all.join(", "))));
    }
    Ok(PAGES.iter().filter(|page| names.is_empty() || names.iter().any(|name| name == page.name)).collect())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts a compressed neighbour beside each file for which that is worth while: `static-server` sends these.
fn compress(toolbox: &Toolbox, folder: &Path) -> Outcome<()> {
    let mut command = toolbox.command("gzip");
    command.args(["--keep", "--force", "--no-name", "-6", "--"]);
    command.args(files_below(folder).iter().filter(|file| {
        file.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| COMPRESSED.contains(&ending))
    }));
    run(&mut command)
}

/// The folder on a free port; `asked` gets the path of every file that was there.
fn serve(folder: &Path, asked: &Arc<Mutex<Vec<String>>>) -> Outcome<Running> {
    let asked = Arc::clone(asked);
    let config = Config::new(folder).log(move |request, status, _| {
        if let (Some(path), 200) = (&request.local, status) {
            lock(&asked).push(path.clone());
        }
    });
    let server = Server::bind("127.0.0.1:0", config)
        .map_err(|error| Failure::new(format!("no port can be opened: {error}.")))?;
    Ok(server.spawn())
}

/// What Lighthouse said of one page.
#[derive(Debug, Default, PartialEq)]
struct Report {
    /// By category, from 0 to 100.
    scores: Vec<(String, u32)>,
    /// By audit.
    numbers: Vec<(String, f64)>,
    /// Category and audit.
    failed: Vec<(String, String)>,
    /// Why its words count for nothing.
    broken: Vec<String>,
}

impl Report {
    /// Lets Lighthouse look, as on a middling telephone on slow 4G (its default) or as on a desk. `place` is where its
    /// whole report is left, as `<place>.report.html` and `.json`.
    fn of(toolbox: &Toolbox, url: &str, desktop: bool, place: &Path) -> Outcome<Self> {
        let mut lighthouse = toolbox.command(LIGHTHOUSE.program);
        lighthouse.arg(url).args([
            "--quiet",
            "--no-enable-error-reporting",
            "--output=json",
            "--output=html",
        ]);
        lighthouse.arg("--output-path").arg(place);
        lighthouse.arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu");
        lighthouse.args(desktop.then_some("--preset=desktop"));
        let programs = CHROMIUM.iter().flat_map(|package| package.any_of);
        if let Some(chromium) = programs.filter_map(|program| toolbox.find(program)).next() {
            lighthouse.env("CHROME_PATH", chromium);
        }
        said(&mut lighthouse)?;
        let mut node = toolbox.command("node");
        node.args(["--eval", include_str!("lighthouse.js")]).arg(place.with_extension("report.json"));
        Ok(Self::read(&said(&mut node)?))
    }

    /// From what lighthouse.js prints.
    fn read(facts: &str) -> Self {
        let mut report = Self::default();
        for line in facts.lines() {
            let parts: Vec<&str> = line.split('\t').collect();
            match parts.as_slice() {
                ["score", name, score] => {
                    report.scores.extend(score.parse().ok().map(|score| ((*name).to_owned(), score)));
                }
                ["number", name, number] => {
                    report.numbers.extend(number.parse().ok().map(|number| ((*name).to_owned(), number)));
                }
                ["failed", category, audit] => {
                    report.failed.push(((*category).to_owned(), (*audit).to_owned()));
                }
                ["broken", why] => report.broken.push((*why).to_owned()),
                _ => {}
            }
        }
        report
    }

    fn score(&self, category: &str) -> Option<u32> {
        self.scores.iter().find(|(name, _)| name == category).map(|(_, score)| *score)
    }

    fn number(&self, audit: &str) -> Option<f64> {
        self.numbers.iter().find(|(name, _)| name == audit).map(|(_, number)| *number)
    }

    /// What is not as good as it can be, a sentence each. What was not measured is not good.
    fn faults(&self) -> Vec<String> {
        let mut faults = self.broken.clone();
        for category in PERFECT {
            match self.score(category) {
                Some(100) => {}
                Some(score) => {
                    let audits = self.failed.iter().filter(|(of, _)| of == category);
                    let audits: Vec<_> = audits.map(|(_, audit)| format!("\n    {audit}")).collect();
                    faults.push(format!("{category} has {score}:{}", audits.concat()));
                }
                None => faults.push(format!("{category} was not measured")),
            }
        }
        match self.number("cumulative-layout-shift") {
            Some(shift) if shift < MAX_SHIFT => {}
            Some(shift) => {
                faults.push(format!("what is seen moves: CLS is {shift:.3}, not below {MAX_SHIFT}"));
            }
            None => faults.push("CLS was not measured".into()),
        }
        faults
    }

    fn print(&self, name: &str) {
        let score = |category| self.score(category).map_or("none".into(), |score| score.to_string());
        let number = |audit, unit: f64, decimals| {
            self.number(audit).map_or("none".into(), |number| format!("{:.1$}", number / unit, decimals))
        };
        println!(
            "{name:<22}{:>14}{:>15}{:>6}{:>13}{:>8}{:>9}{:>9}",
            score("accessibility"),
            score("best-practices"),
            score("seo"),
            score("performance"),
            number("cumulative-layout-shift", 1.0, 3),
            number("largest-contentful-paint", 1000.0, 1),
            number("total-byte-weight", 1000.0, 0),
        );
    }
}

/// What a program prints; what it complains of is shown only when it fails.
fn said(command: &mut Command) -> Outcome<String> {
    let output = command.stdin(Stdio::null()).output();
    let Output { status, stdout, stderr } =
        output.map_err(|error| Failure::new(format!("{}: {error}", line_of(command))))?;
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    eprint!("{}", String::from_utf8_lossy(&stderr));
    Err(Failure::new(format!("{} ended with {status}; what it said is above.", line_of(command))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "score\tperformance\t61\nscore\taccessibility\t100\nscore\tbest-practices\t100\n\
                        score\tseo\t100\nnumber\tcumulative-layout-shift\t0.004\n";

    #[test]
    fn a_slow_page_without_other_faults_is_good() {
        assert!(Report::read(GOOD).faults().is_empty());
    }

    #[test]
    fn a_fault_names_its_audits() {
        let facts = GOOD.replace("seo\t100", "seo\t92") + "failed\tseo\tmeta-description: none | head\n";
        assert_eq!(Report::read(&facts).faults(), ["seo has 92:\n    meta-description: none | head"]);
    }

    #[test]
    fn what_moves_is_a_fault() {
        let faults = Report::read(&GOOD.replace("0.004", "0.01")).faults();
        assert_eq!(faults, ["what is seen moves: CLS is 0.010, not below 0.01"]);
    }

    #[test]
    fn what_was_not_measured_is_a_fault() {
        assert_eq!(Report::read("").faults().len(), PERFECT.len() + 1);
        let faults = Report::read(&format!("{GOOD}broken\tNO_FCP: nothing was painted\n")).faults();
        assert_eq!(faults, ["NO_FCP: nothing was painted"]);
    }
}
