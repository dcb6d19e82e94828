//! Browsers and their WebDriver servers: started when first needed, kept for the next journey, ended at the
//! end. A browser or driver that is missing is an error, never a journey that is passed over.

use crate::Page;
use anyhow::{Context, Result, bail};
use fantoccini::{Client, ClientBuilder, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::{
    fmt, future::Future,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{LazyLock, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::runtime::Runtime;

/// The browsers that every journey runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Debian's `chromium` and `chromium-driver`.
    Chromium,
    /// Debian's `firefox-esr`, with geckodriver.
    Firefox,
    /// Debian's `webkit2gtk-driver`: the engine of Safari.
    WebKit,
}

impl Browser {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];
}

/// As in the names of journeys: `chromium`.
impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}

/// A browser with its driver.
struct Session {
    browser: Browser,
    client: Client,
    driver: Child,
}

/// One runtime for all: a client belongs to the runtime that made it.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap_or_else(|error| panic!("no runtime for the browser drivers: {error}"))
});

/// Sessions that no journey is using.
static IDLE: Mutex<Vec<Session>> = Mutex::new(Vec::new());

/// Runs a journey in this browser. After a failure the session is ended, so that the next journey has a
/// browser in a known state.
///
/// # Errors
/// What the journey says, or why there is no browser.
pub fn with_page<F>(browser: Browser, journey: impl FnOnce(Page) -> F) -> Result<()>
where
    F: Future<Output = Result<()>>,
{
    RUNTIME.block_on(async {
        let idle = {
            let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
            idle.iter().position(|session| session.browser == browser).map(|i| idle.swap_remove(i))
        };
        let session = match idle {
            Some(session) => session,
            None => start(browser).await?,
        };
        let page = Page::new(session.client.clone(), browser);
        page.size(1280, 900).await?;
        // A journey that never ends would hold up all the others.
        let result = match tokio::time::timeout(Duration::from_secs(120), journey(page)).await {
            Ok(result) => result,
            Err(_) => Err(anyhow::anyhow!("the journey did not end within two minutes")),
        };
        if result.is_ok() {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(session);
        } else {
            end(session).await;
        }
        result
    })
}

/// Ends all browsers and drivers that were started.
pub fn close_all() {
    let sessions = std::mem::take(&mut *IDLE.lock().unwrap_or_else(PoisonError::into_inner));
    RUNTIME.block_on(async {
        for session in sessions {
            end(session).await;
        }
    });
}

async fn end(mut session: Session) {
    // A driver that no longer answers is ended all the same.
    let _ = tokio::time::timeout(Duration::from_secs(5), session.client.close()).await;
    let _ = session.driver.kill();
    let _ = session.driver.wait();
}

async fn start(browser: Browser) -> Result<Session> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut command = match browser {
        Browser::Chromium => Command::new("chromedriver"),
        Browser::Firefox => Command::new("geckodriver"),
        Browser::WebKit => Command::new("WebKitWebDriver"),
    };
    command.arg(format!("--port={port}"));
    if browser == Browser::Firefox {
        // Its second port, for the browser itself, collides when two start at once.
        let marionette = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        command.arg(format!("--marionette-port={marionette}"));
    }
    let program = command.get_program().to_string_lossy().into_owned();
    let driver = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{program} cannot be started; `cargo xtask test` installs it"))?;
    let mut starting = Starting(Some(driver));
    let deadline = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > deadline {
            bail!("{program} does not listen on its port after 30 seconds");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let connect = builder.capabilities(capabilities(browser)?).connect(&format!("http://127.0.0.1:{port}"));
    let client = tokio::time::timeout(Duration::from_secs(60), connect)
        .await
        .with_context(|| format!("{program} gave no session within a minute"))?
        .with_context(|| format!("{program} gave no session"))?;
    let driver = starting.0.take().context("the driver was started")?;
    Ok(Session { browser, client, driver })
}

/// Ends a driver whose session did not come about.
struct Starting(Option<Child>);

impl Drop for Starting {
    fn drop(&mut self) {
        if let Some(driver) = &mut self.0 {
            let _ = driver.kill();
            let _ = driver.wait();
        }
    }
}

fn capabilities(browser: Browser) -> Result<Capabilities> {
    let value = match browser {
        Browser::Chromium => json!({ "goog:chromeOptions": { "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=vi",
        ] } }),
        Browser::Firefox => json!({ "moz:firefoxOptions": {
            "args": ["-headless"],
            "prefs": { "intl.accept_languages": "vi", "ui.systemUsesDarkTheme": 0 },
        } }),
        Browser::WebKit => json!({
            "browserName": "MiniBrowser",
            "webkitgtk:browserOptions": { "binary": mini_browser()?, "args": ["--automation"] },
        }),
    };
    match value {
        Value::Object(map) => Ok(map),
        _ => bail!("capabilities are an object"),
    }
}

/// Debian keeps WebKitGTK's little browser out of PATH, in a folder of the machine's architecture.
fn mini_browser() -> Result<String> {
    let folders = std::fs::read_dir("/usr/lib").into_iter().flatten().chain(std::fs::read_dir("/usr/libexec").into_iter().flatten());
    for folder in folders.flatten() {
        for version in ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"] {
            let candidates = [folder.path().join(version).join("MiniBrowser"), folder.path().join("MiniBrowser")];
            if let Some(found) = candidates.iter().find(|path| Path::is_file(path)) {
                return Ok(found.to_string_lossy().into_owned());
            }
        }
    }
    bail!("WebKitGTK's MiniBrowser is not there; on Debian it comes with webkit2gtk-driver")
}
