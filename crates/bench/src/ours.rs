//! Our index: building it into a folder, and asking it as a browser does, with every request counted.
//!
//! Not here: what is asked (`queries`), what the counts mean (`cost`, `ranking`).

use crate::articles::Articles;
use anyhow::{Context, Result, bail};
use archive::FileName;
use search_index::{
    Document, Inquiry, Manifest, Outcome, Place, Query, ShortForms, Step,
    build::{Built, LARGE, Progress, Settings, build},
};
use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap, HashSet},
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

/// The manifest in the folder of an index.
pub const MANIFEST: &str = "manifest.bin";

/// Builds the index of articles into a folder, which is made anew.
pub fn build_into(articles: &Articles, folder: &Path, memory: usize) -> Result<Built> {
    empty(folder)?;
    let waiting = folder.join("search/waiting");
    fs::create_dir_all(&waiting).with_context(|| format!("cannot make {}", waiting.display()))?;
    let started = Instant::now();
    let shown = std::sync::Mutex::new(Instant::now());
    let progress = |progress: Progress| {
        // Who holds it is just saying something.
        let Ok(mut shown) = shown.try_lock() else { return };
        if shown.elapsed() > Duration::from_secs(5) {
            *shown = Instant::now();
            let seconds = started.elapsed().as_secs();
            match progress {
                Progress::Read(done, of) => eprintln!("      {seconds:>4} s  {done} of {of} articles read"),
                Progress::Written(done, of) => {
                    eprintln!("      {seconds:>4} s  {done} of {of} parts written");
                }
            }
        }
    };
    let settings = Settings {
        memory,
        spill: folder.join("spill"),
        short_forms: ShortForms::new(),
        large: LARGE,
        progress: &progress,
    };
    let text = |shelf: usize, number: u32| articles.text(shelf, number);
    let built = build(&articles.shelves(), &text, &settings, &mut |number, bytes| {
        fs::write(waiting.join(format!("{number}.bin")), bytes)
    })?;
    match &built.folder {
        Some(name) => fs::rename(&waiting, folder.join(name)),
        None => fs::remove_dir(&waiting),
    }
    .with_context(|| format!("cannot put the index into {}", folder.display()))?;
    let manifest = folder.join(MANIFEST);
    fs::write(&manifest, &built.manifest).with_context(|| format!("cannot write {}", manifest.display()))?;
    let took = seconds_of(folder);
    fs::write(&took, started.elapsed().as_secs_f64().to_string())
        .with_context(|| format!("cannot write {}", took.display()))?;
    Ok(built)
}

/// The file beside an index's folder that says how many seconds building took, without reading the packed texts.
pub fn seconds_of(folder: &Path) -> PathBuf {
    folder.with_extension("seconds")
}

/// Makes a folder, or takes out all that is in it.
pub fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

/// An index in a folder.
pub struct Index<'a> {
    pub manifest: Arc<Manifest>,
    /// The manifest's length in bytes.
    pub manifest_bytes: usize,
    articles: &'a Articles,
    /// Where it lies.
    pub folder: PathBuf,
    /// What has been read, so that asking 10,000 queries does not read the same files again.
    files: RefCell<HashMap<FileName, Arc<[u8]>>>,
    texts: RefCell<HashMap<u32, usize>>,
    /// Files that were asked for and do not exist: a fault of the index.
    pub not_there: RefCell<BTreeSet<FileName>>,
}

/// What a reader's browser has loaded so far: nothing is loaded twice.
#[derive(Debug, Default)]
pub struct Loaded {
    files: HashSet<FileName>,
    texts: HashSet<Place>,
    has_manifest: bool,
}

/// What it cost to answer a query.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Times that something was waited for, with the texts of the results the last.
    pub rounds: usize,
    /// Requests before the results are known.
    pub requests: usize,
    /// Requests for texts of results.
    pub result_requests: usize,
    /// Bytes of the manifest.
    pub manifest: usize,
    /// Bytes of shards.
    pub shards: usize,
    /// Bytes of texts, compressed as a server sends them.
    pub texts: usize,
    /// Bytes of shards held while the query is worked on.
    pub held: usize,
    /// Microseconds of work, without any loading.
    pub work: u64,
}

impl Cost {
    /// All bytes.
    pub fn bytes(&self) -> usize {
        self.manifest + self.shards + self.texts
    }
}

