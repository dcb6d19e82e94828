//! The smaller copies of all published pictures: taken over from an earlier publication, or made.
//!
//! Beside the copies of a picture lies a note of what is known of it (`media/<name>-sizes-<hash>.json`). No reader
//! asks for it; the next run finds in it what it would else unpack the picture for. Not here: the copies of one
//! picture (`picture`).

use super::press::Press;
use crate::{
    media::{Media, Medium},
    picture::{self, About, RECIPE},
};
use anyhow::{Context, Result};
use archive::{
    FileName, Problem,
    body::{Format, Image, ImageSource, copy_name},
};
use rayon::prelude::*;
use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

/// With fewer pictures to make copies of, at a few seconds each, nothing is told of the progress.
const TOLD_FROM: usize = 10;

/// Writes the copies of these pictures, and gives what is known of each by its published name.
pub(super) fn publish(
    pictures: &BTreeMap<&str, FileName>,
    media: &Media,
    press: &Press,
    earlier: Option<&Path>,
) -> Result<(BTreeMap<FileName, About>, Vec<Problem>)> {
    // Two sources with the same bytes may be one published picture.
    let pictures: BTreeMap<&FileName, &Medium> = pictures
        .iter()
        .filter_map(|(path, name)| Some((name, media.get(path)?)))
        .filter(|(_, medium)| medium.has_copies())
        .collect();
    let pictures: Vec<(&FileName, &Medium)> = pictures.into_iter().collect();
    let taken: Vec<Option<About>> = pictures
        .par_iter()
        .map(|(name, _)| earlier.map_or(Ok(None), |earlier| take_over(name, earlier, press)))
        .collect::<Result<_>>()?;
    let left: Vec<(&FileName, &Medium)> = pictures
        .iter()
        .zip(&taken)
        .filter(|(_, taken)| taken.is_none())
        .map(|(picture, _)| *picture)
        .collect();
    let done = AtomicUsize::new(0);
    let made: Vec<(Option<About>, Option<Problem>)> = left
        .par_iter()
        // One at a time: a picture may take 200 MB and some seconds.
        .with_max_len(1)
        .map(|(name, medium)| {
            let made = make(name, medium, press);
            let (done, of) = (done.fetch_add(1, Ordering::Relaxed) + 1, left.len());
            if of >= TOLD_FROM && done * 10 / of != (done - 1) * 10 / of {
                eprintln!("{done} of {of} pictures made smaller");
            }
            made
        })
        .collect::<Result<_>>()?;
    let names = pictures.iter().map(|(name, _)| (*name).clone());
    let mut known: BTreeMap<FileName, About> =
        names.zip(taken).filter_map(|(name, taken)| Some((name, taken?))).collect();
    let mut problems = Vec::new();
    for ((name, _), (about, problem)) in left.into_iter().zip(made) {
        known.extend(about.map(|about| (name.clone(), about)));
        problems.extend(problem);
    }
    Ok((known, problems))
}

fn make(name: &FileName, medium: &Medium, press: &Press) -> Result<(Option<About>, Option<Problem>)> {
    // What was published is read, and not the source: it is what the name stands for, come what may.
    let copies = match picture::copies(&press.read(name)?) {
        Ok(Some(copies)) => copies,
        Ok(None) => return Ok((None, None)),
        Err(why) => {
            let sentence =
                format!("No smaller copies of the picture can be made: {}.", why.trim_end_matches('.'));
            let cure = "Save it again as WebP, PNG or JPEG; until then readers load it whole.";
            return Ok((None, Some(Problem::warning(&medium.file.path, "file", sentence, cure))));
        }
    };
    for (width, format, bytes) in &copies.files {
        press.write(&name_of(name, &copies.about, *width, *format)?, bytes)?;
    }
    let note = serde_json::to_vec(&copies.about).context("cannot write what is known of a picture")?;
    press.write(&note_of(name)?, &note)?;
    Ok((Some(copies.about), None))
}

/// Copies what an earlier publication has of a picture. `None` where it has not all of it.
fn take_over(name: &FileName, earlier: &Path, press: &Press) -> Result<Option<About>> {
    let note = note_of(name)?;
    let Ok(bytes) = fs::read(earlier.join(note.as_str())) else { return Ok(None) };
    let Ok(about) = serde_json::from_slice::<About>(&bytes) else { return Ok(None) };
    let files: Vec<FileName> = about
        .copies()
        .map(|(width, format)| name_of(name, &about, width, format))
        .chain([Ok(note)])
        .collect::<Result<_>>()?;
    if !files.iter().all(|file| earlier.join(file.as_str()).is_file()) {
        return Ok(None);
    }
    for file in &files {
        press.take_over(&earlier.join(file.as_str()), file)?;
    }
    Ok(Some(about))
}

fn name_of(name: &FileName, about: &About, width: u32, format: Format) -> Result<FileName> {
    let mut image = Image::new(ImageSource::File(name.to_string()), String::new());
    about.tell(&mut image);
    let copy = image.scaled(width, format).with_context(|| format!("{name} can have no copies"))?;
    Ok(FileName::try_from(String::from(copy))?)
}

fn note_of(name: &FileName) -> Result<FileName> {
    let note = copy_name(name.as_str(), "sizes", RECIPE, "json");
    Ok(FileName::try_from(note.with_context(|| format!("{name} can have no copies"))?)?)
}
