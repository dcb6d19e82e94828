//! A reader at a page: goes, looks, presses, types, and waits until something is seen.

use crate::Browser;
use anyhow::{Context, Result, bail};
use fantoccini::{Client, Locator, error::CmdError, key::Key};
use serde_json::{Value, json};
use std::{
    future::Future,
    time::{Duration, Instant},
};

/// How long a state may take to come about. Long, because machines are slow; a passing test waits only as
/// long as it must.
const PATIENCE: Duration = Duration::from_secs(20);

/// Between two looks.
const LOOK: Duration = Duration::from_millis(25);

/// A reader's page.
#[derive(Debug, Clone)]
pub struct Page {
    client: Client,
    browser: Browser,
}

impl Page {
    pub(crate) fn new(client: Client, browser: Browser) -> Self {
        Self { client, browser }
    }

    /// The browser that shows it.
    pub fn browser(&self) -> Browser {
        self.browser
    }

    /// Sets the size of the window in CSS pixels.
    pub async fn size(&self, width: u32, height: u32) -> Result<()> {
        self.client.set_window_size(width, height).await.context("the window cannot be resized")
    }

    /// Goes to an address.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.client.goto(url).await.with_context(|| format!("going to {url}"))
    }

    /// Goes to an address and waits for the page's heading.
    pub async fn visit(&self, url: &str, heading: &str) -> Result<()> {
        self.open(url).await?;
        self.heading(heading).await
    }

    /// Waits until the page's only `h1` reads like this.
    pub async fn heading(&self, text: &str) -> Result<()> {
        self.until_text("main h1", text).await
    }

    /// Reloads the page.
    pub async fn reload(&self) -> Result<()> {
        self.client.refresh().await.context("reloading")
    }

    /// Goes back in history.
    pub async fn back(&self) -> Result<()> {
        self.client.back().await.context("going back")
    }

    /// Goes forward in history.
    pub async fn forward(&self) -> Result<()> {
        self.client.forward().await.context("going forward")
    }

    /// The current address.
    pub async fn url(&self) -> Result<String> {
        Ok(self.client.current_url().await?.into())
    }

    /// Runs a script in the page: the body of a function with `arguments`.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.client.execute(script, arguments).await.with_context(|| format!("script: {script}"))
    }

    /// The value of an expression in the page.
    pub async fn value(&self, expression: &str) -> Result<Value> {
        self.run(&format!("return ({expression});"), vec![]).await
    }

    /// Waits until the expression is true; says what `shown` was instead.
    pub async fn until(&self, expression: &str) -> Result<()> {
        let last = self.wait(|| async { Ok(self.value(expression).await? == Value::Bool(true)) }).await?;
        if last {
            return Ok(());
        }
        let shown = self.value("document.title + ' @ ' + location.href + '\\n' + document.body.innerText.slice(0, 1500)").await;
        bail!("never true: {expression}\nthe page was: {}", shown.unwrap_or_default().as_str().unwrap_or_default())
    }

    async fn wait<F: Future<Output = Result<bool>>>(&self, look: impl Fn() -> F) -> Result<bool> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // While a page is being replaced a script may find none.
            if let Ok(true) = look().await {
                return Ok(true);
            }
            if Instant::now() > deadline {
                return Ok(false);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until an element reads exactly like this, white space aside.
    pub async fn until_text(&self, css: &str, text: &str) -> Result<()> {
        let text = json!(text);
        let reads = format!(
            "[...document.querySelectorAll({})].some(e => (e.innerText ?? '').replace(/\\s+/g, ' ').trim() === {text} \
             || e.textContent.replace(/\\s+/g, ' ').trim() === {text})",
            json!(css)
        );
        self.until(&reads).await
    }

    /// Waits until an element contains this text.
    pub async fn until_contains(&self, css: &str, text: &str) -> Result<()> {
        let holds = format!(
            "[...document.querySelectorAll({})].some(e => e.textContent.replace(/\\s+/g, ' ').includes({}))",
            json!(css),
            json!(text)
        );
        self.until(&holds).await
    }

    /// Waits until there is such an element.
    pub async fn until_there(&self, css: &str) -> Result<()> {
        self.until(&format!("document.querySelector({}) !== null", json!(css))).await
    }

    /// Waits until there is no such element.
    pub async fn until_gone(&self, css: &str) -> Result<()> {
        self.until(&format!("document.querySelector({}) === null", json!(css))).await
    }

    /// Waits until the address ends like this.
    pub async fn until_at(&self, end: &str) -> Result<()> {
        self.until(&format!("location.href.endsWith({})", json!(end))).await
    }

    /// The texts of all such elements.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        let script = format!(
            "[...document.querySelectorAll({})].map(e => e.textContent.replace(/\\s+/g, ' ').trim())",
            json!(css)
        );
        let texts = self.value(&script).await?;
        Ok(texts.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// How many such elements there are.
    pub async fn count(&self, css: &str) -> Result<u64> {
        let count = self.value(&format!("document.querySelectorAll({}).length", json!(css))).await?;
        count.as_u64().context("a count")
    }

    /// Waits for the element and presses it as a reader's mouse does.
    pub async fn click(&self, css: &str) -> Result<()> {
        self.until_there(css).await?;
        let element = self.client.find(Locator::Css(css)).await?;
        match element.click().await {
            // WebKit's driver finds some links behind their own text; the event is the same.
            Err(error) if self.browser == Browser::WebKit || is_intercepted(&error) => {
                self.run(&format!("document.querySelector({}).click()", json!(css)), vec![]).await.map(drop)
            }
            result => result.with_context(|| format!("pressing {css}")),
        }
    }

    /// Presses the link that reads like this.
    pub async fn follow(&self, text: &str) -> Result<()> {
        let find = format!(
            "[...document.querySelectorAll('main a, nav a, header a')].find(a => a.textContent.replace(/\\s+/g, ' ').trim() === {})",
            json!(text)
        );
        self.until(&format!("({find}) !== undefined")).await?;
        self.run(&format!("({find}).click()"), vec![]).await.map(drop)
    }

    /// Replaces what stands in a field by this text, key by key.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        self.until_there(css).await?;
        let field = self.client.find(Locator::Css(css)).await?;
        field.clear().await?;
        field.send_keys(text).await.with_context(|| format!("typing into {css}"))
    }

    /// Sets a date field, which every browser wants typed differently.
    pub async fn set_date(&self, css: &str, day: &str) -> Result<()> {
        self.until_there(css).await?;
        let script = format!(
            "const e = document.querySelector({}); e.value = {}; e.dispatchEvent(new Event('input', {{bubbles: true}})); \
             e.dispatchEvent(new Event('change', {{bubbles: true}}));",
            json!(css),
            json!(day)
        );
        self.run(&script, vec![]).await.map(drop)
    }

    /// Types a key where the focus is.
    pub async fn key(&self, key: Key) -> Result<()> {
        let focused = self.client.active_element().await?;
        focused.send_keys(&char::from(key).to_string()).await.context("typing a key")
    }

    /// A picture of the window, as PNG.
    pub async fn screenshot(&self) -> Result<Vec<u8>> {
        self.client.screenshot().await.context("taking a screenshot")
    }
}

fn is_intercepted(error: &CmdError) -> bool {
    error.to_string().contains("click intercepted")
}
