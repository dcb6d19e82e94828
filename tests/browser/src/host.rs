//! A page of another office, into which the portal's news is put: on a port of its own, and so of another origin, with
//! the headers, the doctype and the styles that a journey wants. What goes wrong in it unseen is heard as in a portal.
//!
//! Not here: the element, which comes from a [`crate::Portal`].

use crate::{
    NOW,
    portal::{HEAD, State, on_a_new_port},
};
use anyhow::Result;
use static_server::{Config, Response, Running};
use std::sync::Arc;

/// Keeps what the element tells the page (`told`), and what a policy refused (`violations`), but for the icon that
/// browsers ask every page for.
const EAR: &str = "<script nonce=\"journey\">(() => {
  const told = globalThis.told = [], violations = globalThis.violations = [];
  for (const name of ['load', 'open', 'error']) addEventListener('bantin:' + name, ({ detail }) => told.push([name, detail]));
  addEventListener('securitypolicyviolation', e => {
    if (!e.blockedURI.endsWith('/favicon.ico')) violations.push(e.effectiveDirective + ' ' + e.blockedURI + ' ' + e.sourceFile);
  }, true);
})()</script>";

/// A running server of another office. Dropping it is the server going away.
pub struct Host {
    server: Running,
    state: Arc<State>,
}

/// A page of a [`Host`]. Scripts of the journey itself carry the nonce `journey`, so that a policy can let them through.
#[derive(Debug, Clone)]
pub struct Document {
    doctype: String,
    attributes: String,
    head: String,
    body: String,
    headers: Vec<(&'static str, String)>,
}

impl Document {
    /// With this markup in its body.
    pub fn new(body: impl Into<String>) -> Self {
        Self {
            doctype: "<!doctype html>".into(),
            attributes: "lang=\"vi\"".into(),
            head: String::new(),
            body: body.into(),
            headers: Vec::new(),
        }
    }

    /// With another doctype, or an empty one.
    #[must_use]
    pub fn doctype(mut self, doctype: &str) -> Self {
        doctype.clone_into(&mut self.doctype);
        self
    }

    /// With these attributes of `<html>`.
    #[must_use]
    pub fn attributes(mut self, attributes: &str) -> Self {
        attributes.clone_into(&mut self.attributes);
        self
    }

    /// With this at the end of its head.
    #[must_use]
    pub fn head(mut self, markup: &str) -> Self {
        self.head.push_str(markup);
        self
    }

    /// With a style sheet.
    #[must_use]
    pub fn style(self, css: &str) -> Self {
        self.head(&format!("<style>{css}</style>"))
    }

    /// With a script that runs before those of the portal.
    #[must_use]
    pub fn script(self, script: &str) -> Self {
        self.head(&format!("<script nonce=\"journey\">{script}</script>"))
    }

    /// With this header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn response(&self, state: &State) -> Response {
        let Self { doctype, attributes, head, body, headers } = self;
        let ear = state.at_its_time(&HEAD.replacen("<script>", "<script nonce=\"journey\">", 1));
        let page = format!(
            "{doctype}<html {attributes}><head>{ear}{EAR}<meta charset=\"utf-8\"><title>Trang của phường</title>\
             <meta name=\"viewport\" content=\"width=device-width\">{head}</head><body>{body}</body></html>"
        );
        headers.iter().fold(Response::html(page), |page, (name, value)| page.header(name, value))
    }
}

impl Host {
    /// Starts it, with nothing in it.
    pub(crate) fn start() -> Result<Self> {
        let state = Arc::new(State::at(NOW));
        let server = on_a_new_port(|| {
            let asked = state.clone();
            // It has no folder, so that what is not shown is not there.
            Config::new("").hook(move |request| {
                asked.answer(request).or_else(|| Some(Response::text(404, "The host has no such page.")))
            })
        })?;
        Ok(Self { server: server.spawn(), state })
    }

    /// Shows a page at a path (`tin/`), and gives its address.
    pub fn show(&self, path: &str, page: Document) -> String {
        let state = Arc::downgrade(&self.state);
        self.state.fault(path, move |_| state.upgrade().map(|state| page.response(&state)));
        self.url(path)
    }

    /// From now on this path is answered with this.
    pub fn answer(&self, path: &str, response: Response) {
        self.state.fault(path, move |_| Some(response.clone()));
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url())
    }

    /// Pages that are opened from now on have their clock at this second (Unix time).
    pub fn set_clock(&self, seconds: i64) {
        self.state.set_clock(seconds);
    }

    /// Errors and `console.error` that have this in their text are part of the journey.
    pub fn expect_complaint(&self, part: &str) {
        self.state.expect_complaint(part);
    }

    pub(crate) fn state(&self) -> Arc<State> {
        self.state.clone()
    }
}
