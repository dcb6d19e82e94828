//! The one place where versions are pinned and where it is said how each tool is had. Not in it: looking for
//! them and installing them (setup.rs).

/// A program that must have exactly this version.
pub(crate) struct Tool {
    /// The program that is run.
    pub(crate) program: &'static str,
    pub(crate) version: &'static str,
    pub(crate) how: How,
    /// How long installing takes on two cores, for the waiting.
    pub(crate) takes: &'static str,
}

/// Where a tool comes from.
pub(crate) enum How {
    /// `cargo install` of this package with these flags.
    Cargo(&'static str, &'static [&'static str]),
    /// `npm install` of this package in this version, which has its own numbering, and of others beside it.
    Npm(&'static str, &'static str, &'static [&'static str]),
    /// `npm install` of this package, which has no program: what is looked for is its `package.json`.
    NpmLibrary(&'static str),
}

/// Builds the app. 0.22 needs a newer Rust than some have.
pub(crate) const TRUNK: Tool = Tool {
    program: "trunk",
    version: "0.21.14",
    // Without its own copy of OpenSSL, which takes minutes to build; and it downloads nothing for us.
    how: How::Cargo("trunk", &["--no-default-features", "--features", "rustls"]),
    takes: "3 to 6 minutes",
};

/// Makes the JavaScript around the wasm. Exactly the version of `wasm-bindgen` in Cargo.lock: to change it,
/// change the four versions in Cargo.toml and this one together.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    program: "wasm-bindgen",
    version: "0.2.129",
    how: How::Cargo("wasm-bindgen-cli", &[]),
    takes: "2 to 3 minutes",
};

/// Makes the wasm smaller. Debian's is too old for today's Rust.
pub(crate) const WASM_OPT: Tool = Tool {
    program: "wasm-opt",
    version: "132",
    how: How::Npm("binaryen", "132.0.0", &[]),
    takes: "some seconds",
};

/// Makes the element's script smaller; Trunk's app has brotli for that.
pub(crate) const ESBUILD: Tool = Tool {
    program: "esbuild",
    version: "0.28.2",
    how: How::Npm("esbuild", "0.28.2", &[]),
    takes: "some seconds",
};

/// What our search is compared with (crates/bench): Pagefind, and MiniSearch beside it. For `bench` alone.
pub(crate) const RIVALS: Tool = Tool {
    program: "pagefind",
    version: "1.6.0",
    how: How::Npm("pagefind", "1.6.0", &["minisearch@7.2.0"]),
    takes: "some seconds",
};

/// Looks for what shuts readers out, inside the page, in the journeys of every browser.
pub(crate) const AXE: Tool = Tool {
    program: "axe-core/package.json",
    version: "4.14.1",
    how: How::NpmLibrary("axe-core"),
    takes: "some seconds",
};

/// Says how good a page is, to `lighthouse` alone. 13 needs a newer Node.js than Debian's.
pub(crate) const LIGHTHOUSE: Tool = Tool {
    program: "lighthouse",
    version: "12.8.2",
    how: How::Npm("lighthouse", "12.8.2", &[]),
    takes: "some seconds, 190 MB",
};

/// Drives Firefox.
pub(crate) const GECKODRIVER: Tool = Tool {
    program: "geckodriver",
    version: "0.37.1",
    how: How::Cargo("geckodriver", &[]),
    takes: "1 to 2 minutes",
};

/// A Debian package and the programs that show that it, or another's equivalent, is there. Without programs
/// only dpkg knows.
pub(crate) struct Package {
    pub(crate) name: &'static str,
    pub(crate) any_of: &'static [&'static str],
    /// The service that the package would start and switch on for good, which no test wants.
    pub(crate) service: Option<&'static str>,
}

const fn package(name: &'static str, any_of: &'static [&'static str]) -> Package {
    Package { name, any_of, service: None }
}

/// For wasm-opt, esbuild, axe-core, Lighthouse, the rivals, and the package of the element.
pub(crate) const NPM: &[Package] = &[package("nodejs", &["node"]), package("npm", &["npm"])];

pub(crate) const CHROMIUM: &[Package] =
    &[package("chromium", &["chromium", "google-chrome"]), package("chromium-driver", &["chromedriver"])];

pub(crate) const FIREFOX: &[Package] = &[package("firefox-esr", &["firefox-esr", "firefox"])];

/// WebKitGTK has no headless mode, so it comes with a display in memory.
pub(crate) const WEBKIT: &[Package] = &[
    package("webkit2gtk-driver", &["WebKitWebDriver"]),
    package("xvfb", &["xvfb-run"]),
    package("xauth", &["xauth"]),
];

/// Full Vietnamese in all three browsers, so that screenshots are those of a real reader.
pub(crate) const FONTS: &[Package] = &[package("fonts-noto-core", &[])];

/// For the budget.
pub(crate) const COMPRESSORS: &[Package] = &[package("gzip", &["gzip"]), package("brotli", &["brotli"])];

/// A web server and what reads its log, for the tests of `newsroom counts`.
pub(crate) const WEB_SERVER: &[Package] =
    &[Package { service: Some("nginx"), ..package("nginx", &["nginx"]) }, package("goaccess", &["goaccess"])];

/// The target of everything that runs in the browser.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The Debian way to that target, where rustup cannot download it: a Rust with the sources of the standard
/// library and of all it depends on, and the linker.
pub(crate) const DEBIAN_RUST: &[Package] = &[
    package("rustc-web", &[]),
    package("cargo-web", &[]),
    package("rust-web-src", &[]),
    package("lld-19", &["wasm-ld-19"]),
];

/// What the Debian way asks of every cargo that builds for the browser: the standard library is built from
/// those sources (`build-std`, which stable compilers hide behind RUSTC_BOOTSTRAP), with Debian's linker.
pub(crate) const DEBIAN_RUST_SETTINGS: &[(&str, &str)] = &[
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19"),
];

/// Settings for `cargo install`: a tool's speed hardly matters here and the time to install it does, so hardly
/// any optimising, no linking across crates, and all cores at the end too.
pub(crate) const INSTALL_SETTINGS: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];
