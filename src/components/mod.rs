//! Values in, view out. Nothing here fetches, reads the clock or storage, or knows the address bar, so the
//! same components can one day be rendered natively.

mod active_filters;
mod archive_years;
mod article_body;
mod article_tools;
mod attachments;
mod breadcrumb;
mod calendar_tools;
mod contents;
mod dropped_notice;
mod embed_builder;
mod failure;
mod footer;
mod headline_card;
mod larger_picture;
mod linked_sites;
mod listen_bar;
mod masthead;
mod navigation;
mod pagination;
mod paper_mark;
mod picture;
mod picture_dialog;
mod reading_options;
mod search_box;
mod search_form;
mod search_result;
mod search_tools;
mod section;
mod visit_chart;
mod visit_figures;
mod waiting;
mod week_list;
mod week_table;
mod year_bars;

pub(crate) use active_filters::ActiveFilters;
pub(crate) use archive_years::ArchiveYears;
pub(crate) use article_body::ArticleBody;
pub(crate) use article_tools::{ArticleTools, Deed};
pub(crate) use attachments::Attachments;
pub(crate) use breadcrumb::Breadcrumb;
pub(crate) use calendar_tools::CalendarTools;
pub(crate) use contents::Contents;
pub(crate) use dropped_notice::DroppedNotice;
pub(crate) use embed_builder::{Code, EmbedBuilder};
pub(crate) use failure::Failure;
pub(crate) use footer::Footer;
pub(crate) use headline_card::{HeadlineCard, Look};
pub(crate) use larger_picture::{Enlarge, LargerPicture};
pub(crate) use linked_sites::LinkedSites;
pub(crate) use listen_bar::{ListenBar, Listening};
pub(crate) use masthead::Masthead;
pub(crate) use navigation::Navigation;
pub(crate) use pagination::Pagination;
pub(crate) use paper_mark::PaperMark;
pub(crate) use picture::Picture;
pub(crate) use picture_dialog::PictureDialog;
pub(crate) use reading_options::ReadingOptions;
pub(crate) use search_box::{SearchBox, Suggesting};
pub(crate) use search_form::SearchForm;
pub(crate) use search_result::SearchResult;
pub(crate) use search_tools::{SearchTools, Takeaway};
pub(crate) use section::Section;
pub(crate) use visit_chart::{Bar, VisitChart};
pub(crate) use visit_figures::{VisitFigures, WholeFigures, WholeVisits};
pub(crate) use waiting::{Waited, Waiting};
pub(crate) use week_list::{Detail, WeekList};
pub(crate) use week_table::WeekTable;
pub(crate) use year_bars::YearBars;

use crate::wording::Words;
use archive::{
    Headline, Moment, Slug,
    body::{ImageSource, Target},
    published::{Portal, feed_file},
};
use chrono::NaiveDate;
use leptos::prelude::{Callback, use_context};
use routes::{Base, List, Route};
use std::sync::Arc;

/// What every component may know: whose portal it is, in which language, where it lies, and which day it is.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) words: &'static Words,
    pub(crate) portal: Arc<Portal>,
    pub(crate) today: NaiveDate,
    /// The end of the reader's last visit.
    pub(crate) new_since: Option<Moment>,
    /// Whether the reader has read an article that was changed since.
    pub(crate) has_changed: Callback<Headline, bool>,
    pub(crate) base: Base,
    /// Address of the folder of published files, with `/` at the end.
    pub(crate) root: String,
}

impl Site {
    /// The address of a page.
    pub(crate) fn href(&self, route: &Route) -> String {
        self.base.join(&routes::print(route))
    }

    /// The address that a link in a text leads to.
    pub(crate) fn target(&self, target: &Target) -> String {
        match target {
            Target::Page(path) => self.base.join(path),
            Target::File(path) => format!("{}{path}", self.root),
            Target::External(url) => url.clone(),
        }
    }

    /// The address of a picture.
    pub(crate) fn image(&self, source: &ImageSource) -> String {
        match source {
            ImageSource::File(path) => format!("{}{path}", self.root),
            ImageSource::External(url) => url.clone(),
        }
    }

    /// The address of the RSS feed of a category, or of all articles; none where the archive has no feeds.
    pub(crate) fn feed(&self, category: Option<&Slug>) -> Option<String> {
        feed(&self.portal, &self.root, category, "xml")
    }

    /// The name of a topic for readers.
    pub(crate) fn topic_name(&self, slug: &Slug) -> Option<&str> {
        self.portal.topics.iter().find(|t| t.slug == *slug).map(|t| t.name.as_str())
    }

    /// The name of a category for readers.
    pub(crate) fn category_name(&self, slug: &Slug) -> Option<&str> {
        self.portal.categories.iter().find(|c| c.slug == *slug).map(|c| c.name.as_str())
    }
}

/// The language of a page's name where it is not that of the interface: categories and topics are named by the archive.
fn language_of_name(route: &Route) -> Option<&'static str> {
    let named = matches!(route, Route::List { list: List::Category(_) | List::Topic(_), .. });
    named.then_some("vi")
}

/// The address of the feed of a category, or of all articles, with this ending (`xml` or `json`); none where the archive
/// has no feeds.
pub(crate) fn feed(portal: &Portal, root: &str, category: Option<&Slug>, ending: &str) -> Option<String> {
    (!portal.url.is_empty()).then(|| [root, &feed_file(category, ending)].concat())
}

/// The site that the app has provided.
pub(crate) fn site() -> Arc<Site> {
    use_context().unwrap_or_else(|| unreachable!("the app provides a Site around every page"))
}
