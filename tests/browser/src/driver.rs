//! Browsers and their WebDriver servers: started when first needed, kept for the next journey, ended at the
//! end. A browser or driver that is missing is an error, never a journey that is passed over.

use crate::{Browser, Outcome, Page};
use anyhow::{Context, Result, anyhow, bail};
use fantoccini::{Client, ClientBuilder, wd::WindowHandle};
use hyper_util::client::legacy::connect::HttpConnector;
use std::{
    future::Future,
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{LazyLock, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{runtime::Runtime, time::timeout};

/// Longest journey. One that never ends would hold up all the others; the longest takes some 20 seconds on
/// two busy cores.
const LONGEST: Duration = Duration::from_secs(150);

/// Starts of a browser: under load a driver sometimes gives up on its first one.
const ATTEMPTS: usize = 3;

/// What a journey's failure says besides when its browser has ended by itself: that tells nothing of the page, so the
/// journey may be walked once more.
#[derive(Debug, Clone, Copy)]
pub struct BrowserDied;

impl std::fmt::Display for BrowserDied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the browser has died")
    }
}

/// A browser with its driver. Dropping it ends both.
struct Session {
    browser: Browser,
    client: Client,
    driver: Driver,
    /// The one that it was started with.
    window: WindowHandle,
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
/// browser in a known state, and the failure tells what was on the screen.
///
/// # Errors
/// What the journey says, what the pages complained about, or why there is no browser; with [`BrowserDied`] where that
/// is why.
pub fn with_page<F>(browser: Browser, name: &str, journey: impl FnOnce(Page) -> F) -> Outcome
where
    F: Future<Output = Outcome>,
{
    RUNTIME.block_on(async {
        let (session, page) = ready(browser).await?;
        let result = match timeout(LONGEST, journey(page.clone())).await {
            Ok(Ok(())) => page.complaints().await,
            Ok(failed) => failed,
            Err(_) => Err(anyhow!("the journey did not end within {} seconds", LONGEST.as_secs())),
        };
        match result {
            Ok(()) => {
                page.forget().await;
                IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(session);
                Ok(())
            }
            Err(error) => {
                // A driver whose browser is gone refuses at once; a page that hangs does not answer.
                let alive = timeout(Duration::from_secs(5), page.run("return true", vec![])).await;
                let seen = timeout(Duration::from_secs(20), evidence(&page, name)).await;
                end(session).await;
                let seen = seen.unwrap_or_else(|_| "the browser no longer answers".into());
                let error = anyhow!("{error:#}\n{seen}");
                Err(if matches!(alive, Ok(Err(_))) { error.context(BrowserDied) } else { error })
            }
        }
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

/// A session and a page in it; one whose browser has died meanwhile is replaced.
async fn ready(browser: Browser) -> Result<(Session, Page)> {
    loop {
        let idle = {
            let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
            idle.iter().position(|session| session.browser == browser).map(|i| idle.swap_remove(i))
        };
        let kept = idle.is_some();
        let session = match idle {
            Some(session) => session,
            None => start(browser).await?,
        };
        let page = Page::new(session.client.clone(), browser);
        match timeout(Duration::from_secs(20), page.begin(&session.window)).await {
            Ok(Ok(())) => return Ok((session, page)),
            _ if kept => end(session).await,
            Ok(Err(error)) => return Err(error),
            Err(_) => bail!("{browser} does not answer"),
        }
    }
}

/// What can be told of a failed journey: the page's text, its requests, and where the screenshot lies.
async fn evidence(page: &Page, name: &str) -> String {
    let mut told = page.shown().await;
    told.push_str(&page.asked());
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/journey-failures");
    let file = folder.join(format!("{}.png", name.replace("::", "-")));
    let saved = match page.screenshot().await {
        Ok(png) => std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&file, png))
            .map_err(|e| e.to_string()),
        Err(error) => Err(format!("{error:#}")),
    };
    match saved {
        Ok(()) => {
            told.push_str(&format!("\nscreenshot: target/journey-failures/{}.png", name.replace("::", "-")));
        }
        Err(error) => told.push_str(&format!("\nno screenshot: {error}")),
    }
    told
}

async fn end(session: Session) {
    // A driver that no longer answers is ended all the same, when the session is dropped.
    let _ = timeout(Duration::from_secs(5), session.client.clone().close()).await;
    drop(session.driver);
}

async fn start(browser: Browser) -> Result<Session> {
    let mut attempts = 1;
    loop {
        match start_once(browser).await {
            Ok((client, driver)) => {
                let window = client.window().await?;
                return Ok(Session { browser, client, driver, window });
            }
            Err(error) if attempts == ATTEMPTS => return Err(error),
            Err(_) => attempts += 1,
        }
    }
}

async fn start_once(browser: Browser) -> Result<(Client, Driver)> {
    let program = browser.driver();
    let (port, second) = (free_port()?, free_port()?);
    let mut command = Command::new(program);
    command.arg(format!("--port={port}"));
    if browser == Browser::Firefox {
        // Its second port, for the browser itself, collides when two start at once.
        command.arg(format!("--marionette-port={second}"));
    }
    let display = if browser == Browser::WebKit { Some(Display::start()?) } else { None };
    command.envs(display.iter().map(|display| ("DISPLAY", &display.name)));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let child = command
        .spawn()
        .with_context(|| format!("{program} cannot be started; `cargo xtask test` installs it"))?;
    let driver = Driver { child, _display: display };
    let deadline = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > deadline {
            bail!("{program} does not listen on its port after 30 seconds");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let address = format!("http://127.0.0.1:{port}");
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(browser.capabilities()?);
    let client = timeout(Duration::from_secs(60), builder.connect(&address))
        .await
        .with_context(|| format!("{program} gave no session within a minute"))?
        .with_context(|| format!("{program} gave no session"))?;
    Ok((client, driver))
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A driver that ends with its owner, and with it the browser that it has started: a driver that is killed
/// leaves its browser running.
struct Driver {
    child: Child,
    /// Ends after the browser.
    _display: Option<Display>,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let started = descendants(self.child.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
        // Only those that are still there; a number is not given to another process so soon.
        let left = started.iter().filter(|id| PathBuf::from(format!("/proc/{id}")).exists());
        let left: Vec<_> = left.map(u32::to_string).collect();
        if !left.is_empty() {
            let mut kill = Command::new("kill");
            kill.arg("-KILL").args(left).stdout(Stdio::null()).stderr(Stdio::null());
            let _ = kill.status();
        }
    }
}

/// A display in memory. WebKitGTK has no headless mode, and of two windows on one display only one has the
/// focus, which `:focus` needs.
struct Display {
    name: String,
    server: Child,
}

impl Display {
    fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb cannot be started; on Debian it comes with xvfb")?;
        let output = server.stdout.take();
        let mut display = Self { name: String::new(), server };
        // It says the number of the display when it is ready, and ends without a word when it cannot be.
        let mut number = String::new();
        BufReader::new(output.context("Xvfb has an output")?).read_line(&mut number)?;
        anyhow::ensure!(!number.trim().is_empty(), "Xvfb found no display");
        display.name = format!(":{}", number.trim());
        Ok(display)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The processes that this one has started, and those that they have started.
fn descendants(id: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let parents: Vec<(u32, u32)> = processes
        .filter_map(|entry| {
            let child = entry.file_name().to_str()?.parse().ok()?;
            // "42 (name) S 1 …"; a name may have spaces and brackets.
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            let parent = stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()?;
            Some((child, parent))
        })
        .collect();
    let mut found = vec![id];
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        found.extend(parents.iter().filter(|(_, p)| *p == parent).map(|(child, _)| *child));
        next += 1;
    }
    found.split_off(1)
}