impl<'a> Index<'a> {
    /// The index that [`build_into`] has put into a folder.
    pub fn open(folder: &Path, articles: &'a Articles) -> Result<Self> {
        let path = folder.join(MANIFEST);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let manifest =
            Manifest::read(&bytes).with_context(|| format!("{} is no manifest", path.display()))?;
        Ok(Self {
            manifest: Arc::new(manifest),
            manifest_bytes: bytes.len(),
            articles,
            folder: folder.into(),
            files: RefCell::default(),
            texts: RefCell::default(),
            not_there: RefCell::default(),
        })
    }

    fn file(&self, name: &FileName) -> Result<Arc<[u8]>> {
        if let Some(bytes) = self.files.borrow().get(name) {
            return Ok(bytes.clone());
        }
        let path = self.folder.join(name.as_str());
        let bytes: Arc<[u8]> = match fs::read(&path) {
            Ok(bytes) => bytes.into(),
            // A browser would get 404 and show a failure; here it is counted, so that all of them are seen.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.not_there.borrow_mut().insert(name.clone());
                Arc::default()
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", path.display()));
            }
        };
        self.files.borrow_mut().insert(name.clone(), bytes.clone());
        Ok(bytes)
    }

    /// The file of an article that was found, as [`packed_article`] gives it.
    pub fn packed(&self, place: &Place) -> Result<Vec<u8>> {
        packed_article(self.articles, self.number(place)?)
    }

    /// The length of an article's file on the line.
    fn text_bytes(&self, number: u32) -> Result<usize> {
        if let Some(&bytes) = self.texts.borrow().get(&number) {
            return Ok(bytes);
        }
        let bytes = packed_article(self.articles, number)?.len();
        self.texts.borrow_mut().insert(number, bytes);
        Ok(bytes)
    }

    /// Answers a query; gives what was found and what it cost, up to the texts of the ten results.
    pub fn ask(&self, query: &Query, loaded: &mut Loaded) -> Result<(Outcome, Cost)> {
        let mut cost = Cost::default();
        if !loaded.has_manifest {
            loaded.has_manifest = true;
            cost.rounds += 1;
            cost.requests += 1;
            cost.manifest = self.manifest_bytes;
        }
        let mut working = Duration::ZERO;
        let mut inquiry = Inquiry::new(self.manifest.clone(), query);
        loop {
            let started = Instant::now();
            let step = inquiry.step()?;
            working += started.elapsed();
            match step {
                Step::Load(names) => {
                    let before = cost.requests;
                    for name in names {
                        let bytes = self.file(&name)?;
                        cost.held += bytes.len();
                        if loaded.files.insert(name.clone()) {
                            cost.requests += 1;
                            cost.shards += bytes.len();
                        }
                        inquiry.give(name, &bytes)?;
                    }
                    cost.rounds += usize::from(cost.requests > before);
                }
                Step::Texts(places) => {
                    let before = cost.requests;
                    for place in places {
                        let number = self.number(&place)?;
                        if loaded.texts.insert(place.clone()) {
                            cost.requests += 1;
                            cost.texts += self.text_bytes(number)?;
                        }
                        inquiry.give_text(&place, &Document::from(&self.articles.article(number)?));
                    }
                    cost.rounds += usize::from(cost.requests > before);
                }
                Step::Work => {}
                Step::Done => break,
            }
        }
        cost.work = working.as_micros() as u64;
        Ok((inquiry.outcome(), cost))
    }

    /// Loads the texts of results, as the browser does to show them.
    pub fn show(&self, places: &[Place], loaded: &mut Loaded, cost: &mut Cost) -> Result<()> {
        let before = cost.result_requests;
        for place in places {
            if loaded.texts.insert(place.clone()) {
                cost.result_requests += 1;
                cost.texts += self.text_bytes(self.number(place)?)?;
            }
        }
        cost.rounds += usize::from(cost.result_requests > before);
        Ok(())
    }

    fn number(&self, place: &Place) -> Result<u32> {
        match self.articles.at(place) {
            Some(number) => Ok(number),
            None => bail!("the index names {place:?}, and there is no such article: it is another's index"),
        }
    }
}

/// The file of an article as it is published and sent.
pub fn packed_article(articles: &Articles, number: u32) -> Result<Vec<u8>> {
    gzip(&serde_json::to_vec(&articles.article(number)?)?)
}

/// As nginx compresses: level 1, where nothing else is said.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}
