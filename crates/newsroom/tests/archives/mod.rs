//! What the suites of this package share: the fixtures, a folder of one's own, the program.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// An archive below `tests/fixtures`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name)
}

/// An empty folder for one test.
pub fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder for tests can be made");
    folder
}

/// Copies an archive, its files in this order.
pub fn copy(from: &Path, to: &Path, reversed: bool) {
    let mut files: Vec<_> = contents(from).into_iter().collect();
    if reversed {
        files.reverse();
    }
    for (name, bytes) in files {
        put(to, &name, &bytes);
    }
}

/// Writes one file.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let at = folder.join(name);
    fs::create_dir_all(at.parent().expect("a file has a folder")).expect("the folder can be made");
    fs::write(at, bytes).expect("the file can be written");
}

/// Every file below a folder, by its path.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(at: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(at).expect("the folder can be listed") {
            let entry = entry.expect("the folder can be listed");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, fs::read(entry.path()).expect("the file can be read"));
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(folder, "", &mut files);
    files
}

/// Runs `newsroom` on the day of the fixtures.
pub fn newsroom(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_newsroom")).args(arguments).output().expect("newsroom runs")
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("paths of tests are UTF-8")
}

/// The day of the fixtures.
pub const TODAY: &str = "2021-09-15";
