//! The search in a real browser: the app over our index, and a page over Pagefind's, each served from this machine.
//!
//! Times are those without a network, so of work; requests and bytes say what a network adds. The app's shell is the
//! real one (`BANTIN_APP`); entry, front page and what is found first are made before. Not here: how the browser is
//! started and ended (`browser-tests`).

use crate::{
    articles::{Articles, CATEGORIES},
    ours::{Index, Loaded, MANIFEST, gzip, packed_article},
    table::{Table, count, kb},
};
use anyhow::{Context, Result, bail};
use archive::{
    FileName,
    published::{Category, Entry, FORMAT, FeedRef, Home, HomeBlock, Portal, article_file},
};
use browser_tests::{Browser, Page, close_all, with_page};
use search_index::{Place, Query};
use serde_json::{Value, json};
use static_server::{Config, Request, Response, Running, Server};
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

/// What one search took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Took {
    pub milliseconds: f64,
    pub requests: usize,
    pub bytes: usize,
}

/// Searches from nothing, and one after the other.
#[derive(Debug, Default)]
pub struct Searches {
    pub first: Vec<Took>,
    pub next: Vec<Took>,
}

/// Counts what a server sends.
#[derive(Debug, Default)]
struct Sent {
    requests: AtomicUsize,
    bytes: AtomicUsize,
}

impl Sent {
    fn take(&self) -> (usize, usize) {
        (self.requests.swap(0, Ordering::SeqCst), self.bytes.swap(0, Ordering::SeqCst))
    }
}

fn serve(
    root: &Path,
    hook: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static,
) -> Result<(Running, Arc<Sent>)> {
    let sent = Arc::new(Sent::default());
    let log = sent.clone();
    let config = Config::new(root).hook(hook).log(move |_, _, bytes| {
        log.requests.fetch_add(1, Ordering::SeqCst);
        log.bytes.fetch_add(bytes, Ordering::SeqCst);
    });
    let server = Server::bind("127.0.0.1:0", config).context("no free port")?;
    Ok((server.spawn(), sent))
}

/// Pairs of queries that have a full page of results in our index.
pub fn pairs(index: &Index<'_>, queries: &[String], most: usize) -> Result<Vec<(String, String)>> {
    let mut full = Vec::new();
    for words in queries.iter().filter(|words| words.contains(' ')) {
        let query = Query { words: words.clone(), ..Query::default() };
        if index.ask(&query, &mut Loaded::default())?.0.total() >= Query::PAGE {
            full.push(words.clone());
        }
        if full.len() == most * 2 {
            break;
        }
    }
    Ok(full.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect())
}

/// The files of the articles that are found first, as a server with ready-made files has them: making and packing them
/// while the browser waits would be measured with it.
fn found_first(index: &Index<'_>, pairs: &[(String, String)]) -> Result<HashMap<FileName, Vec<u8>>> {
    let mut files = HashMap::new();
    for words in pairs.iter().flat_map(|(first, next)| [first, next]) {
        let query = Query { words: words.clone(), ..Query::default() };
        for place in index.ask(&query, &mut Loaded::default())?.0.places(0..Query::PAGE) {
            files.insert(article_file(place.category.as_ref(), place.number), index.packed(&place)?);
        }
    }
    Ok(files)
}

