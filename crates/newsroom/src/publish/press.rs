//! Writing files that are named by their content.

use anyhow::{Context, Result};
use archive::{FileName, published::Entry};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

/// Writes into one folder.
pub(super) struct Press {
    folder: PathBuf,
    files: AtomicUsize,
}

/// The first 64 bits of a SHA-256 in hexadecimal: among a million files two share a name by chance once in
/// 37 million archives.
fn short(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

impl Press {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), files: AtomicUsize::new(0) }
    }

    /// Writes a value as compact JSON to `kind/<hash>.json`.
    pub(super) fn json(&self, kind: &str, value: &(impl Serialize + ?Sized)) -> Result<FileName> {
        let bytes =
            serde_json::to_vec(value).with_context(|| format!("cannot write a file of kind {kind}"))?;
        self.bytes(kind, "json", &bytes)
    }

    /// Writes a value as compact JSON under a name that is not made from its content. Gives the hash.
    pub(super) fn named(&self, name: &FileName, value: &impl Serialize) -> Result<String> {
        let bytes = serde_json::to_vec(value).with_context(|| format!("cannot write {name}"))?;
        self.create(&self.folder.join(name.as_str()), |file| file.write_all(&bytes))?;
        Ok(short(&Sha256::digest(&bytes)))
    }

    /// Writes a text under a name that is not made from its content.
    pub(super) fn text(&self, name: &str, text: &str) -> Result<()> {
        self.create(&self.folder.join(name), |file| file.write_all(text.as_bytes()))
    }

    /// The size in bytes of a file that was written.
    pub(super) fn size_of(&self, name: &str) -> Option<u64> {
        fs::metadata(self.folder.join(name)).ok().map(|file| file.len())
    }

    /// A hash that stands for all of these, in order.
    pub(super) fn edition(hashes: &[String]) -> String {
        short(&Sha256::digest(hashes.concat()))
    }

    /// A folder that gets its name when its files are written: the name that `fill` gives, relative to the published
    /// folder. `fill` gets a way to write files, by number.
    pub(super) fn folder<T>(
        &self,
        fill: impl FnOnce(&mut dyn FnMut(u32, &[u8]) -> io::Result<()>) -> Result<(T, Option<String>)>,
    ) -> Result<T> {
        let fresh = self.folder.join("fresh");
        let mut write = |number: u32, bytes: &[u8]| {
            if number == 0 {
                fs::create_dir_all(&fresh)?;
            }
            self.files.fetch_add(1, Ordering::Relaxed);
            fs::write(fresh.join(format!("{number}.bin")), bytes)
        };
        let (value, name) = fill(&mut write)?;
        if let Some(name) = name {
            let at = self.folder.join(name);
            let context = || format!("cannot write {}", at.display());
            if let Some(parent) = at.parent() {
                fs::create_dir_all(parent).with_context(context)?;
            }
            fs::rename(&fresh, &at).with_context(context)?;
        }
        Ok(value)
    }

    /// A folder for files that are gone when the work is done.
    pub(super) fn scratch(&self) -> PathBuf {
        self.folder.join("scratch")
    }

    /// Writes bytes to `kind/<hash>.<ending>`.
    pub(super) fn bytes(&self, kind: &str, ending: &str, bytes: &[u8]) -> Result<FileName> {
        let name = FileName::try_from(format!("{kind}/{}.{ending}", short(&Sha256::digest(bytes))))?;
        let at = self.folder.join(name.as_str());
        self.create(&at, |file| file.write_all(bytes))?;
        Ok(name)
    }

    /// Copies a file to the name that is made from the hash of its content.
    pub(super) fn copy(&self, from: &Path, name: impl FnOnce(&str) -> String) -> Result<FileName> {
        let read = || format!("cannot read {}", from.display());
        let mut source = File::open(from).with_context(read)?;
        let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            let count = source.read(&mut buffer).with_context(read)?;
            if count == 0 {
                break;
            }
            hash.update(buffer.get(..count).unwrap_or_default());
        }
        let name = FileName::try_from(name(&short(&hash.finalize())))?;
        let at = self.folder.join(name.as_str());
        self.create(&at, |file| io::copy(&mut File::open(from)?, file).map(drop))?;
        Ok(name)
    }

    /// Writes bytes under a name that stands for them.
    pub(super) fn write(&self, name: &FileName, bytes: &[u8]) -> Result<()> {
        self.create(&self.folder.join(name.as_str()), |file| file.write_all(bytes))
    }

    /// Copies a file of an earlier publication, under the name that it has there.
    pub(super) fn take_over(&self, from: &Path, name: &FileName) -> Result<()> {
        self.create(&self.folder.join(name.as_str()), |file| io::copy(&mut File::open(from)?, file).map(drop))
    }

    /// The bytes of a file that was written.
    pub(super) fn read(&self, name: &FileName) -> Result<Vec<u8>> {
        let at = self.folder.join(name.as_str());
        fs::read(&at).with_context(|| format!("cannot read {}", at.display()))
    }

    /// Writes the one file of a fixed name.
    pub(super) fn entry(&self, entry: &Entry) -> Result<()> {
        let bytes = serde_json::to_vec(entry).context("cannot write the entry")?;
        self.create(&self.folder.join(Entry::FILE), |file| file.write_all(&bytes))
    }

    /// How many files were written.
    pub(super) fn count(&self) -> usize {
        self.files.load(Ordering::Relaxed)
    }

    fn create(&self, at: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<()> {
        let context = || format!("cannot write {}", at.display());
        if let Some(folder) = at.parent() {
            fs::create_dir_all(folder).with_context(context)?;
        }
        let mut file = match OpenOptions::new().write(true).create_new(true).open(at) {
            Ok(file) => file,
            // The same content is there already.
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
            Err(e) => return Err(e).with_context(context),
        };
        fill(&mut file).with_context(context)?;
        self.files.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}
