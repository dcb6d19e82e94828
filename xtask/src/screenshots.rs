//! `cargo xtask screenshots`: pictures of the pages of the sample archive. Which pages and sizes is said in
//! tests/browser.

use crate::options::Options;
use crate::process::{Outcome, Steps, root, run, target};
use crate::setup::{for_browsers, for_site, set_up};
use crate::site::{BUILD_STEPS, Site, assemble, build_app};

pub(crate) fn screenshots(_: &Options) -> Outcome<()> {
    let mut needs = for_site();
    needs.extend(for_browsers(&["chromium"]));
    let mut steps = Steps::new(needs.len() + BUILD_STEPS + 1);
    let toolbox = set_up(&needs, &mut steps)?;
    let app = build_app(&toolbox, &mut steps)?;
    let site = target().join("site/screenshots");
    assemble(&toolbox, &mut steps, &Site::of(root().join("content")), &app, &site)?;
    steps.begin("the pictures");
    steps.done("docs/screenshots");
    let mut command = toolbox.command("cargo");
    command.args(["run", "--quiet", "--package", "browser-tests", "--bin", "screenshots"]);
    run(command.env("BANTIN_DIST", &site))
}
