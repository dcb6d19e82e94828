//! A command of the Chrome DevTools Protocol, as chromedriver takes it. Not here: which commands there are.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// `Emulation.setEmulatedMedia` and the like, with its parameters.
#[derive(Debug)]
pub(crate) struct DevTools(Value);

impl DevTools {
    pub(crate) fn new(command: &str, parameters: Value) -> Self {
        Self(json!({ "cmd": command, "params": parameters }))
    }
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}
