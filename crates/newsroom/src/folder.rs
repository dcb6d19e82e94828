//! The folder that editors keep: which files there are.
//!
//! Lists in a fixed order, follows no link out of the folder. Not here: what is in the files (`check`).

use anyhow::{Context, Result, bail};
use archive::Problem;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A file of the archive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Relative to the archive, with `/`.
    pub path: String,
    /// Where it is.
    pub at: PathBuf,
    /// Its size in bytes.
    pub size: u64,
}

/// The files of an archive.
#[derive(Debug, Clone)]
pub struct Folder {
    /// `portal.json`, when it is there.
    pub portal: Option<SourceFile>,
    /// `calendar.ics`, when it is there.
    pub calendar: Option<SourceFile>,
    /// The `.json` files below `articles/`.
    pub articles: Vec<SourceFile>,
    /// All files below `media/`, by path.
    pub media: BTreeMap<String, SourceFile>,
    /// What is wrong with the folder itself.
    pub problems: Vec<Problem>,
}

/// Folders below `articles/` and `media/` that are looked into: `articles/YYYY/MM` needs three.
const DEEPEST: usize = 12;

impl Folder {
    /// Lists an archive.
    ///
    /// # Errors
    /// When the folder is not there or cannot be read: then nothing can be said about the archive.
    pub fn open(root: &Path) -> Result<Self> {
        let inside =
            fs::canonicalize(root).with_context(|| format!("cannot open the archive {}", root.display()))?;
        if !inside.is_dir() {
            bail!("the archive {} is not a folder", root.display());
        }
        let mut walk = Walk { inside, files: Vec::new(), problems: Vec::new() };
        for name in ["portal.json", "calendar.ics", "articles", "media"] {
            let at = walk.inside.join(name);
            match fs::symlink_metadata(&at) {
                Ok(_) => {
                    let is_folder = fs::metadata(&at).map(|about| about.is_dir());
                    match (is_folder, name.contains('.')) {
                        (Ok(true), true) => walk.fault(
                            name,
                            "This is a folder and must be a file.",
                            "Give the folder another name, and put the file in its place.",
                        ),
                        (Ok(false), false) => walk.fault(
                            name,
                            "This is a file and must be a folder.",
                            "Give the file another name, and make the folder.",
                        ),
                        _ => walk.visit(name.to_owned(), &at, 0)?,
                    }
                }
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                Err(e) => return Err(e).with_context(|| format!("cannot read {}", at.display())),
            }
        }
        walk.files.sort();
        let mut folder = Self {
            portal: None,
            calendar: None,
            articles: Vec::new(),
            media: BTreeMap::new(),
            problems: walk.problems,
        };
        for file in walk.files {
            match file.path.split('/').next() {
                Some("portal.json") => folder.portal = Some(file),
                Some("calendar.ics") => folder.calendar = Some(file),
                Some("media") => {
                    folder.media.insert(file.path.clone(), file);
                }
                _ if file.path.ends_with(".json") => folder.articles.push(file),
                _ => folder.problems.push(Problem::warning(
                    file.path,
                    "file",
                    "This file is not an article and is not published.",
                    "Give it the ending .json if it is one; otherwise move it out of articles/.",
                )),
            }
        }
        // Likely another folder, or `Articles`: a portal of nothing should not be published by mistake.
        if folder.portal.is_some() && folder.articles.is_empty() && folder.problems.is_empty() {
            folder.problems.push(Problem::warning(
                "articles",
                "file",
                "The archive has no articles.",
                "Put them into articles/YYYY/MM/, in small letters.",
            ));
        }
        Ok(folder)
    }
}

struct Walk {
    inside: PathBuf,
    files: Vec<SourceFile>,
    problems: Vec<Problem>,
}

impl Walk {
    fn fault(&mut self, path: &str, sentence: &str, cure: &str) {
        self.problems.push(Problem::error(path, "file", sentence, cure));
    }

    fn visit(&mut self, path: String, at: &Path, depth: usize) -> Result<()> {
        let linked = fs::symlink_metadata(at).is_ok_and(|m| m.file_type().is_symlink());
        if linked
            && !fs::canonicalize(at).is_ok_and(|target| target.starts_with(&self.inside) && target.is_file())
        {
            let sentence =
                "This is a link that leads nowhere, to a folder, or out of the archive; it is not followed.";
            self.problems.push(Problem::error(path, "file", sentence, "Put the file itself in its place."));
            return Ok(());
        }
        let about = fs::metadata(at).with_context(|| format!("cannot read {}", at.display()))?;
        if about.is_file() {
            let size = about.len();
            self.files.push(SourceFile { path, at: at.to_owned(), size });
        } else if about.is_dir() && depth < DEEPEST {
            let entries = fs::read_dir(at).with_context(|| format!("cannot list {}", at.display()))?;
            for entry in entries {
                let entry = entry.with_context(|| format!("cannot list {}", at.display()))?;
                let name = entry.file_name();
                let name = name.to_string_lossy();
                // Names with a dot in front are kept by systems and editors for themselves.
                if !name.starts_with('.') {
                    self.visit(format!("{path}/{name}"), &entry.path(), depth + 1)?;
                }
            }
        } else if about.is_dir() {
            let sentence = format!("Folders nest deeper than {DEEPEST} here; nothing below is read.");
            self.problems.push(Problem::error(path, "file", sentence, "Keep articles in articles/YYYY/MM/."));
        } else {
            // A pipe or a device: reading it could wait for ever.
            self.fault(&path, "This is neither a file nor a folder.", "Put the file itself in its place.");
        }
        Ok(())
    }
}
