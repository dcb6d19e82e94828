//! The published archive of the built site, as a journey needs it: to change it, and to know its names.

use crate::{Portal, site_folder};
use anyhow::{Context, Result};
use serde_json::Value;

/// In a page with a frame: the frame's document.
pub const FRAME: &str = "document.querySelector('iframe').contentDocument";

/// The files of the built site's archive.
#[derive(Debug, Clone)]
pub struct Archive {
    /// `entry.json`, to be changed and given to a portal by [`Archive::publish`].
    pub entry: Value,
}

impl Archive {
    /// Reads the entry.
    ///
    /// # Errors
    /// When the built site has none.
    pub fn read() -> Result<Self> {
        Ok(Self { entry: serde_json::from_str(&Self::file("entry.json")?)? })
    }

    /// A published file as it lies in the built site.
    ///
    /// # Errors
    /// When it is not there.
    pub fn file(name: &str) -> Result<String> {
        String::from_utf8(Self::bytes(name)?).with_context(|| format!("{name} is no text"))
    }

    /// The bytes of a published file as it lies in the built site.
    ///
    /// # Errors
    /// When it is not there.
    pub fn bytes(name: &str) -> Result<Vec<u8>> {
        let path = site_folder()?.join("data").join(name);
        std::fs::read(&path).with_context(|| format!("{} is not in the built site", path.display()))
    }

    /// The value at this place of the entry, as a file's path below the portal's base.
    ///
    /// # Errors
    /// When there is no such place.
    pub fn path(&self, pointer: &str) -> Result<String> {
        let name = self.entry.pointer(pointer).and_then(Value::as_str);
        Ok(format!("data/{}", name.with_context(|| format!("entry.json has no {pointer}"))?))
    }

    /// The path of an article's file below the portal's base.
    ///
    /// # Errors
    /// When the archive has no such article.
    pub fn article(&self, slug: &str) -> Result<String> {
        for bucket in self.entry["articles"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let bucket: Value = serde_json::from_str(&Self::file(bucket)?)?;
            if let Some(file) = bucket.get(slug).and_then(Value::as_str) {
                return Ok(format!("data/{file}"));
            }
        }
        anyhow::bail!("the archive has no article {slug}")
    }

    /// The paths of the files in which search looks words up, below the portal's base.
    ///
    /// # Errors
    /// When the archive has none.
    pub fn search_files() -> Result<Vec<String>> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(site_folder()?.join("data/search"))? {
            let folder = entry?;
            if folder.file_type()?.is_dir() {
                for file in std::fs::read_dir(folder.path())? {
                    let (folder, file) = (folder.file_name(), file?.file_name());
                    files.push(format!("data/search/{}/{}", folder.display(), file.display()));
                }
            }
        }
        anyhow::ensure!(!files.is_empty(), "the archive has no files to look words up in");
        Ok(files)
    }

    /// The portal answers with this entry from now on.
    pub fn publish(&self, portal: &Portal) {
        portal.json("data/entry.json", self.entry.to_string());
    }
}
