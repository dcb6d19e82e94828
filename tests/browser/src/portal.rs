//! A portal for one journey: the built site on a port of its own, with the clock frozen in its page, and
//! with whatever faults the journey wants.

use anyhow::{Context, Result};
use static_server::{Config, Request, Response, Running, Server};
use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// 2021-09-15 09:00 in Việt Nam: a Wednesday, four days after the fixture's newest article.
pub const NOW: i64 = 1_631_671_200;

/// The built site, with the fixture archive, as `cargo xtask test` made it.
pub fn site_folder() -> Result<PathBuf> {
    let folder = std::env::var_os("BANTIN_DIST").context(
        "BANTIN_DIST does not say where the built site is; run the journeys by `cargo xtask test browser`",
    )?;
    Ok(PathBuf::from(folder))
}

type Fault = Arc<dyn Fn(&Request) -> Option<Response> + Send + Sync>;

/// Settings of a [`Portal`].
pub struct PortalBuilder {
    base: String,
    now: i64,
    head: String,
    replaced: Vec<(String, String)>,
}

/// A running portal. Dropping it is the server going away.
pub struct Portal {
    server: Running,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// By the path below the base; a key that ends in `*` fits all that begin so.
    faults: Mutex<BTreeMap<String, Fault>>,
    requests: Mutex<Vec<String>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl PortalBuilder {
    /// Below a sub-folder such as `/cong/tin/`.
    pub fn base(mut self, base: &str) -> Self {
        base.clone_into(&mut self.base);
        self
    }

    /// With the page's clock at this second (Unix time).
    pub fn now(mut self, now: i64) -> Self {
        self.now = now;
        self
    }

    /// With this script run before anything else in the page.
    pub fn script(mut self, script: &str) -> Self {
        self.head.push_str(&format!("<script>{script}</script>"));
        self
    }

    /// With this source instead of the archive: the address of a feed.
    pub fn source(mut self, address: &str) -> Self {
        self.replaced.push(("content=\"data/entry.json\"".into(), format!("content=\"{address}\"")));
        self
    }

    /// Starts it.
    pub fn start(self) -> Result<Portal> {
        let folder = site_folder()?;
        let mut index = std::fs::read_to_string(folder.join("index.html")).context("the built site has no index.html")?;
        let clock = format!(
            "<script>(() => {{ const now = {}000, Real = Date; globalThis.Date = class extends Real {{ \
             constructor(...parts) {{ if (parts.length) super(...parts); else super(now); }} \
             static now() {{ return globalThis.bantinNow ?? now; }} }}; }})()</script>",
            self.now
        );
        for (from, to) in [("<base href=\"/\">".to_owned(), format!("<base href=\"{}\">", self.base))].iter().chain(&self.replaced) {
            anyhow::ensure!(index.contains(from.as_str()), "index.html has no {from}");
            index = index.replacen(from.as_str(), to, 1);
        }
        index = index.replacen("<head>", &format!("<head>{clock}{}", self.head), 1);

        let state = Arc::new(State::default());
        let asked = state.clone();
        let config = Config::new(folder).base(&self.base).hook(move |request| {
            let path = request.local.clone()?;
            lock(&asked.requests).push(path.clone());
            let fault = {
                let faults = lock(&asked.faults);
                let fits = |key: &str| key.strip_suffix('*').map_or(key == path, |start| path.starts_with(start));
                faults.iter().find(|(key, _)| fits(key)).map(|(_, fault)| fault.clone())
            };
            if let Some(response) = fault.and_then(|fault| fault(request)) {
                return Some(response);
            }
            let last = path.rsplit('/').next().unwrap_or_default();
            (!last.contains('.') || last == "index.html").then(|| Response::html(index.clone()))
        });
        Ok(Portal { server: Server::bind("127.0.0.1:0", config)?.spawn(), state })
    }
}

impl Portal {
    /// A portal at `/` with the clock at [`NOW`].
    pub fn start() -> Result<Self> {
        Self::with().start()
    }

    /// A portal that differs from the plain one.
    pub fn with() -> PortalBuilder {
        PortalBuilder { base: "/".into(), now: NOW, head: String::new(), replaced: Vec::new() }
    }

    /// The whole address of a path below the portal's base.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url())
    }

    /// From now on this path (`data/entry.json`, or a beginning with `*`) is answered like this.
    pub fn fault(&self, path: &str, fault: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static) {
        lock(&self.state.faults).insert(path.to_owned(), Arc::new(fault));
    }

    /// From now on this path has this JSON.
    pub fn json(&self, path: &str, text: &str) {
        let text = text.to_owned();
        self.fault(path, move |_| Some(Response::new(200, "application/json", text.clone())));
    }

    /// Takes a fault back.
    pub fn heal(&self, path: &str) {
        lock(&self.state.faults).remove(path);
    }

    /// Paths that were asked for so far and begin like this.
    pub fn requests(&self, start: &str) -> Vec<String> {
        lock(&self.state.requests).iter().filter(|path| path.starts_with(start)).cloned().collect()
    }

    /// A published file as it lies in the built site.
    pub fn file(&self, path: &str) -> Result<String> {
        std::fs::read_to_string(site_folder()?.join(path)).with_context(|| format!("{path} is not in the site"))
    }
}
