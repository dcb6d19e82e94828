//! A portal for one journey: the built site on a port of its own, with the clock frozen in its page, with
//! whatever faults the journey wants, and with an ear for what goes wrong in the page unseen.

use anyhow::{Context, Result, bail};
use static_server::{Config, Request, Response, Running, Server};
use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// 2021-09-15 09:00 in Việt Nam: a Wednesday, four days after the fixture's newest article.
pub const NOW: i64 = 1_631_671_200;

/// For [`PortalBuilder::script`]: the page takes the browser for one that a person uses, and counts its visits.
pub const PERSON: &str = "Object.defineProperty(navigator, 'webdriver', { get: () => false });";

/// Addresses that belong to the harness and not to the portal, wherever the portal lies.
const OURS: &str = "/__journey/";

/// Longest time that a gate holds a request, and that a journey waits for one: longer than any journey needs,
/// so that a forgotten gate ends.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Runs before everything else in the page. The clock stands still (`bantinNow` sets it, in milliseconds), and
/// uncaught errors, unhandled rejections, `console.error` and the notice of `boot.js` are told to the server
/// at once, so that they are known even when the page is left.
pub(crate) const HEAD: &str = r"<script>(() => {
  const Real = Date, now = () => globalThis.bantinNow ?? NOW;
  const Frozen = function (...parts) {
    return new.target ? Reflect.construct(Real, parts.length ? parts : [now()], new.target) : new Real(now()).toString();
  };
  Frozen.prototype = Real.prototype;
  Object.assign(Frozen, { now, parse: Real.parse, UTC: Real.UTC });
  globalThis.Date = Frozen;
  const Request = XMLHttpRequest, untold = globalThis.journeyComplaints = [];
  const tell = text => {
    try {
      const request = new Request();
      request.open('GET', location.origin + '/__journey/complaint?' + encodeURIComponent(text), false);
      request.send();
    } catch { untold.push(text); }
  };
  addEventListener('error', event => tell('error: ' + event.message + ' ' + (event.error?.stack ?? '')));
  addEventListener('unhandledrejection', event => tell('rejection: ' + event.reason));
  const error = console.error;
  console.error = (...parts) => { tell('console: ' + parts.join(' ')); error.apply(console, parts); };
  let notice = null;
  new MutationObserver(() => {
    const now = document.getElementById('bantin-notice');
    if (now && now !== notice) tell('notice: ' + now.textContent);
    notice = now;
  }).observe(document, { childList: true, subtree: true });
})()</script>";

/// The built site, with the fixture archive, as `cargo xtask test` made it.
///
/// # Errors
/// When the environment does not say where it is.
pub fn site_folder() -> Result<PathBuf> {
    let folder = std::env::var_os("BANTIN_DIST").context(
        "BANTIN_DIST does not say where the built site is; run the journeys by `cargo xtask test browser`",
    )?;
    Ok(PathBuf::from(folder))
}

type Fault = Arc<dyn Fn(&Request) -> Option<Response> + Send + Sync>;

/// Settings of a [`Portal`].
#[derive(Debug, Clone)]
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

/// What the server and the journey share.
#[derive(Default)]
pub(crate) struct State {
    index: String,
    /// The page of `nhung/`.
    frame: String,
    /// Milliseconds.
    now: Mutex<i64>,
    /// By the path below the base; a key that ends in `*` fits all that begin so. The last one set counts.
    faults: Mutex<Vec<(String, Fault)>>,
    requests: Mutex<Vec<String>>,
    complaints: Mutex<Vec<String>>,
    expected: Mutex<Vec<String>>,
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Default for PortalBuilder {
    fn default() -> Self {
        Self { base: "/".into(), now: NOW, head: String::new(), replaced: Vec::new() }
    }
}

impl PortalBuilder {
    /// Below a sub-folder such as `/cong/tin/`.
    #[must_use]
    pub fn base(mut self, base: &str) -> Self {
        base.clone_into(&mut self.base);
        self
    }

