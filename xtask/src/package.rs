//! Makes the npm package of the embedded element from a built site, and puts it into the site: a host installs what the
//! portal runs, from the portal. Not in it: building the element, and any registry.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::process::{Failure, Outcome, line_of, root, start};
use crate::setup::Toolbox;
use crate::site::{beside, files_below};

/// The version of the package: that of all of ours.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What stands for it in the files of `embed/package/`.
const VERSION_MARK: &str = "0.0.0";

/// Files of `embed/package/`.
const OWN: [&str; 6] =
    ["package.json", "README.md", "ban-tin.d.ts", "react.d.ts", "vue.d.ts", "custom-elements.json"];
/// Those of them that the site offers beside the package, to editors.
const OFFERED: [&str; 2] = ["ban-tin.d.ts", "custom-elements.json"];
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
/// Files of the site's root that are in the package, too.
const OF_SITE: [&str; 2] = ["embed.js", "resize.js"];

/// Packs the element of this site, and writes `embed/ban-tin-<version>.tgz` and what goes with it.
pub(crate) fn put(toolbox: &Toolbox, site: &Path) -> Outcome<()> {
    let work = beside(site, "package");
    let _ = fs::remove_dir_all(&work);
    let folder = work.join("ban-tin");
    let packed = assemble(site, &folder).and_then(|()| pack(toolbox, &folder, &site.join("embed")));
    let _ = fs::remove_dir_all(&work);
    packed?;
    for name in OFFERED {
        copy(&own(name), &site.join("embed").join(name))?;
    }
    Ok(())
}

/// The name of the package's file.
fn file_name() -> String {
    format!("ban-tin-{VERSION}.tgz")
}

fn own(name: &str) -> PathBuf {
    root().join("embed/package").join(name)
}

/// Lays the files of the package out as they lie in the site, because they find each other by relative addresses.
fn assemble(site: &Path, folder: &Path) -> Outcome<()> {
    for name in OWN {
        let text =
            fs::read_to_string(own(name)).map_err(|error| Failure::at("cannot read", &own(name), error))?;
        write(&folder.join(name), text.replace(VERSION_MARK, VERSION).as_bytes())?;
    }
    for name in LICENCES {
        copy(&root().join(name), &folder.join(name))?;
    }
    for name in OF_SITE {
        copy(&site.join(name), &folder.join(name))?;
    }
    let mut parts = 0;
    for file in files_below(&site.join("embed")) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let part = file.extension().is_some_and(|ending| ending == "js" || ending == "wasm");
        if part {
            copy(&file, &folder.join("embed").join(&name))?;
            parts += usize::from(name.ends_with(".wasm"));
        }
    }
    if parts == 0 {
        return Err(Failure::new(format!(
            "{} has no .wasm: the element that is to be packed has not been built.",
            site.join("embed").display()
        )));
    }
    Ok(())
}

/// `npm pack`, which gives the same bytes for the same files: it knows neither their times nor who made them.
fn pack(toolbox: &Toolbox, folder: &Path, to: &Path) -> Outcome<()> {
    let mut command = toolbox.command("npm");
    // Nothing of the package runs, nothing is asked of the network, and npm's own notes stay with the folder.
    command
        .args([
            "pack",
            "--ignore-scripts",
            "--offline",
            "--no-update-notifier",
            "--logs-max=0",
            "--loglevel=error",
        ])
        .arg("--cache")
        .arg(folder.with_file_name("cache"))
        .arg("--pack-destination")
        .arg(to)
        .current_dir(folder)
        // It lists what it packs.
        .stdout(Stdio::null());
    let status = start(&mut command)?
        .wait()
        .map_err(|error| Failure::new(format!("{}: {error}", line_of(&command))))?;
    let packed = to.join(file_name());
    if status.success() && packed.is_file() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} ended with {status} and did not make {}.",
        line_of(&command),
        packed.display()
    )))
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    let bytes = fs::read(from).map_err(|error| Failure::at("cannot read", from, error))?;
    write(to, &bytes)
}

