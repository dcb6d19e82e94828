//! `cargo xtask serve`: sets up, builds, serves, and with `--watch` builds again when a file changes. Not in
//! it: the server itself (crates/static-server), and reloading the browser.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use static_server::{Config, Server};

use crate::options::Options;
use crate::process::{Failure, Outcome, Steps, root, target};
use crate::setup::{Toolbox, for_site, set_up};
use crate::site::{BUILD_STEPS, Site, assemble, build_app, files_below};

/// How often files are looked at. Listing some thousand files takes about 10 ms.
const LOOK_EVERY: Duration = Duration::from_millis(500);

pub(crate) fn serve(options: &Options) -> Outcome<()> {
    let site = Site::from_options(options)?;
    let port = match options.value("--port") {
        None => 8080,
        Some(given) => given.parse::<u16>().map_err(|_| {
            Failure::usage(format!("`--port {given}` is no port: a number from 1 to 65535, or 0 for any."))
        })?,
    };
    // Before the minutes of building: a taken port is known at once.
    let config = Config::new(target().join("site/none")).base(&site.public_url).log(|request, status, _| {
        if status >= 400 {
            eprintln!("{status} {} {}", request.method, request.path);
        }
    });
    let server = Server::bind(("127.0.0.1", port), config).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => Failure::new(format!(
            "port {port} is taken by another program. Give another: cargo xtask serve --port {}",
            port.checked_add(1).unwrap_or(8080)
        )),
        _ => Failure::new(format!("port {port} cannot be opened: {error}. Give another with --port N.")),
    })?;
    // The port is this process's alone, and so are these folders: built in turn, so that the one that is being
    // served is never written to.
    let port = server.address().port();
    let mut folders = ["a", "b"].map(|turn| target().join(format!("site/serve-{port}-{turn}")));

    let needs = for_site();
    let mut steps = Steps::new(needs.len() + BUILD_STEPS);
    let toolbox = set_up(&needs, &mut steps)?;
    let mut seen = fingerprint(&site);
    build(&toolbox, &mut steps, &site, &folders[0])?;
    let server = server.spawn();
    server.serve_from(&folders[0]);
    println!("\nBản Tin is at {}", server.url());
    println!("Ctrl-C stops it.");
    let watch = options.has("--watch");
    if watch {
        println!("Watching for changes.");
    }
    loop {
        sleep(LOOK_EVERY);
        if !watch {
            continue;
        }
        let now = fingerprint(&site);
        if now == seen {
            continue;
        }
        // An editor that saves several files is waited for.
        sleep(LOOK_EVERY);
        if fingerprint(&site) != now {
            continue;
        }
        seen = now;
        println!();
        let mut steps = Steps::new(BUILD_STEPS);
        match build(&toolbox, &mut steps, &site, &folders[1]) {
            Ok(()) => {
                folders.swap(0, 1);
                server.serve_from(&folders[0]);
                println!("Reload {}", server.url());
            }
            Err(failure) => eprintln!("error: {}\nServing the last good one still.", failure.text),
        }
    }
}

fn build(toolbox: &Toolbox, steps: &mut Steps, site: &Site, out: &Path) -> Outcome<()> {
    let app = build_app(toolbox, steps)?;
    assemble(toolbox, steps, site, &app, out)
}

/// A number that changes with the name, time or size of any file that the site is made of. What is really
/// different is decided later, by content.
fn fingerprint(site: &Site) -> u64 {
    let code =
        ["src", "style", "public", "crates", "embed", "index.html", "Trunk.toml", "Cargo.toml", "Cargo.lock"]
            .map(|name| root().join(name));
    let mut hasher = DefaultHasher::new();
    for file in code.iter().chain(&site.content).flat_map(|path| files_below(path)) {
        let about: Option<(PathBuf, _)> =
            file.metadata().ok().map(|data| (file, (data.len(), data.modified().ok())));
        about.hash(&mut hasher);
    }
    hasher.finish()
}
