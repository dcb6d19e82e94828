//! `cargo xtask <command>`: everything a developer of Bản Tin does, as one word each. This file knows the
//! commands and their options; what they do is in the module of the same name. Deliberately not in it:
//! anything that a reader or an editor needs (that is the app and `newsroom`), and any dependency.

mod bench;
mod budget;
mod embed;
mod frame;
mod lighthouse;
mod lint;
mod options;
mod package;
mod process;
mod screenshots;
mod serve;
mod setup;
mod site;
mod test;
mod tools;

use std::process::ExitCode;

use options::{Options, nearest};
use process::{Failure, Outcome};

const USAGE: &str = "\
cargo xtask <command>

  setup                    installs what is missing to build, serve and test
  serve                    builds and serves the portal at http://127.0.0.1:8080/
      --content DIR        the archive to show (default: content)
      --port N             another port
      --watch              builds again when a file changes
      --feed URL           shows this JSON Feed instead of an archive
      --public-url PATH    serves below a path, as /cong/tin/
  test [SUITE] [FILTER]    runs everything, or one suite: unit, components, browser, chromium, firefox,
                           webkit; a filter picks tests by name; what follows -- goes to the test harness
  lint                     formatting and clippy, warnings are errors
  dist                     writes the whole deployable site
      --content DIR        the archive to publish (default: content)
      --out DIR            where to (default: dist); the folder is replaced
      --public-url PATH    the path it will be found at (default: /)
      --feed URL           shows this JSON Feed instead of an archive
  budget                   the sizes of what dist ships, against their limits
  lighthouse [PAGE]        what Lighthouse says of the sample portal, or of pages by name (home, article, …); fails
                           under 100 for accessibility, best practices or SEO, and where a page moves as it comes
  bench search             measures the search: size, cost, ranking; beside Pagefind and MiniSearch
      --articles N         with so many articles only (1000000: half an hour); more than 20,000 are generated
      --only PART          build, cost, right, ranking, update or browser
      --keep               asks the index of an earlier run, where only asking is measured
      --memory N           MiB that building may take for postings (default: 400)
      --write              puts the tables into docs/search.md
  screenshots              pictures of the pages, in docs/screenshots
  help                     this text

Tools are installed once, into $BANTIN_TOOLS, or else bantin/tools in the user's cache folder.
BANTIN_WASM=rustup or =debian decides where the standard library for WebAssembly comes from.
";

type Command = fn(&Options) -> Outcome<()>;

/// Each command with the options it takes; one that ends in `=` takes a value.
const COMMANDS: &[(&str, &[&str], Command)] = &[
    ("setup", &[], setup::everything),
    ("serve", &["--content=", "--port=", "--watch", "--feed=", "--public-url="], serve::serve),
    ("test", &["WORDS"], test::test),
    ("lint", &[], lint::lint),
    ("dist", &["--content=", "--out=", "--public-url=", "--feed="], site::dist),
    ("budget", &[], budget::budget),
    ("lighthouse", &["WORDS"], lighthouse::lighthouse),
    ("bench", &["WORDS", "--articles=", "--only=", "--write", "--keep", "--memory="], bench::bench),
    ("screenshots", &[], screenshots::screenshots),
    ("help", &[], help),
];

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { code, text }) => {
            if !text.is_empty() {
                eprintln!("error: {text}");
            }
            ExitCode::from(code)
        }
    }
}

fn run(arguments: &[String]) -> Outcome<()> {
    let Some((name, rest)) = arguments.split_first() else {
        return Err(Failure::usage(format!("a command is missing.\n\n{USAGE}")));
    };
    if name == "--help" || name == "-h" || rest.iter().any(|word| word == "--help" || word == "-h") {
        return help(&Options::default());
    }
    let Some((_, known, command)) = COMMANDS.iter().find(|(command, ..)| command == name) else {
        let near = nearest(name, COMMANDS.iter().map(|(command, ..)| *command));
        return Err(Failure::usage(format!(
            "there is no command `{name}`. The nearest is `{near}`; `cargo xtask help` lists all."
        )));
    };
    command(&Options::parse(name, known, rest)?)
}

fn help(_: &Options) -> Outcome<()> {
    print!("{USAGE}");
    Ok(())
}