fn write(to: &Path, bytes: &[u8]) -> Outcome<()> {
    let written = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(to, bytes));
    written.map_err(|error| Failure::at("cannot write", to, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::output_of;
    use std::process::Command;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A site with stand-ins for what is built, removed at the end.
    struct Stand(PathBuf);

    impl Stand {
        fn new() -> Self {
            static NEXT: AtomicUsize = AtomicUsize::new(0);
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let site = std::env::temp_dir().join(format!("xtask-package-{}-{number}", std::process::id()));
            let _ = fs::remove_dir_all(&site);
            for (name, text) in [
                ("embed.js", "export const load = () => import('./embed/list-0123456789abcdef.js');\n"),
                ("embed-00000000000000aa.js", "the same for hosts that pin it"),
                ("embed/list-0123456789abcdef.js", "export const part = 'list';\n"),
                ("embed/list-0123456789abcdef_bg.wasm", "\0asm"),
                ("embed/more-0123456789abcdef.js", "export const part = 'more';\n"),
                ("embed/more-0123456789abcdef_bg.wasm", "\0asm"),
                ("index.html", "the portal"),
            ] {
                write(&site.join(name), text.as_bytes()).map_err(|failure| failure.text).expect("written");
            }
            crate::frame::put(&site, "/", None).map_err(|failure| failure.text).expect("resize.js");
            Self(site)
        }

        fn packed(&self) -> Vec<u8> {
            put(&Toolbox::default(), &self.0).map_err(|failure| failure.text).expect("packed");
            fs::read(self.0.join("embed").join(file_name())).expect("it is there")
        }
    }

    impl Drop for Stand {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// What a module prints that runs in this folder.
    fn node(folder: &Path, module: &str) -> String {
        let mut command = Command::new("node");
        command.args(["--input-type=module", "--eval", module]).current_dir(folder);
        output_of(&mut command).expect("node runs, and the module to its end")
    }

    #[test]
    fn what_npm_installs_has_all_that_the_package_names() {
        let stand = Stand::new();
        stand.packed();
        let host = stand.0.join("host");
        write(&host.join("package.json"), b"{\"private\":true}")
            .map_err(|failure| failure.text)
            .expect("written");
        let mut install = Command::new("npm");
        install.args(["install", "--offline", "--no-audit", "--no-fund", "--no-update-notifier", "--cache"]);
        install.arg(host.join("cache")).arg(stand.0.join("embed").join(file_name())).current_dir(&host);
        assert!(output_of(&mut install).is_some(), "npm installs it without any network");
        let there = host.join("node_modules/ban-tin");
        let names: Vec<_> = files_below(&there)
            .iter()
            .filter_map(|file| Some(file.strip_prefix(&there).ok()?.to_string_lossy().into_owned()))
            .collect();
        assert_eq!(
            names,
            [
                "LICENSE-APACHE",
                "LICENSE-MIT",
                "README.md",
                "ban-tin.d.ts",
                "custom-elements.json",
                "embed/list-0123456789abcdef.js",
                "embed/list-0123456789abcdef_bg.wasm",
                "embed/more-0123456789abcdef.js",
                "embed/more-0123456789abcdef_bg.wasm",
                "embed.js",
                "package.json",
                "react.d.ts",
                "resize.js",
                "vue.d.ts",
            ]
        );
        // Every file that package.json names, and the parts by the relative address that the element has.
        let said = node(
            &host,
            "import { existsSync, readFileSync } from 'node:fs';
             const at = 'node_modules/ban-tin/', about = JSON.parse(readFileSync(at + 'package.json'));
             const files = value => typeof value === 'string' ? [value] : Object.values(value).flatMap(files);
             const named = [about.types, about.customElements, ...about.files, ...about.sideEffects, ...files(about.exports)];
             const missing = named.filter(name => !existsSync(at + name));
             const readme = readFileSync(at + 'README.md', 'utf8');
             const { load } = await import('ban-tin');
             const manifest = (await import('ban-tin/custom-elements.json', { with: { type: 'json' } })).default;
             console.log(about.name, about.version, missing.join(), (await load()).part,
               readme.includes(`ban-tin-${about.version}.tgz`), manifest.modules.map(module => module.path).join());",
        );
        assert_eq!(said.trim(), format!("ban-tin {VERSION}  list true embed.js"));
        for name in OFFERED {
            assert!(stand.0.join("embed").join(name).is_file(), "{name}");
        }
    }

    #[test]
    fn the_same_site_gives_the_same_package() {
        let (one, other) = (Stand::new(), Stand::new());
        let first = one.packed();
        assert!(first == other.packed(), "in another folder, at another time");
        assert!(first == one.packed(), "over the old one");
    }

    #[test]
    fn nothing_is_packed_without_the_element() {
        let stand = Stand::new();
        for file in files_below(&stand.0.join("embed")) {
            fs::remove_file(file).expect("removed");
        }
        let failure = put(&Toolbox::default(), &stand.0).expect_err("nothing to pack");
        assert!(failure.text.contains("has not been built"), "{}", failure.text);
        fs::remove_file(stand.0.join("embed.js")).expect("removed");
        let failure = put(&Toolbox::default(), &stand.0).expect_err("no loader");
        assert!(failure.text.contains("embed.js"), "{}", failure.text);
    }

    #[test]
    fn types_and_manifest_name_the_attributes_that_there_are() {
        let said = node(
            root(),
            "import { readFileSync } from 'node:fs';
             const at = 'embed/package/', types = readFileSync(at + 'ban-tin.d.ts', 'utf8');
             const element = JSON.parse(readFileSync(at + 'custom-elements.json')).modules[0].declarations[0];
             const names = list => list.map(one => one.name).sort().join();
             const inside = (head, line) => [...types.split(head)[1].split('\\n}')[0].matchAll(line)]
               .map(match => ({ name: match[1] }));
             console.log([names(element.attributes), names(element.members),
               names(inside('interface BanTinAttributes {', /^  (\\w+)\\?:/gm)),
               names(inside('class BanTin extends HTMLElement {', /^  (\\w+): /gm))].join('\\n'));
             console.log(names(element.events), names(inside('interface BanTinEventMap', /^  '([\\w:]+)':/gm)));",
        );
        let names = crate::frame::tests::names_in_routes().join(",");
        let lines: Vec<_> = said.lines().collect();
        assert_eq!(lines[..4], [names.as_str(); 4]);
        assert_eq!(lines[4], "bantin:error,bantin:load,bantin:open bantin:error,bantin:load,bantin:open");
    }

    #[test]
    fn the_manifest_names_the_parts_and_properties_that_the_styles_know() {
        let said = node(
            root(),
            "import { readFileSync, readdirSync } from 'node:fs';
             const element = JSON.parse(readFileSync('embed/package/custom-elements.json')).modules[0].declarations[0];
             const names = list => list.map(one => one.name).sort().join();
             const styles = ['ban-tin', 'list', 'more'].map(name => readFileSync(`embed/${name}.css`, 'utf8')).join();
             const used = new Set([...styles.matchAll(/var\\((--ban-tin-[a-z-]+)/g)].map(match => match[1]));
             console.log(names(element.cssProperties) === [...used].sort().join());
             const files = readdirSync('embed', { recursive: true }).map(name => 'embed/' + name);
             const source = files.filter(name => /^embed\\/(src\\/.*\\.rs|ban-tin\\.js)$/.test(name))
               .map(name => readFileSync(name, 'utf8')).join();
             const made = name => source.includes(`\"${name}\"`) || source.includes(`'${name}'`);
             console.log(element.cssParts.map(part => part.name).filter(name => !made(name)).join());
             for (const doc of ['docs/embedding.md', 'docs/embedding.vi.md']) {
               const text = readFileSync(doc, 'utf8'), said = name => text.includes('`' + name + '`');
               const all = ['attributes', 'events', 'cssParts', 'cssProperties'].flatMap(kind => element[kind]);
               console.log(all.map(one => one.name).filter(name => !said(name)).join());
             }",
        );
        assert_eq!(said, "true\n\n\n\n", "properties, parts that nothing has, names that a document lacks");
    }
}
