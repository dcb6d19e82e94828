//! The three browsers: how each is started. Not here: when, and when it ends (`driver`).

use anyhow::{Result, bail};
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use std::{fmt, path::Path};

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

    /// The program that drives it.
    pub(crate) fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        }
    }

    /// What its driver is asked for.
    pub(crate) fn capabilities(self) -> Result<Capabilities> {
        let value = match self {
            Self::Chromium => json!({ "goog:chromeOptions": { "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--hide-scrollbars", "--force-device-scale-factor=1", "--lang=vi",
            ] } }),
            Self::Firefox => json!({ "moz:firefoxOptions": {
                "args": ["-headless"],
                "prefs": { "intl.accept_languages": "vi", "ui.systemUsesDarkTheme": 0 },
            } }),
            Self::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": { "binary": mini_browser()?, "args": ["--automation"] },
            }),
        };
        match value {
            Value::Object(map) => Ok(map),
            _ => bail!("capabilities are an object"),
        }
    }
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

/// Debian keeps WebKitGTK's little browser out of PATH, in a folder of the machine's architecture.
fn mini_browser() -> Result<String> {
    let list = |folder: &str| std::fs::read_dir(folder).into_iter().flatten().flatten();
    for folder in list("/usr/lib").chain(list("/usr/libexec")) {
        for version in ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"] {
            let candidates =
                [folder.path().join(version).join("MiniBrowser"), folder.path().join("MiniBrowser")];
            if let Some(found) = candidates.iter().find(|path| Path::is_file(path)) {
                return Ok(found.to_string_lossy().into_owned());
            }
        }
    }
    bail!("WebKitGTK's MiniBrowser is not there; on Debian it comes with webkit2gtk-driver")
}
