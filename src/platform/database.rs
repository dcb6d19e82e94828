//! Texts kept in this browser's IndexedDB, where a change is whole: what is read and what is written belong together,
//! whatever other tabs do, and a crash leaves the one or the other. (`localStorage` has no such thing: locks around it
//! still lose updates, because each tab sees it through a cache of its own.)
//!
//! Every call may fail: the database can be full, denied or not there at all.

use super::document;
use futures::channel::oneshot;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode};

/// The only store, of texts by key.
const STORE: &str = "texts";

/// That the database could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unavailable;

impl From<JsValue> for Unavailable {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// What is to be written: keys and texts; `None` takes a text away.
pub(crate) type Writes = Vec<(&'static str, Option<String>)>;

/// Reads two texts and writes what `change` makes of them, in one transaction. The database is this portal's own: two
/// portals in sub-folders of one host do not mix.
pub(crate) async fn change(
    keys: [&'static str; 2],
    change: impl FnOnce([Option<String>; 2]) -> Writes + 'static,
) -> Result<(), Unavailable> {
    let database = open().await?;
    let done = begin(&database, keys, Box::new(change));
    let result = match done {
        Ok(done) => done.await.unwrap_or(Err(Unavailable)),
        Err(error) => Err(error.into()),
    };
    // Else a reader who clears the browser's data would have to wait for this tab.
    database.close();
    result
}

type Change = Box<dyn FnOnce([Option<String>; 2]) -> Writes>;
type Done = oneshot::Receiver<Result<(), Unavailable>>;

fn begin(database: &IdbDatabase, keys: [&'static str; 2], change: Change) -> Result<Done, JsValue> {
    let transaction = database.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readwrite)?;
    let store = transaction.object_store(STORE)?;
    let asked = [store.get(&keys[0].into())?, store.get(&keys[1].into())?];
    let (read, written) = (asked.clone(), transaction.clone());
    let on_read = Closure::once_into_js(move || {
        let texts = read.map(|asked| asked.result().ok().and_then(|value| value.as_string()));
        let write = |(key, text): &(&str, Option<String>)| match text {
            Some(text) => store.put_with_key(&text.into(), &(*key).into()),
            None => store.delete(&(*key).into()),
        };
        if change(texts).iter().any(|one| write(one).is_err()) {
            let _ = written.abort();
        }
    });
    // Answers come in the order of the questions.
    asked[1].set_onsuccess(Some(on_read.unchecked_ref()));
    Ok(end_of(&transaction))
}

/// Ends when all is written, or nothing.
fn end_of(transaction: &IdbTransaction) -> Done {
    let (sender, done) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let tell = |result: Result<(), Unavailable>| {
        let sender = sender.clone();
        // The other one of the two that is never called goes with its transaction.
        Closure::once_into_js(move || {
            if let Some(sender) = sender.borrow_mut().take() {
                let _ = sender.send(result);
            }
        })
    };
    transaction.set_oncomplete(Some(tell(Ok(())).unchecked_ref()));
    transaction.set_onabort(Some(tell(Err(Unavailable)).unchecked_ref()));
    done
}

async fn open() -> Result<IdbDatabase, Unavailable> {
    let factory = web_sys::window().ok_or(Unavailable)?.indexed_db()?.ok_or(Unavailable)?;
    let name = ["bantin", &document::base_path()].concat();
    let request: IdbOpenDbRequest = factory.open_with_u32(&name, 1)?;
    let making = request.clone();
    let make = Closure::once_into_js(move || {
        let database: Option<IdbDatabase> = making.result().ok().and_then(|result| result.dyn_into().ok());
        // Where this fails, so does opening.
        let _ = database.map(|database| database.create_object_store(STORE));
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    let (sender, opened) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let tell = |request: &IdbRequest| {
        let (sender, request) = (sender.clone(), request.clone());
        Closure::once_into_js(move || {
            if let Some(sender) = sender.borrow_mut().take() {
                let _ = sender.send(request.result().ok());
            }
        })
    };
    request.set_onsuccess(Some(tell(&request).unchecked_ref()));
    request.set_onerror(Some(tell(&request).unchecked_ref()));
    let result = opened.await.ok().flatten().ok_or(Unavailable)?;
    result.dyn_into().map_err(Unavailable::from)
}
