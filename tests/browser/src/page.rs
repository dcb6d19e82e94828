//! A reader at a page: goes, looks, presses, types, and waits until something is seen.

use crate::{Browser, Host, Portal, PortalBuilder, devtools::DevTools, portal::State};
use anyhow::{Context, Result, bail};
use fantoccini::{
    Client,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
    error::CmdError,
    key::Key,
    wd::WindowHandle,
};
use serde_json::{Value, json};
use std::{
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long a state may take to come about. Long, because machines are slow; a passing test waits only as
/// long as it must.
const PATIENCE: Duration = Duration::from_secs(20);

/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// How WebDriver names an element in the answer of a script.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A reader's page.
#[derive(Clone)]
pub struct Page {
    client: Client,
    browser: Browser,
    portals: Portals,
}

/// The portals of this journey: their complaints are the journey's.
type Portals = Arc<Mutex<Vec<Arc<State>>>>;

/// Which element is meant: the first that fits, a visible one before a hidden one.
///
/// In all selectors `>>>` leads into open shadow roots: `ban-tin >>> [part=title]`.
#[derive(Debug, Clone, Copy)]
pub enum Find<'a> {
    /// By selector.
    Css(&'a str),
    /// By selector and its whole text, white space aside.
    Reads(&'a str, &'a str),
}

impl<'a> From<&'a str> for Find<'a> {
    fn from(css: &'a str) -> Self {
        Self::Css(css)
    }
}

impl<'a> From<(&'a str, &'a str)> for Find<'a> {
    fn from((css, text): (&'a str, &'a str)) -> Self {
        Self::Reads(css, text)
    }
}

impl Find<'_> {
    /// An expression in the page's script: the element, or `undefined`.
    fn script(self) -> String {
        let (css, text) = match self {
            Self::Css(css) => (css, Value::Null),
            Self::Reads(css, text) => (css, json!(text)),
        };
        format!(
            "(() => {{ const text = {text}, all = {}.filter(e => text === null || \
             e.textContent.replace(/\\s+/g, ' ').trim() === text); \
             return all.find(e => e.getClientRects().length) ?? all[0]; }})()",
            all(css)
        )
    }
}

impl Page {
    pub(crate) fn new(client: Client, browser: Browser) -> Self {
        Self { client, browser, portals: Portals::default() }
    }

    /// The window that the browser was started with alone, at its usual size, with nothing in it. Not the first of those
    /// that are open: WebKit names them in no order, and one that a sandboxed frame has opened is sandboxed for good.
    pub(crate) async fn begin(&self, own: &WindowHandle) -> Result<()> {
        for other in self.client.windows().await?.iter().filter(|window| *window != own) {
            self.client.switch_to_window(other.clone()).await?;
            self.client.close_window().await?;
        }
        self.client.switch_to_window(own.clone()).await?;
        self.client.goto("about:blank").await?;
        self.size(1280, 900).await
    }

    /// Leaves nothing to the next journey. That a page cannot be left behind clean is no failure of it.
    pub(crate) async fn forget(&self) {
        let _ = self.out_of_frame().await;
        let _ = self.run("try { localStorage.clear(); sessionStorage.clear(); } catch {}", vec![]).await;
        if self.browser() == Browser::Chromium {
            // Paper, forced colours and fingers stay with the tab.
            let screen = json!({ "media": "", "features": [] });
            let _ = self.devtools("Emulation.setEmulatedMedia", screen).await;
            let _ = self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": false })).await;
        }
    }