    /// With the page's clock at this second (Unix time).
    #[must_use]
    pub fn now(mut self, now: i64) -> Self {
        self.now = now;
        self
    }

    /// With this script run before anything else in the page.
    #[must_use]
    pub fn script(mut self, script: &str) -> Self {
        self.head.push_str(&format!("<script>{script}</script>"));
        self
    }

    /// With this source instead of the archive: the address of a feed.
    #[must_use]
    pub fn source(mut self, address: &str) -> Self {
        self.replaced.push(("content=\"data/entry.json\"".into(), format!("content=\"{address}\"")));
        self
    }

    /// Starts it.
    pub(crate) fn start(self) -> Result<Portal> {
        let folder = site_folder()?;
        let index = std::fs::read_to_string(folder.join("index.html"))
            .with_context(|| format!("the built site in {} has no index.html", folder.display()))?;
        let base = ("<base href=\"/\">".to_owned(), format!("<base href=\"{}\">", self.base));
        let mut page = index;
        for (from, to) in std::iter::once(&base).chain(&self.replaced) {
            anyhow::ensure!(page.contains(from.as_str()), "index.html has no {from}");
            page = page.replacen(from.as_str(), to, 1);
        }
        anyhow::ensure!(page.contains("<head>"), "index.html has no <head>");
        let frame = std::fs::read_to_string(folder.join("nhung/index.html"))
            .with_context(|| format!("the built site in {} has no nhung/", folder.display()))?;
        anyhow::ensure!(frame.contains(&base.0), "nhung/index.html has no {}", base.0);
        let frame = frame.replacen(&base.0, &base.1, 1);
        let head = format!("<head>{HEAD}{}", self.head);
        let state = Arc::new(State {
            index: page.replacen("<head>", &head, 1),
            frame: frame.replacen("<head>", &head, 1),
            ..State::at(self.now)
        });
        let server = on_a_new_port(|| {
            let asked = state.clone();
            Config::new(&folder).base(&self.base).hook(move |request| asked.answer(request))
        })?;
        Ok(Portal { server: server.spawn(), state })
    }
}

/// Ports that portals have had. A browser is kept from journey to journey, and so is what it has stored of a port:
/// on one that has been used before it would not ask for files that never change, and a fault in one would not show.
static USED_PORTS: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Whether nobody has had this port before; from now on somebody has.
pub(crate) fn is_new(port: u16) -> bool {
    lock(&USED_PORTS).insert(port)
}

/// A server on a port that no portal has had before.
pub(crate) fn on_a_new_port(config: impl Fn() -> Config) -> std::io::Result<Server> {
    // Held until a new one is found, so that the system does not offer the same again.
    let mut refused = Vec::new();
    loop {
        let server = Server::bind("127.0.0.1:0", config())?;
        if is_new(server.address().port()) {
            return Ok(server);
        }
        refused.push(server);
    }
}

impl State {
    /// Nothing but the time, in seconds.
    pub(crate) fn at(now: i64) -> Self {
        Self { now: Mutex::new(now * 1000), ..Self::default() }
    }

    /// From now on this path is answered like this, where the answer is not `None`.
    pub(crate) fn fault(
        &self,
        path: &str,
        fault: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static,
    ) {
        let mut faults = lock(&self.faults);
        faults.retain(|(key, _)| key != path);
        faults.push((path.to_owned(), Arc::new(fault)));
    }

    /// Pages that are opened from now on have their clock at this second.
    pub(crate) fn set_clock(&self, seconds: i64) {
        *lock(&self.now) = seconds * 1000;
    }

    /// Errors that have this in their text are part of the journey.
    pub(crate) fn expect_complaint(&self, part: &str) {
        lock(&self.expected).push(part.to_owned());
    }

