//! The media that articles use, under their published names. A source is never published by its own name,
//! and what nobody uses is not published at all. Not here: smaller copies (`copies`).

use super::{copies, external_picture, press::Press};
use crate::{
    check::Draft,
    folder::SourceFile,
    media::{Found, Media, ending},
    picture::About,
};
use anyhow::Result;
use archive::{
    FileName, Problem,
    body::{Image, ImageSource, Target},
    source::Portal,
};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Finds the published name of what an article writes.
pub(super) struct PublishedMedia<'a> {
    media: &'a Media,
    pictures: BTreeMap<&'a str, FileName>,
    files: BTreeMap<&'a str, FileName>,
    /// What is known of pictures that were unpacked, by their published names.
    known: BTreeMap<FileName, About>,
}

impl<'a> PublishedMedia<'a> {
    /// Copies every picture and file that the archive uses, and gives pictures smaller copies, those that `earlier`
    /// has from there. The problems are of pictures that can have none.
    pub(super) fn publish(
        media: &'a Media,
        portal: &Portal,
        drafts: &[Draft],
        press: &Press,
        earlier: Option<&Path>,
    ) -> Result<(Self, Vec<Problem>)> {
        let (mut pictures, mut files) = (BTreeSet::new(), BTreeSet::new());
        let note = |written: &str, set: &mut BTreeSet<&'a str>| {
            if let Found::File(path) = media.find(written) {
                set.insert(path);
            }
        };
        for draft in drafts {
            note(&draft.article.image, &mut pictures);
            note(&draft.article.banner_image, &mut pictures);
            draft.article.attachments.iter().for_each(|attachment| note(&attachment.url, &mut files));
            let mut body = draft.body.clone();
            body.images_mut().into_iter().for_each(|image| note(image.src.as_str(), &mut pictures));
            super::each_target(&mut body, &mut |target| {
                if let Target::File(path) = target {
                    note(path, &mut files);
                }
            });
        }
        for site in portal.links.iter().flat_map(|group| &group.sites) {
            note(&site.logo, &mut pictures);
        }
        let copy = |paths: BTreeSet<&'a str>, name: fn(&str, &str) -> String| {
            let paths: Vec<&'a str> = paths.into_iter().collect();
            let copied: Result<Vec<_>> = paths
                .par_iter()
                .filter_map(|path| media.get(path))
                .map(|medium| {
                    let path = medium.file.path.as_str();
                    Ok((path, press.copy(&medium.file.at, |hash| name(path, hash))?))
                })
                .collect();
            copied.map(|copied| copied.into_iter().collect::<BTreeMap<_, _>>())
        };
        let pictures = copy(pictures, picture_name)?;
        let (known, problems) = match portal.picture_sizes {
            true => copies::publish(&pictures, media, press, earlier)?,
            false => Default::default(),
        };
        Ok((Self { media, pictures, files: copy(files, file_name)?, known }, problems))
    }

    /// A picture of an article, with its size; an address elsewhere stays.
    pub(super) fn picture(&self, written: &str, alt: &str) -> Option<Image> {
        let Found::File(path) = self.media.find(written) else { return external_picture(written, alt) };
        let (name, medium) = (self.pictures.get(path)?, self.media.get(path)?);
        let (width, height) = medium.size.unzip();
        let src = ImageSource::File(name.to_string());
        let mut image = Image { width, height, ..Image::new(src, alt.to_owned()) };
        if let Some(about) = self.known.get(name) {
            about.tell(&mut image);
        }
        Some(image)
    }

    /// A file to take away: its published name, and the source.
    pub(super) fn file(&self, written: &str) -> Option<(&FileName, &SourceFile)> {
        let Found::File(path) = self.media.find(written) else { return None };
        Some((self.files.get(path)?, &self.media.get(path)?.file))
    }
}

/// Name without ending, and ending, of a path.
fn parts(path: &str) -> (&str, String) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let ending = ending(path).chars().filter(char::is_ascii_alphanumeric).take(10).collect();
    (stem, ending)
}

/// `media/<stem>-<hash>.<ending>`
fn picture_name(path: &str, hash: &str) -> String {
    let (stem, ending) = parts(path);
    let stem = viet_text::slug(stem, 80);
    let dash = if stem.is_empty() { "" } else { "-" };
    format!("media/{stem}{dash}{hash}.{ending}")
}

/// `media/<hash>/<name>`, so that a download keeps the name that its editor gave it, in ASCII.
fn file_name(path: &str, hash: &str) -> String {
    let (stem, ending) = parts(path);
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let stem = match stem.bytes().all(plain) && !stem.starts_with('.') && (1..=150).contains(&stem.len()) {
        true => stem.to_owned(),
        false => viet_text::slug(stem, 150),
    };
    let stem = if stem.is_empty() { "tep".to_owned() } else { stem };
    let dot = if ending.is_empty() { "" } else { "." };
    format!("media/{hash}/{stem}{dot}{ending}")
}

/// The media type that an ending means, for attachments whose editor wrote none.
pub(super) fn type_of(name: &str) -> &'static str {
    match &*ending(name) {
        "pdf" => "application/pdf",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "zip" => "application/zip",
        "rar" => "application/vnd.rar",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "avif" => "image/avif",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pictures_and_files_have_readable_names() {
        assert_eq!(picture_name("media/Lễ khai giảng.JPG", "0123"), "media/le-khai-giang-0123.jpg");
        assert_eq!(picture_name("media/….png", "0123"), "media/0123.png");
        assert_eq!(file_name("media/a/KH_2021-09.v2.PDF", "0123"), "media/0123/KH_2021-09.v2.pdf");
        assert_eq!(file_name("media/Kế hoạch số 1.docx", "0123"), "media/0123/ke-hoach-so-1.docx");
        assert_eq!(file_name("media/…", "0123"), "media/0123/tep");
    }

    proptest! {
        #[test]
        fn every_path_gives_a_name_that_may_be_published(path in "media/\\PC{1,60}(\\.\\PC{0,12})?") {
            for name in [picture_name(&path, "0123456789abcdef"), file_name(&path, "0123456789abcdef")] {
                prop_assert!(FileName::try_from(name.clone()).is_ok() || path.ends_with('.'), "{name}");
            }
        }
    }
}