    /// What the pages of this journey complained about and it did not expect.
    pub(crate) async fn complaints(&self) -> Result<()> {
        let mut told: Vec<String> = {
            let portals = self.portals.lock().unwrap_or_else(PoisonError::into_inner);
            portals.iter().flat_map(|portal| portal.unexpected()).collect()
        };
        let untold = self.value("globalThis.journeyComplaints ?? []").await.unwrap_or_default();
        told.extend(untold.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        anyhow::ensure!(
            told.is_empty(),
            "the journey ended well, but the page complained:\n{}",
            told.join("\n")
        );
        Ok(())
    }

    /// The last requests of this journey's portals.
    pub(crate) fn asked(&self) -> String {
        let portals = self.portals.lock().unwrap_or_else(PoisonError::into_inner);
        portals
            .iter()
            .map(|portal| {
                format!("\nasked for: {}\ncomplaints: {:?}", portal.last_requests(), portal.unexpected())
            })
            .collect()
    }

    /// The browser that shows it.
    pub fn browser(&self) -> Browser {
        self.browser
    }

    /// A portal at `/` with the clock at [`crate::NOW`].
    ///
    /// # Errors
    /// When there is no built site.
    pub fn portal(&self) -> Result<Portal> {
        self.portal_with(|portal| portal)
    }

    /// A portal that differs from the plain one.
    ///
    /// # Errors
    /// When there is no built site.
    pub fn portal_with(&self, set: impl FnOnce(PortalBuilder) -> PortalBuilder) -> Result<Portal> {
        let portal = set(PortalBuilder::default()).start()?;
        self.portals.lock().unwrap_or_else(PoisonError::into_inner).push(portal.state());
        Ok(portal)
    }

    /// A server of another office, on a port of its own and so of another origin.
    ///
    /// # Errors
    /// When there is no port.
    pub fn host(&self) -> Result<Host> {
        let host = Host::start()?;
        self.portals.lock().unwrap_or_else(PoisonError::into_inner).push(host.state());
        Ok(host)
    }

    /// Sets the size of the window in CSS pixels.
    pub async fn size(&self, width: u32, height: u32) -> Result<()> {
        self.client.set_window_size(width, height).await.context("the window cannot be resized")
    }

    /// Goes to an address, as from the address bar, and waits until its page is loaded.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.client.goto(url).await.with_context(|| format!("going to {url}"))
    }

    /// Goes to an address and waits for nothing: for pages that never finish loading.
    pub async fn set_out_for(&self, url: &str) -> Result<()> {
        self.run("const url = arguments[0]; setTimeout(() => { location.href = url; }, 0)", vec![json!(url)])
            .await
            .map(drop)
    }

    /// Goes to an address and waits for the page's heading.
    pub async fn visit(&self, url: &str, heading: &str) -> Result<()> {
        self.open(url).await?;
        self.heading(heading).await
    }

    /// Waits until the page's only `h1` reads like this.
    pub async fn heading(&self, text: &str) -> Result<()> {
        self.until_texts("h1", &[text]).await
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

    /// Opens another tab beside this one and goes to an address in it. From now on the page is what is in that tab.
    pub async fn open_tab(&self, url: &str) -> Result<()> {
        let tab = self.client.new_window(true).await.context("opening a tab")?;
        self.client.switch_to_window(tab.handle).await?;
        self.open(url).await
    }

    /// From now on the page is what is in this tab, counted from 0 in the order in which they were opened.
    pub async fn in_tab(&self, number: usize) -> Result<()> {
        let tabs = self.client.windows().await?;
        let tab = tabs.into_iter().nth(number).with_context(|| format!("there is no tab {number}"))?;
        Ok(self.client.switch_to_window(tab).await?)
    }

    /// How many windows there are.
    pub async fn windows(&self) -> Result<usize> {
        Ok(self.client.windows().await?.len())
    }

    /// From now on the page is what is in the frame of [`Portal::frame_url`], and the frame has this width.
    pub async fn in_frame(&self, width: u32) -> Result<()> {
        self.client.clone().enter_parent_frame().await?;
        let script = "document.querySelector('iframe').style.width = arguments[0] + 'px'";
        self.run(script, vec![json!(width)]).await?;
        self.client.clone().enter_frame(0).await.context("entering the frame").map(drop)
    }

    /// From now on the page is the whole window again.
    pub async fn out_of_frame(&self) -> Result<()> {
        self.client.clone().enter_parent_frame().await.context("leaving the frame").map(drop)
    }

    /// Runs a script in the page: the body of a function with `arguments`.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.client.execute(script, arguments).await.with_context(|| format!("script: {script}"))
    }

