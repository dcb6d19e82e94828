//! How long building takes, how much memory, and how large what is built is; ours beside Pagefind's.
//!
//! Each build is a process of its own, so that one run's memory is not counted for another's. Not here: what is in
//! the files.

use crate::{
    articles::Articles,
    ours::{empty, seconds_of},
    rivals::Rivals,
    table::{Table, count, mb},
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// What a program took.
pub struct Took {
    pub seconds: f64,
    /// The most bytes of memory; none where the system does not say.
    pub memory: Option<u64>,
}

/// Runs a program to its end.
pub fn run(command: &mut Command) -> Result<Took> {
    let name = command.get_program().to_string_lossy().into_owned();
    let started = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).spawn().with_context(|| format!("{name} cannot be started"))?;
    let status = format!("/proc/{}/status", child.id());
    let mut memory = None;
    loop {
        // The kernel keeps the highest, so looking now and then is enough; only the last moment may be missed.
        let text = fs::read_to_string(&status).unwrap_or_default();
        let kib = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = kib.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
        memory = kib.map(|kib| kib << 10).max(memory);
        match child.try_wait()? {
            Some(status) if status.success() => break,
            Some(status) => bail!("{name} ended with {status}; what it said is above"),
            None => thread::sleep(Duration::from_millis(10)),
        }
    }
    Ok(Took { seconds: started.elapsed().as_secs_f64(), memory })
}

/// Files and bytes in a folder and all below it, leaving out what `not` says.
pub fn weigh(folder: &Path, not: &dyn Fn(&Path) -> bool) -> Result<(u64, u64)> {
    let (mut files, mut bytes) = (0, 0);
    let listed = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in listed {
        let path = entry?.path();
        if not(&path) {
            continue;
        }
        if path.is_dir() {
            let below = weigh(&path, not)?;
            files += below.0;
            bytes += below.1;
        } else {
            files += 1;
            bytes += fs::metadata(&path)?.len();
        }
    }
    Ok((files, bytes))
}

/// Builds our index of these articles in a process of its own.
pub fn build_ours(articles: &Articles, folder: &Path, memory: usize) -> Result<Took> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("build-one").arg("--articles").arg(articles.count().to_string());
    command.arg("--memory").arg(memory.to_string()).arg("--scratch").arg(folder);
    if articles.kind() == "generated" {
        command.arg("--generated");
    }
    run(&mut command)
}

/// The table of sizes.
pub fn table(articles: &Articles, scratch: &Path, memory: usize, rivals: Option<&Rivals>) -> Result<Table> {
    let heading = format!("Building: {} articles, {}", count(articles.count()), articles.kind());
    let mut table = Table::new(heading, &["", "seconds", "memory, MB", "files", "MB"]);
    let mut row = |name: &str, took: Option<&Took>, files: u64, bytes: u64| {
        let seconds = took.map_or("".into(), |took| format!("{:.1}", took.seconds));
        let memory = took.map_or("".into(), |took| took.memory.map_or("-".into(), mb));
        table.rows.push(vec![name.into(), seconds, memory, count(files), mb(bytes)]);
    };
    let folder = scratch.join("ours");
    let ours = build_ours(articles, &folder, memory)?;
    let (files, bytes) = weigh(&folder, &|_| false)?;
    let (_, manifest) = weigh(&folder, &|path| path.ends_with("search"))?;
    row("ours", Some(&ours), files, bytes);
    row("- of it the manifest", None, 1, manifest);
    let building: f64 = fs::read_to_string(seconds_of(&folder))?.parse()?;
    table.note = "Seconds and memory are those of the whole program, reading the texts (ours from a packed file, or \
                  making them; Pagefind from HTML files) and writing included. The articles themselves are counted \
                  for neither, so Pagefind's fragments, which repeat their texts, stand apart."
        .into();
    let Some(rivals) = rivals else { return Ok(table) };
    let out = scratch.join("pagefind");
    let theirs = build_pagefind(articles, rivals, scratch)?;
    let (all_files, all_bytes) = weigh(&out, &|_| false)?;
    let (files, bytes_without) = weigh(&out, &|path| path.ends_with("fragment"))?;
    row("Pagefind", Some(&theirs), all_files, all_bytes);
    row("- without its fragments", None, files, bytes_without);
    let ratio = |ours: f64, theirs: f64| format!("{:.2}", ours / theirs);
    table.rows.push(vec![
        "ours, without reading the packed texts".into(),
        format!("{building:.1}"),
        String::new(),
        String::new(),
        String::new(),
    ]);
    table.rows.push(vec![
        "the same / Pagefind".into(),
        ratio(building, theirs.seconds),
        String::new(),
        String::new(),
        ratio(bytes as f64, all_bytes as f64),
    ]);
    table.rows.push(vec![
        "ours / Pagefind without fragments".into(),
        ratio(ours.seconds, theirs.seconds),
        match (ours.memory, theirs.memory) {
            (Some(ours), Some(theirs)) => ratio(ours as f64, theirs as f64),
            _ => "-".into(),
        },
        String::new(),
        ratio(bytes as f64, bytes_without as f64),
    ]);
    Ok(table)
}

/// Builds Pagefind's index of these articles into `pagefind` in the scratch folder.
pub fn build_pagefind(articles: &Articles, rivals: &Rivals, scratch: &Path) -> Result<Took> {
    let (html, out) = (scratch.join("html"), scratch.join("pagefind"));
    write_html(articles, &html)?;
    empty(&out)?;
    let took = run(rivals.pagefind(&html, &out).stdout(Stdio::null()))?;
    fs::remove_dir_all(&html).with_context(|| format!("cannot remove {}", html.display()))?;
    Ok(took)
}

/// Writes each article as a page, as a portal without our app might.
fn write_html(articles: &Articles, folder: &Path) -> Result<()> {
    empty(folder)?;
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    for number in 0..articles.count() {
        let words = articles.words(number);
        let title = escaped(&words.title);
        let mut page = format!(
            "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
             <body data-pagefind-body><h1>{title}</h1>"
        );
        for line in words.lead.lines().chain(words.body.lines()).filter(|line| !line.trim().is_empty()) {
            page.push_str("<p>");
            page.push_str(&escaped(line));
            page.push_str("</p>");
        }
        page.push_str("</body></html>");
        let path = folder.join(format!("{number}.html"));
        fs::write(&path, page).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