    pub(crate) fn answer(&self, request: &Request) -> Option<Response> {
        if let Some(ours) = request.path.strip_prefix(OURS) {
            return Some(self.answer_ours(ours, request.query.as_deref().unwrap_or_default()));
        }
        let path = request.local.clone().unwrap_or_else(|| request.path.clone());
        let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        lock(&self.requests).push(format!("{path}{query}"));
        request.local.as_ref()?;
        let fault = {
            let faults = lock(&self.faults);
            let fits = |key: &str| key.strip_suffix('*').map_or(key == path, |start| path.starts_with(start));
            faults.iter().rev().find(|(key, _)| fits(key)).map(|(_, fault)| fault.clone())
        };
        fault.and_then(|fault| fault(request)).or_else(|| {
            let framed = path.trim_end_matches('/') == "nhung";
            let page = || self.at_its_time(if framed { &self.frame } else { &self.index });
            let response = request.wants_page().then(|| Response::html(page()));
            // As the server sends it with the file.
            if framed {
                response.map(|response| response.header("Cross-Origin-Embedder-Policy", "require-corp"))
            } else {
                response
            }
        })
    }

    /// A page with the clock set.
    pub(crate) fn at_its_time(&self, page: &str) -> String {
        page.replace("NOW", &lock(&self.now).to_string())
    }

    fn answer_ours(&self, path: &str, query: &str) -> Response {
        match path {
            "complaint" => {
                lock(&self.complaints).push(decoded(query));
                Response::text(200, "heard")
            }
            "blank" => Response::html("<!doctype html><title>blank</title>"),
            // A window cannot be made as narrow as a telephone in every browser; a frame can.
            _ => {
                match path.split_once('/').and_then(|(kind, width)| Some((kind, width.parse::<u32>().ok()?)))
                {
                    Some((kind, width)) => Response::html(format!(
                        "<!doctype html><title>frame</title><style>body {{ margin: 0 }} iframe {{ display: block; border: 0 }}\
                     </style><iframe {} src=\"{}\" style=\"height: 800px; width: {width}px\"></iframe>",
                        if kind == "sandbox" { "sandbox=\"allow-scripts allow-forms\"" } else { "" },
                        decoded(query).replace('&', "&amp;").replace('"', "&quot;")
                    )),
                    None => Response::text(404, "The harness has no such page."),
                }
            }
        }
    }

    /// What the pages told and no journey expected.
    pub(crate) fn unexpected(&self) -> Vec<String> {
        let expected = lock(&self.expected);
        let complaints = lock(&self.complaints);
        complaints
            .iter()
            .filter(|text| !expected.iter().any(|part| text.contains(part.as_str())))
            .cloned()
            .collect()
    }

    /// The last paths that were asked for.
    pub(crate) fn last_requests(&self) -> String {
        let requests = lock(&self.requests);
        requests[requests.len().saturating_sub(25)..].join(" ")
    }
}

impl Portal {
    /// The whole address of a path below the portal's base.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url())
    }