    /// Runs a script in the page's own world: what it defines is there for the page. (Firefox keeps the globals
    /// of [`Page::run`] apart.)
    pub async fn run_inside(&self, script: &str) -> Result<()> {
        let add = "const s = document.createElement('script'); s.textContent = arguments[0]; \
                   document.head.append(s); s.remove();";
        self.run(add, vec![json!(script)]).await.map(drop)
    }

    /// Marks the document, so that [`Page::same_document`] can tell whether it was loaded anew.
    pub async fn mark_document(&self) -> Result<()> {
        self.run("document.documentElement.setAttribute('data-marked', '')", vec![]).await.map(drop)
    }

    /// The document is the one that was marked: nothing was loaded anew.
    pub async fn same_document(&self) -> Result<()> {
        let marked = self.value("document.documentElement.hasAttribute('data-marked')").await?;
        anyhow::ensure!(marked == json!(true), "the page was loaded anew");
        Ok(())
    }

    /// Waits until the document is not the one that was marked: it was loaded anew.
    pub async fn until_other_document(&self) -> Result<()> {
        self.until("!document.documentElement.hasAttribute('data-marked')").await
    }

    /// The value of an expression in the page.
    pub async fn value(&self, expression: &str) -> Result<Value> {
        self.run(&format!("return ({expression});"), vec![]).await
    }

    /// The value of an expression in the page that is a text.
    pub async fn text(&self, expression: &str) -> Result<String> {
        let value = self.value(expression).await?;
        value.as_str().map(str::to_owned).with_context(|| format!("{expression} is no text but {value}"))
    }

    /// The value of an expression in the page that is a number.
    pub async fn number(&self, expression: &str) -> Result<f64> {
        let value = self.value(expression).await?;
        value.as_f64().with_context(|| format!("{expression} is no number but {value}"))
    }

    /// Waits until the expression is true; says what was shown instead.
    pub async fn until(&self, expression: &str) -> Result<()> {
        let seen = self.look(|| async {
            let value = self.value(expression).await.map_err(|error| format!("{error:#}"))?;
            if value == Value::Bool(true) { Ok(()) } else { Err(value.to_string()) }
        });
        match seen.await {
            Ok(()) => Ok(()),
            Err(last) => bail!("never true: {expression}\nit was: {last}"),
        }
    }

    /// Looks again and again until what is seen fits; else the last thing seen.
    async fn look<F: Future<Output = Result<(), String>>>(&self, look: impl Fn() -> F) -> Result<(), String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // While a page is being replaced a script may find none.
            let Err(last) = look().await else { return Ok(()) };
            if Instant::now() > deadline {
                return Err(last);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// What the page shows, for failures.
    pub(crate) async fn shown(&self) -> String {
        let shown = "(document.title + ' @ ' + location.href + '\\n' + document.body?.innerText.replace(/\\s*\\n\\s*/g, ' / ').slice(0, 1500))";
        match self.value(shown).await {
            Ok(text) => format!("the page was: {}", text.as_str().unwrap_or_default()),
            Err(error) => format!("the page does not answer: {error:#}"),
        }
    }

    /// Waits until an element reads exactly like this, white space aside.
    pub async fn until_reads(&self, css: &str, text: &str) -> Result<()> {
        let fits = |texts: &[String]| texts.iter().any(|seen| seen == text);
        self.until_seen(css, fits, &format!("one that reads {text:?}")).await
    }

    /// Waits until an element contains this text.
    pub async fn until_contains(&self, css: &str, text: &str) -> Result<()> {
        let fits = |texts: &[String]| texts.iter().any(|seen| seen.contains(text));
        self.until_seen(css, fits, &format!("one with {text:?}")).await
    }

    /// Waits until these are the texts of all such elements, in order.
    pub async fn until_texts(&self, css: &str, expected: &[&str]) -> Result<()> {
        self.until_seen(css, |texts| texts == expected, &format!("{expected:?}")).await
    }

    async fn until_seen(&self, css: &str, fits: impl Fn(&[String]) -> bool, expected: &str) -> Result<()> {
        let seen = self.look(|| async {
            let texts = self.texts(css).await.map_err(|error| format!("{error:#}"))?;
            if fits(&texts) { Ok(()) } else { Err(format!("{texts:?}")) }
        });
        match seen.await {
            Ok(()) => Ok(()),
            Err(last) => bail!("{css}:\n   found {last}\nexpected {expected}"),
        }
    }

    /// Waits until there is such an element.
    pub async fn until_there<'a>(&self, what: impl Into<Find<'a>>) -> Result<()> {
        self.until(&format!("{} !== undefined", what.into().script())).await
    }

