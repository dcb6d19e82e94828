//! Builds the element `<ban-tin>`: two programs of WebAssembly with names by content, and the script that loads them.
//! Not by Trunk, which knows one program to a page and none of these names. Not in it: what a frame shows (frame.rs).

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::{Failure, Outcome, Steps, piped, root, target};
use crate::setup::Toolbox;
use crate::site::replace_once;
use crate::tools::WASM_TARGET;

/// The programs, as the script names them, each with the styles that it brings.
const PROGRAMS: [(&str, &[&str]); 2] = [("list", &["list.css"]), ("more", &["list.css", "more.css"])];

/// What Rust uses of WebAssembly; index.html names the same for the app.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds everything into the folder of the app: `embed.js`, the same as `embed-<hash>.js`, and `embed/`. Gives what
/// the page says of it: the hashed name and its integrity.
pub(crate) fn build(toolbox: &Toolbox, steps: &mut Steps, app: &Path) -> Outcome<()> {
    steps.begin("the element");
    let mut cargo = toolbox.wasm_command("cargo");
    cargo.args(["build", "--release", "--package", "bantin-embed", "--target", WASM_TARGET]);
    for (program, _) in PROGRAMS {
        cargo.args(["--bin", program]);
    }
    steps.long("building in release", &mut cargo)?;
    let folder = app.join("embed");
    fs::create_dir_all(&folder).map_err(|error| Failure::at("cannot make", &folder, error))?;
    let mut script = read(&root().join("embed/ban-tin.js"))?;
    for (program, styles) in PROGRAMS {
        let name = program_into(toolbox, program, styles, &folder)?;
        script = replace_once(&script, &format!("./embed/{program}.js"), &format!("./embed/{name}"))?;
    }
    let styles = format!("--define:STYLES={}", quoted(&styles_of(toolbox, &["ban-tin.css"])?));
    let script = minified(toolbox, "js", &script, &[&styles])?;
    let sum = sha384(script.as_bytes())?;
    write(&app.join("embed.js"), script.as_bytes())?;
    write(&app.join(format!("embed-{}.js", &sum[..16])), script.as_bytes())?;
    let index = app.join("index.html");
    let page = read(&index)?;
    let told = format!("content=\"embed-{}.js sha384-{}\"", &sum[..16], base64(&sum));
    write(&index, replace_once(&page, "content=\"embed.js\"", &told)?.as_bytes())
}

/// One program with its JavaScript, under names by content; gives the name of the JavaScript.
fn program_into(toolbox: &Toolbox, program: &str, styles: &[&str], folder: &Path) -> Outcome<String> {
    let built = target().join(WASM_TARGET).join("release").join(format!("{program}.wasm"));
    let work = target().join("site/embed");
    piped(
        toolbox
            .command("wasm-bindgen")
            .args(["--target", "web", "--no-typescript", "--out-name", program])
            .arg("--out-dir")
            .arg(&work)
            .arg(built),
        b"",
    )?;
    let (plain, small) = (work.join(format!("{program}_bg.wasm")), work.join(format!("{program}.wasm")));
    piped(
        toolbox
            .command("wasm-opt")
            .args(["-Oz", "--strip-debug", "--strip-producers"])
            .args(FEATURES)
            .arg(&plain)
            .arg("-o")
            .arg(&small),
        b"",
    )?;
    let wasm = fs::read(&small).map_err(|error| Failure::at("cannot read", &small, error))?;
    let wasm_name = format!("{program}-{}_bg.wasm", &sha384(&wasm)?[..16]);
    write(&folder.join(&wasm_name), &wasm)?;
    let script = read(&work.join(format!("{program}.js")))?;
    let script =
        replace_once(&script, &format!("new URL('{program}_bg.wasm'"), &format!("new URL('{wasm_name}'"))?;
    let script = format!("{script}\nexport const styles = {};", quoted(&styles_of(toolbox, styles)?));
    let script = minified(toolbox, "js", &script, &[])?;
    let name = format!("{program}-{}.js", &sha384(script.as_bytes())?[..16]);
    write(&folder.join(&name), script.as_bytes())?;
    Ok(name)
}

/// Style sheets as one text.
fn styles_of(toolbox: &Toolbox, sheets: &[&str]) -> Outcome<String> {
    let texts: Outcome<Vec<String>> =
        sheets.iter().map(|sheet| read(&root().join("embed").join(sheet))).collect();
    Ok(minified(toolbox, "css", &texts?.concat(), &[])?.trim_end().to_owned())
}

/// A script or style sheet without what only people read.
fn minified(toolbox: &Toolbox, loader: &str, text: &str, options: &[&str]) -> Outcome<String> {
    let mut command = toolbox.command("esbuild");
    command
        .arg("--minify")
        .arg(format!("--loader={loader}"))
        .args(["--charset=utf8", "--legal-comments=none"])
        .args(options);
    if loader == "js" {
        // Modules, private members and all that the browsers of light-dark() and WebAssembly references know.
        command.args(["--format=esm", "--target=es2022"]);
    }
    Ok(String::from_utf8_lossy(&piped(&mut command, text.as_bytes())?).into_owned())
}

/// SHA-384 of these bytes in hexadecimal digits: of a browser's three for integrity the middle one.
fn sha384(bytes: &[u8]) -> Outcome<String> {
    let said = piped(&mut Command::new("sha384sum"), bytes)?;
    let said = String::from_utf8_lossy(&said);
    match said.split_whitespace().next() {
        Some(sum) if sum.len() == 96 && sum.bytes().all(|b| b.is_ascii_hexdigit()) => Ok(sum.to_owned()),
        _ => Err(Failure::new(format!("sha384sum said `{}` instead of 96 hexadecimal digits.", said.trim()))),
    }
}

/// Hexadecimal digits as base64, which is how a page writes a sum down.
fn base64(hexadecimal: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    // Six digits are three bytes are four letters; a sum of 384 bits has no rest.
    let groups = hexadecimal.as_bytes().chunks_exact(6).map(|six| {
        six.iter().fold(0, |sum, digit| sum << 4 | char::from(*digit).to_digit(16).unwrap_or(0) as usize)
    });
    groups.flat_map(|group| [18, 12, 6, 0].map(|shift| char::from(LETTERS[group >> shift & 63]))).collect()
}

/// A text as a string of JavaScript.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| Failure::at("cannot read", path, error))
}

fn write(path: &Path, bytes: &[u8]) -> Outcome<()> {
    fs::write(path, bytes).map_err(|error| Failure::at("cannot write", path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_written_as_browsers_read_it() {
        let sum = sha384(b"").map_err(|failure| failure.text).expect("a sum");
        assert_eq!(base64(&sum), "OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
    }

    #[test]
    fn styles_stay_what_they_are_inside_a_script() {
        assert_eq!(quoted("a::after{content:\"\\201c\"}\n"), r#""a::after{content:\"\\201c\"}\n""#);
    }
}
