//! The engines that we are compared with: where they are, and how they are asked.
//!
//! xtask installs them and says where (`BANTIN_RIVALS`: a folder with `node_modules`). Not here: their versions
//! (xtask/src/tools.rs).

use crate::articles::Articles;
use anyhow::{Context, Result, bail};
use static_server::{Config, Server};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Pagefind and MiniSearch, installed.
pub struct Rivals {
    modules: PathBuf,
    pagefind: PathBuf,
}

impl Rivals {
    /// Those that `BANTIN_RIVALS` names; `None` where it names none.
    pub fn find() -> Result<Option<Self>> {
        let Some(folder) = std::env::var_os("BANTIN_RIVALS").filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        let modules = Path::new(&folder).join("node_modules");
        // The program itself and not npm's script around it: its memory is looked at.
        let platforms = modules.join("@pagefind");
        let listed = fs::read_dir(&platforms)
            .with_context(|| format!("BANTIN_RIVALS: there is no Pagefind in {}", platforms.display()))?;
        for platform in listed {
            let program = platform?.path().join("bin/pagefind_extended");
            if program.is_file() {
                return Ok(Some(Self { modules, pagefind: program }));
            }
        }
        bail!("BANTIN_RIVALS: no folder in {} has bin/pagefind_extended", platforms.display())
    }

    /// Pagefind over a folder of pages.
    pub fn pagefind(&self, site: &Path, out: &Path) -> Command {
        let mut command = Command::new(&self.pagefind);
        command.arg("--site").arg(site).arg("--output-path").arg(out);
        command
    }

    /// The first ten results of each query from Pagefind, whose files are in `built`.
    pub fn ask_pagefind(&self, scratch: &Path, built: &Path, queries: &[Asked<'_>]) -> Result<Vec<Vec<u32>>> {
        let server = Server::bind("127.0.0.1:0", Config::new(built)).context("no free port")?.spawn();
        // Its script takes the place that it was loaded from for the place of its files; a copy that node takes for
        // a module is enough.
        let script = scratch.join("pagefind.mjs");
        fs::copy(built.join("pagefind.js"), &script)
            .with_context(|| format!("cannot copy Pagefind's script to {}", script.display()))?;
        ask(scratch, "pagefind", &server.url(), &script, queries)
    }

    /// The first ten results of each query from MiniSearch.
    pub fn ask_minisearch(
        &self,
        scratch: &Path,
        articles: &Articles,
        queries: &[Asked<'_>],
    ) -> Result<Vec<Vec<u32>>> {
        let path = scratch.join("articles.jsonl");
        let mut lines = String::new();
        for number in 0..articles.count() {
            let words = articles.words(number);
            let (title, lead, body) = (&words.title, &words.lead, &words.body);
            let article = serde_json::json!({ "number": number, "title": title, "lead": lead, "body": body });
            lines.push_str(&article.to_string());
            lines.push('\n');
        }
        fs::write(&path, lines).with_context(|| format!("cannot write {}", path.display()))?;
        let module = self.modules.join("minisearch/dist/es/index.js");
        let answers = ask(scratch, "minisearch", &path.to_string_lossy(), &module, queries);
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        answers
    }
}

/// A query for an engine.
#[derive(serde::Serialize)]
pub struct Asked<'a> {
    pub words: &'a str,
    /// Whether a letter of it is wrong.
    pub slip: bool,
}

fn ask(
    scratch: &Path,
    engine: &str,
    source: &str,
    module: &Path,
    queries: &[Asked<'_>],
) -> Result<Vec<Vec<u32>>> {
    let write = |name: &str, text: &str| -> Result<PathBuf> {
        let path = scratch.join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    };
    let script = write("rivals.mjs", include_str!("rivals.mjs"))?;
    let queries = write("queries.json", &serde_json::to_string(queries)?)?;
    let output = Command::new("node")
        .arg(script)
        .args([engine, source])
        .args([module, &queries])
        .stderr(Stdio::inherit())
        .output()
        .context("node cannot be started")?;
    if !output.status.success() {
        bail!("{engine} in node ended with {}; what it said is above", output.status);
    }
    serde_json::from_slice(&output.stdout).with_context(|| format!("what {engine} answered"))
}
