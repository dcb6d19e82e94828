//! Whole addresses of pages and files, for those who read them elsewhere. Not here: what stands behind them.

use archive::{Slug, published::Portal};
use routes::{Embed, List, Route};

/// The published folder, below the place of the portal.
const FOLDER: &str = "data/";

/// The page for iframes, below the place of the portal.
const FRAME: &str = "nhung/";

/// Makes addresses whole. Each is of ASCII letters that need no escape in an address.
pub(super) struct Addresses<'a> {
    portal: &'a str,
}

impl<'a> Addresses<'a> {
    /// `None` where the portal does not say where it lies.
    pub(super) fn of(portal: &'a Portal) -> Option<Self> {
        Some(Self { portal: &portal.url }).filter(|addresses| !addresses.portal.is_empty())
    }

    /// The front page.
    pub(super) fn home(&self) -> &'a str {
        self.portal
    }

    pub(super) fn article(&self, slug: &Slug) -> String {
        self.page(&Route::Article(slug.clone()))
    }

    /// The first page of a list.
    pub(super) fn list(&self, list: List) -> String {
        self.page(&list.route())
    }

    /// What the archive holds.
    pub(super) fn contents(&self) -> String {
        self.page(&Route::Contents)
    }

    /// A file of the published folder.
    pub(super) fn file(&self, name: &str) -> String {
        format!("{}{FOLDER}{name}", self.portal)
    }

    /// The page for an iframe that shows this.
    pub(super) fn frame(&self, shown: &Embed) -> String {
        format!("{}{FRAME}?{}", self.portal, shown.print())
    }

    fn page(&self, route: &Route) -> String {
        format!("{}{}", self.portal, routes::print(route))
    }
}