/// Searches with the app.
pub fn ours(articles: &Arc<Articles>, index: &Index<'_>, pairs: &[(String, String)]) -> Result<Searches> {
    let app = std::env::var_os("BANTIN_APP").map(PathBuf::from);
    let app = app.context("BANTIN_APP does not name the built app; `cargo xtask bench search` does")?;
    let manifest = fs::read(index.folder.join(MANIFEST)).context("there is no index")?;
    // Names that stand for content end in 16 digits; these stand for nothing, as every run has servers of its own.
    let manifest_name = FileName::try_from("search/0000000000000001.bin".to_owned())?;
    let home_name = FileName::try_from("home/0000000000000002.json".to_owned())?;
    let entry = Entry {
        format: FORMAT,
        portal: portal()?,
        home: home_name.clone(),
        all: FeedRef {
            count: articles.count() as usize,
            file: FileName::try_from("feed/0000000000000003.json".to_owned())?,
        },
        categories: BTreeMap::new(),
        topics: BTreeMap::new(),
        contents: FileName::try_from("contents/0000000000000005.json".to_owned())?,
        articles: Vec::new(),
        calendar: BTreeMap::new(),
        edition: "0000000000000004".into(),
        search: Some(manifest_name.clone()),
        suggest: None,
    };
    let home = Home {
        headlines: vec![],
        hot: vec![],
        featured: vec![],
        newest: vec![],
        categories: vec![],
        topics: vec![],
    };
    let (entry, home) = (serde_json::to_vec(&entry)?, serde_json::to_vec(&home)?);
    let ready = Arc::new(found_first(index, pairs)?);
    let searches = Arc::new(Mutex::new(Searches::default()));
    for (first, next) in pairs {
        let (articles, folder, ready) = (articles.clone(), index.folder.clone(), ready.clone());
        let (manifest, entry, home) = (manifest.clone(), entry.clone(), home.clone());
        let (manifest_name, home_name) = (manifest_name.clone(), home_name.clone());
        let hook = move |request: &Request| {
            let name = request.local.as_deref()?.trim_start_matches('/').strip_prefix("data/")?;
            if name == Entry::FILE {
                return Some(packed(&entry));
            }
            if name == home_name.as_str() {
                return Some(packed(&home));
            }
            let binary = |bytes: Vec<u8>| Response::new(200, "application/octet-stream", bytes);
            if name == manifest_name.as_str() {
                return Some(binary(manifest.clone()));
            }
            if name.starts_with("search/") {
                return fs::read(folder.join(name)).ok().map(binary);
            }
            if let Some(file) = FileName::try_from(name.to_owned()).ok().and_then(|name| ready.get(&name)) {
                return Some(gzipped(file.clone()));
            }
            let (category, number) = name.strip_prefix("article/")?.strip_suffix(".json")?.split_once('/')?;
            let place = Place { category: category.parse().ok(), number: number.parse().ok()? };
            Some(gzipped(packed_article(&articles, articles.at(&place)?).ok()?))
        };
        let (server, sent) = serve(&app, hook)?;
        let (first, next, searches) = (first.clone(), next.clone(), searches.clone());
        with_page(Browser::Chromium, "bench: ours", async move |page| {
            page.open(&server.url()).await?;
            page.until("document.querySelector('h1') !== null").await?;
            let one = took(&page, &sent, &format!("{BY_LINK}{SHOWN}"), &first).await?;
            let two = took(&page, &sent, &format!("{BY_FORM}{SHOWN}"), &next).await?;
            keep(&searches, one, two);
            Ok(())
        })?;
    }
    taken(&searches)
}

/// Searches with Pagefind, whose files are in `built`.
pub fn pagefind(built: &Path, pairs: &[(String, String)]) -> Result<Searches> {
    let searches = Arc::new(Mutex::new(Searches::default()));
    for (first, next) in pairs {
        let hook = |request: &Request| {
            let page = "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Tìm</title></head>\
                        <body><h1>Tìm</h1><ol></ol></body></html>";
            request.local.as_deref()?.is_empty().then(|| Response::html(page))
        };
        let (server, sent) = serve(built, hook)?;
        let (first, next, searches) = (first.clone(), next.clone(), searches.clone());
        with_page(Browser::Chromium, "bench: Pagefind", async move |page| {
            page.open(&server.url()).await?;
            page.until("document.querySelector('h1') !== null").await?;
            // Its script is there before anything is asked, as our app is.
            page.run("return import('/pagefind.js').then(made => { globalThis.pagefind = made; })", vec![])
                .await?;
            let one = took(&page, &sent, PAGEFIND, &first).await?;
            let two = took(&page, &sent, PAGEFIND, &next).await?;
            keep(&searches, one, two);
            Ok(())
        })?;
    }
    taken(&searches)
}

/// Ends the browsers that were started.
pub fn end() {
    close_all();
}

/// Follows a link to the answer, from the front page: nothing of the search has been loaded.
const BY_LINK: &str = "
    const [words] = arguments;
    const start = performance.now();
    const link = document.createElement('a');
    link.href = 'tim-kiem?q=' + encodeURIComponent(words);
    document.body.append(link);
    link.click();
    link.remove();";

/// Types words and sends the form.
const BY_FORM: &str = "
    const [words] = arguments;
    const start = performance.now();
    const field = document.querySelector('#search-words');
    field.value = words;
    field.form.requestSubmit();";

