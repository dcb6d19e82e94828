//! Small texts kept in this browser. Every call may fail: storage can be full, denied or not there at all
//! (in a sandboxed frame even naming it throws), and a reader must not notice more than a lost setting.

//!
//! Keys are of one portal: two portals in sub-folders of one host share its storage but not their keys.

use super::document;
use web_sys::Storage;

/// `bantin/cong/tin/visits`
fn whole(key: &str) -> String {
    format!("bantin{}{key}", document::base_path())
}

fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The text kept under this key.
pub(crate) fn read(key: &str) -> Option<String> {
    local()?.get_item(&whole(key)).ok()?
}

/// Keeps a text; tells whether it was kept.
pub(crate) fn write(key: &str, text: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(&whole(key), text).is_ok())
}

/// Takes away what is kept under this key.
pub(crate) fn remove(key: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(&whole(key));
    }
}

/// The text kept for as long as this tab lives.
pub(crate) fn read_for_tab(key: &str) -> Option<String> {
    session()?.get_item(&whole(key)).ok()?
}

/// Keeps a text for as long as this tab lives.
pub(crate) fn write_for_tab(key: &str, text: &str) {
    if let Some(storage) = session() {
        let _ = storage.set_item(&whole(key), text);
    }
}
