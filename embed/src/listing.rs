//! What the script drives: the sources of an element, each on its way, and a tree of what is there so far.
//!
//! Both programs export it under the same names, so the script does not care which one it has. Not here: what is looked
//! for (`source`, `more`).

use crate::{source::Reason, tree::Node};
use archive::Moment;
use routes::Embed;
use wasm_bindgen::JsValue;

/// What is looked for in one source, on the way to being found.
pub trait Source {
    /// A file as it is taken.
    type File;
    /// What there is in the end.
    type Found;

    /// Of the source at this address.
    fn new(address: &str, embed: &Embed) -> Self;
    /// Address of the file that is waited for; `None` when all is there.
    fn wants(&self) -> Option<&str>;
    /// Gives the file that is waited for, or why it did not come.
    fn give(&mut self, file: Result<Self::File, Reason>, embed: &Embed, now: Moment);
    /// What was found, or why nothing; `None` as long as something is waited for.
    fn outcome(&self) -> Option<Result<&Self::Found, &str>>;
    /// What the source is called, and how many things it gave.
    fn about(found: &Self::Found) -> (&str, usize);
    /// What there is to see of all sources; `None` where none has answered.
    fn tree(found: &[Option<&Self::Found>], embed: &Embed, now: Moment) -> Option<Node>;
}

/// All sources of an element, numbered as they stand in `src`.
#[derive(Debug)]
pub struct Sources<S> {
    embed: Embed,
    now: Moment,
    sources: Vec<S>,
}

impl<S: Source> Sources<S>
where
    S::File: From<JsValue>,
{
    /// From the options as a query string; `now` is in seconds since 1970.
    pub fn new(options: &str, now: f64) -> Self {
        let embed = Embed::parse(options);
        let sources = embed.sources.iter().map(|address| S::new(address, &embed)).collect();
        // A clock that is out of all reason dates what has no date of its own, and nothing else.
        Self { embed, now: Moment::from_unix(now as i64).unwrap_or_default(), sources }
    }

    /// [`Source::wants`].
    pub fn wants(&self, source: usize) -> Option<&str> {
        self.sources.get(source)?.wants()
    }

    /// [`Source::give`].
    pub fn give(&mut self, source: usize, file: JsValue, reason: Option<String>) {
        if let Some(source) = self.sources.get_mut(source) {
            source.give(reason.map_or_else(|| Ok(file.into()), Err), &self.embed, self.now);
        }
    }

    /// Why a source has nothing.
    pub fn reason(&self, source: usize) -> Option<&str> {
        self.sources.get(source)?.outcome()?.err()
    }

    /// [`Source::about`]; nothing as long as there is nothing.
    pub fn about(&self, source: usize) -> Option<(&str, usize)> {
        self.found(source).map(S::about)
    }

    /// [`Source::tree`].
    pub fn tree(&self) -> Option<Node> {
        let found: Vec<_> = (0..self.sources.len()).map(|source| self.found(source)).collect();
        S::tree(&found, &self.embed, self.now)
    }

    fn found(&self, source: usize) -> Option<&S::Found> {
        self.sources.get(source)?.outcome()?.ok()
    }
}

/// Exports [`Sources`] of a kind of [`Source`] as the class `Listing`. A macro, because what is exported cannot be
/// generic.
#[macro_export]
macro_rules! listing {
    ($source:ty) => {
        /// A list that is being filled from its sources, which are numbered as they stand in `src`.
        #[wasm_bindgen::prelude::wasm_bindgen]
        #[derive(Debug)]
        pub struct Listing($crate::listing::Sources<$source>);

        #[wasm_bindgen::prelude::wasm_bindgen]
        impl Listing {
            /// From the options as a query string; `now` is in seconds since 1970.
            #[wasm_bindgen(constructor)]
            pub fn new(options: &str, now: f64) -> Self {
                Self($crate::listing::Sources::new(options, now))
            }

            /// Address of the file that a source waits for; `undefined` when it has all.
            pub fn wants(&self, source: usize) -> Option<String> {
                self.0.wants(source).map(str::to_owned)
            }

            /// Gives a source the file that it waits for, JSON or (`.bin`) bytes, or the reason why it did not come.
            pub fn give(&mut self, source: usize, file: wasm_bindgen::JsValue, reason: Option<String>) {
                self.0.give(source, file, reason);
            }

            /// Why a source has nothing; `undefined` when it has, or is still waiting.
            pub fn reason(&self, source: usize) -> Option<String> {
                self.0.reason(source).map(str::to_owned)
            }

            /// What a source is called; `undefined` as long as it has nothing.
            pub fn title(&self, source: usize) -> Option<String> {
                self.0.about(source).map(|(title, _)| title.to_owned())
            }

            /// How many articles, events or figures a source gave.
            pub fn count(&self, source: usize) -> usize {
                self.0.about(source).map_or(0, |(_, count)| count)
            }

            /// What there is to see so far; `undefined` when no source has answered.
            pub fn tree(&self) -> Option<web_sys::Element> {
                self.0.tree().map(|node| node.0)
            }
        }
    };
}