/// Waits for the page that is for the words, which says so in its title, and gives how long it took.
const SHOWN: &str = "
    return new Promise(done => {
        const look = () => {
            const shown = document.querySelectorAll('.search-results > li').length >= 10;
            if (shown && document.title.includes('“' + words + '”')) {
                observer.disconnect();
                done(performance.now() - start);
            }
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true, characterData: true });
        look();
    });";

/// Asks, and shows the first ten as a page would.
const PAGEFIND: &str = "
    const [words] = arguments;
    const start = performance.now();
    return (async () => {
        const found = await globalThis.pagefind.search(words);
        const first = await Promise.all(found.results.slice(0, 10).map(result => result.data()));
        document.querySelector('ol').replaceChildren(...first.map(({ meta, excerpt }) => {
            const item = document.createElement('li');
            item.innerHTML = `<h2>${meta.title}</h2><p>${excerpt}</p>`;
            return item;
        }));
        return performance.now() - start;
    })();";

async fn took(page: &Page, sent: &Sent, script: &str, words: &str) -> Result<Took> {
    sent.take();
    let answer: Value = page.run(script, vec![json!(words)]).await?;
    let Some(milliseconds) = answer.as_f64() else { bail!("“{words}” took {answer} and no time") };
    let (requests, bytes) = sent.take();
    Ok(Took { milliseconds, requests, bytes })
}

fn keep(searches: &Mutex<Searches>, first: Took, next: Took) {
    if let Ok(mut searches) = searches.lock() {
        searches.first.push(first);
        searches.next.push(next);
    }
}

fn taken(searches: &Mutex<Searches>) -> Result<Searches> {
    match searches.lock() {
        Ok(mut searches) => Ok(std::mem::take(&mut *searches)),
        Err(_) => bail!("a search has panicked"),
    }
}

fn packed(json: &[u8]) -> Response {
    match gzip(json) {
        Ok(bytes) => gzipped(bytes),
        Err(error) => Response::text(500, &error.to_string()),
    }
}

fn gzipped(bytes: Vec<u8>) -> Response {
    Response::new(200, "application/json", bytes).header("Content-Encoding", "gzip")
}

fn portal() -> Result<Portal> {
    let category = |slug: &&str| -> Result<Category> {
        Ok(Category { slug: slug.parse()?, name: slug.replace('-', " "), description: String::new() })
    };
    Ok(Portal {
        name: "Cổng thông tin điện tử".into(),
        unit: "Sở Đo lường".into(),
        categories: CATEGORIES.iter().map(category).collect::<Result<_>>()?,
        home: vec![HomeBlock::Newest],
        ..Portal::default()
    })
}

/// The table of searches.
pub fn table(articles: &Articles, engines: &[(&str, Searches)]) -> Table {
    let heading = format!("In Chromium: {} articles, {}", count(articles.count()), articles.kind());
    let columns = ["", "ms, median", "ms, most", "requests", "KB, median", "KB, most"];
    let mut table = Table::new(heading, &columns);
    for (name, searches) in engines {
        for (which, all) in [("first", &searches.first), ("next", &searches.next)] {
            let spread = |value: &dyn Fn(&Took) -> f64| {
                let mut values: Vec<f64> = all.iter().map(value).collect();
                values.sort_by(f64::total_cmp);
                let median = values.get(values.len() / 2).copied().unwrap_or(0.0);
                (median, values.last().copied().unwrap_or(0.0))
            };
            let time = spread(&|took| took.milliseconds);
            let requests = spread(&|took| took.requests as f64);
            let bytes = spread(&|took| took.bytes as f64);
            table.rows.push(vec![
                format!("{name}, {which} search"),
                format!("{:.0}", time.0),
                format!("{:.0}", time.1),
                format!("{:.0}", requests.0),
                kb(bytes.0 as usize),
                kb(bytes.1 as usize),
            ]);
        }
    }
    let pairs = engines.first().map_or(0, |(_, searches)| searches.first.len());
    table.note = format!(
        "{pairs} pairs of queries, each in an app (for Pagefind: a page with its script) that is open and has searched \
         nothing, from the link or the form to ten results with snippets shown. Without a network; bytes are those of \
         bodies."
    );
    table
}