    /// Waits until there is no such element.
    pub async fn until_gone<'a>(&self, what: impl Into<Find<'a>>) -> Result<()> {
        self.until(&format!("{} === undefined", what.into().script())).await
    }

    /// Waits until the address ends like this.
    pub async fn until_at(&self, end: &str) -> Result<()> {
        let seen = self.look(|| async {
            let here = self.text("location.href").await.map_err(|error| format!("{error:#}"))?;
            if here.ends_with(end) { Ok(()) } else { Err(here) }
        });
        match seen.await {
            Ok(()) => Ok(()),
            Err(last) => bail!("the address is {last} and does not end in {end}"),
        }
    }

    /// The texts of all such elements, white space aside.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        let script = format!("{}.map(e => e.textContent.replace(/\\s+/g, ' ').trim())", all(css));
        let texts = self.value(&script).await?;
        Ok(texts.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// The only such element's text.
    pub async fn only_text(&self, css: &str) -> Result<String> {
        let mut texts = self.texts(css).await?;
        match (texts.pop(), texts.len()) {
            (Some(text), 0) => Ok(text),
            (_, more) => bail!("of {css} there is not one but {more} more or none"),
        }
    }

    /// The values of an attribute of all such elements that have it, as written.
    pub async fn attributes(&self, css: &str, name: &str) -> Result<Vec<String>> {
        let script =
            format!("{}.map(e => e.getAttribute({})).filter(v => v !== null)", all(css), json!(name));
        let values = self.value(&script).await?;
        Ok(values.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// How many such elements there are.
    pub async fn count(&self, css: &str) -> Result<u64> {
        let count = self.value(&format!("{}.length", all(css))).await?;
        count.as_u64().context("a count")
    }

    /// Waits for the element and presses it as a reader's mouse does.
    pub async fn click<'a>(&self, what: impl Into<Find<'a>>) -> Result<()> {
        let find = what.into();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let pressed = match self.element(find).await {
                Ok(element) => element.click().await,
                Err(error) => {
                    if Instant::now() > deadline {
                        bail!("pressing {find:?}: {error:#}");
                    }
                    tokio::time::sleep(LOOK).await;
                    continue;
                }
            };
            match pressed {
                Ok(()) => return Ok(()),
                Err(error) if is_passing(&error) && Instant::now() < deadline => {
                    tokio::time::sleep(LOOK).await;
                }
                // WebKit's driver finds some links behind their own text; the events are the same.
                Err(_) if self.browser == Browser::WebKit => {
                    let script = format!("const e = {}; e.focus(); e.click();", find.script());
                    return self.run(&script, vec![]).await.map(drop);
                }
                Err(error) => return Err(error).with_context(|| format!("pressing {find:?}")),
            }
        }
    }

    /// Presses the link that reads like this.
    pub async fn follow(&self, text: &str) -> Result<()> {
        self.click(("main a, nav a, header a", text)).await
    }

    async fn element(&self, find: Find<'_>) -> Result<Element> {
        let found = self.value(&find.script()).await?;
        let id =
            found.get(ELEMENT).and_then(Value::as_str).with_context(|| format!("there is no {find:?}"))?;
        Ok(Element::from_element_id(self.client.clone(), id.to_owned().into()))
    }

    /// Replaces what stands in a field by this text, key by key.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        self.until_there(css).await?;
        let field = self.element(Find::Css(css)).await?;
        field.clear().await?;
        field.send_keys(text).await.with_context(|| format!("typing into {css}"))
    }

    /// Sets a date field, which every browser wants typed differently.
    pub async fn set_date(&self, css: &str, day: &str) -> Result<()> {
        self.set_value(css, day).await
    }

    /// Chooses the option of a `<select>` that has this value.
    pub async fn choose(&self, css: &str, value: &str) -> Result<()> {
        self.set_value(css, value).await
    }

    /// Sets a field's value and tells the page so, as the browser does after typing.
    async fn set_value(&self, css: &str, value: &str) -> Result<()> {
        self.until_there(css).await?;
        let script = "const [css, value] = arguments, e = document.querySelector(css); e.value = value; \
             e.dispatchEvent(new Event('input', { bubbles: true })); \
             e.dispatchEvent(new Event('change', { bubbles: true })); return e.value;";
        let now = self.run(script, vec![json!(css), json!(value)]).await?;
        anyhow::ensure!(now == json!(value), "{css} does not take {value:?}, it has {now}");
        Ok(())
    }

    /// Types a key where the focus is.
    pub async fn key(&self, key: Key) -> Result<()> {
        let focused = self.client.active_element().await?;
        focused.send_keys(&char::from(key).to_string()).await.context("typing a key")
    }

    /// Presses a key while others are held, as a hand on the keyboard does: whatever has the focus gets it, and unlike
    /// in [`Page::key`] nothing is focused or scrolled for it.
    pub async fn press(&self, held: &[Key], key: Key) -> Result<()> {
        let mut keys = KeyActions::new("keyboard".into());
        for key in held.iter().chain([&key]) {
            keys = keys.then(KeyAction::Down { value: char::from(*key) });
        }
        for key in [&key].into_iter().chain(held.iter().rev()) {
            keys = keys.then(KeyAction::Up { value: char::from(*key) });
        }
        self.client.perform_actions(keys).await.context("pressing a key")
    }

    /// Types a text where the focus is, as [`Page::press`] does.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        let mut keys = KeyActions::new("keyboard".into());
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(keys).await.context("typing a text")
    }

    /// Waits until the focus is on such an element.
    pub async fn until_focus(&self, css: &str) -> Result<()> {
        let seen = self.look(|| async {
            let focus = format!(
                "((e, all) => {{ while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; \
                 return all.includes(e) ? '' : e?.outerHTML.slice(0, 200) ?? 'nothing'; }})(document.activeElement, {})",
                all(css)
            );
            match self.text(&focus).await {
                Ok(other) if other.is_empty() => Ok(()),
                Ok(other) => Err(other),
                Err(error) => Err(format!("{error:#}")),
            }
        });
        match seen.await {
            Ok(()) => Ok(()),
            Err(last) => bail!("the focus is not on {css} but on {last}"),
        }
    }

    /// Waits until nothing is on its way any more, no file, picture or font: what is shown now stays so.
    pub async fn until_settled(&self) -> Result<()> {
        self.until(
            "document.readyState === 'complete' && document.fonts.status === 'loaded' && \
             document.querySelector('.waiting') === null && \
             [...document.images].every(i => i.loading === 'lazy' || i.complete)",
        )
        .await
    }

    /// Gives a command of the Chrome DevTools Protocol to Chromium: what WebDriver has no command for.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        let answer = self.client.issue_cmd(DevTools::new(command, parameters)).await;
        answer.with_context(|| command.to_owned())
    }

    /// A picture of the window, as PNG.
    pub async fn screenshot(&self) -> Result<Vec<u8>> {
        self.client.screenshot().await.context("taking a screenshot")
    }
}

/// An expression in the page's script: all elements that a selector means, in order.
fn all(css: &str) -> String {
    let steps: Vec<&str> = css.split(">>>").map(str::trim).collect();
    format!(
        "{}.reduce((roots, css) => roots.flatMap(root => [...(root.shadowRoot ?? root).querySelectorAll(css)]), [document])",
        json!(steps)
    )
}

/// Whether the element may be pressed a moment later: the page was just being built, or moved.
fn is_passing(error: &CmdError) -> bool {
    let text = error.to_string();
    ["stale", "click intercepted", "not interactable"].iter().any(|part| text.contains(part))
}