    /// The whole address of a path on the portal's server, inside its base or not.
    pub fn url_on_server(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address())
    }

    /// A page with the portal's page in a frame as wide as a telephone; see [`crate::Page::in_frame`].
    pub fn frame_url(&self, path: &str) -> String {
        self.frame_url_at(path, 360)
    }

    /// The same in a frame that has this width from the beginning.
    pub fn frame_url_at(&self, path: &str, width: u32) -> String {
        self.url_around("frame", path, width)
    }

    /// The same in a frame of a page that lets it do little: it has no storage, and no origin.
    pub fn sandbox_url(&self, path: &str) -> String {
        self.url_around("sandbox", path, 360)
    }

    fn url_around(&self, kind: &str, path: &str, width: u32) -> String {
        // A query of its own must not end this one.
        let inner = self.url(path).replace('%', "%25").replace('&', "%26").replace('#', "%23");
        self.url_on_server(&format!("{OURS}{kind}/{width}?{inner}"))
    }

    /// An empty page of the same origin: to prepare its storage.
    pub fn blank_url(&self) -> String {
        self.url_on_server(&format!("{OURS}blank"))
    }

    /// Pages that are opened from now on have their clock at this second (Unix time).
    pub fn set_clock(&self, seconds: i64) {
        self.state.set_clock(seconds);
    }

    /// From now on this path (`data/entry.json`, or a beginning with `*`) is answered like this, where the
    /// answer is not `None`.
    pub fn fault(&self, path: &str, fault: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static) {
        self.state.fault(path, fault);
    }

    /// From now on this path is answered with this.
    pub fn answer(&self, path: &str, response: Response) {
        self.fault(path, move |_| Some(response.clone()));
    }

    /// From now on this path has this JSON.
    pub fn json(&self, path: &str, text: impl Into<String>) {
        self.answer(path, Response::new(200, "application/json", text.into()));
    }

    /// Takes a fault back.
    pub fn heal(&self, path: &str) {
        lock(&self.state.faults).retain(|(key, _)| key != path);
    }

    /// From now on answers to this path are held until the gate opens; then they are what they would have been.
    pub fn gate(&self, path: &str) -> Gate {
        let gate = Gate(Arc::new((Mutex::new(false), Condvar::new())));
        let held = gate.0.clone();
        let behind =
            lock(&self.state.faults).iter().find(|(key, _)| key == path).map(|(_, fault)| fault.clone());
        self.fault(path, move |request| {
            let (open, opened) = &*held;
            drop(opened.wait_timeout_while(lock(open), PATIENCE, |open| !*open));
            behind.as_ref().and_then(|fault| fault(request))
        });
        gate
    }

    /// Paths that were asked for so far and begin like this; the query is part of them.
    pub fn requests(&self, start: &str) -> Vec<String> {
        lock(&self.state.requests).iter().filter(|path| path.starts_with(start)).cloned().collect()
    }

    /// Begins a new list of requests.
    pub fn forget_requests(&self) {
        lock(&self.state.requests).clear();
    }

    /// Waits until a path that begins like this has been asked for.
    ///
    /// # Errors
    /// When it is not.
    pub async fn until_asked(&self, start: &str) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while self.requests(start).is_empty() {
            if Instant::now() > deadline {
                bail!("nobody asked for {start}, only for: {}", self.state.last_requests());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }

    /// Errors, `console.error` and notices that have this in their text are part of the journey.
    pub fn expect_complaint(&self, part: &str) {
        self.state.expect_complaint(part);
    }

    /// What the pages told so far: errors, `console.error`, notices.
    pub fn complaints(&self) -> Vec<String> {
        lock(&self.state.complaints).clone()
    }

    pub(crate) fn state(&self) -> Arc<State> {
        self.state.clone()
    }
}

/// Holds answers until it is opened or dropped.
pub struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    /// Lets all answers go.
    pub fn open(&self) {
        *lock(&self.0.0) = true;
        self.0.1.notify_all();
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.open();
    }
}

/// Percent-escapes resolved.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        bytes.push(match (first, tail) {
            (b'%', [high, low, after @ ..]) => {
                rest = after;
                let hex = |digit: u8| char::from(digit).to_digit(16).unwrap_or(0) as u8;
                hex(*high) << 4 | hex(*low)
            }
            (byte, _) => *byte,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The symptom: a failed file was there all the same, because a portal of an earlier journey had had the port.
    #[test]
    fn no_two_portals_have_the_same_port() {
        let port = || on_a_new_port(|| Config::new("")).map(|server| server.address().port());
        // As many as a whole run of the journeys needs; the system gives a port twice long before.
        let ports: std::io::Result<BTreeSet<u16>> = (0..1500).map(|_| port()).collect();
        assert_eq!(ports.expect("ports").len(), 1500);
    }
}
