//! The visit tracker's one door: nothing else in the app touches the log or its place in storage.
//!
//! A page counts once it has been before the reader's eyes for a second ([`SEEN_FOR`]). Each view is written in a
//! transaction of its own, so tabs lose nothing to each other. Views that cannot be written wait here, and are written
//! with the next that can. docs/visits.md says it for readers.
//!
//! Where the portal has its views counted elsewhere too, what counts here goes in the same transaction to a queue, and a
//! transaction that takes a view out is the leave to send it. So no view is sent twice, whatever other tabs do.
//!
//! Not here: what counts as a visit, and what a service is told (`visits`).

use crate::platform::{beacon, chance, clock, database, document, network, storage};
use archive::published::Sending;
use chrono::NaiveDate;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::{cell::RefCell, rc::Rc, time::Duration};
use visits::{Counted, Destination, Error, Figures, Page, Queue, Service, Summary, View, VisitLog, Writer};

/// How long a page is before the reader's eyes until it counts, without a break.
const SEEN_FOR: Duration = Duration::from_secs(1);

/// Seconds within which the same page, loaded again in the same tab, is not another view.
const RELOAD: i64 = 10;

/// Key of the log in the database, with the writer's number before it.
const LOG: &str = "visits";
/// Key of a log that could not be read.
const UNREADABLE: &str = "visits-unreadable";
/// Key of the views that are still to be sent.
const OUTBOX: &str = "outbox";
/// One view is sent after another with this between them: a GoatCounter takes four a second from one reader.
const PACE: Duration = Duration::from_secs(1);
/// Keys in `localStorage` of the log of an older version, and of its writer.
const OLD_LOG: &str = "visits";
const OLD_WRITER: &str = "writer";
/// In this tab: the page viewed last, and when.
const LAST_VIEW: &str = "viewed";
/// Whether the reader wants to be counted; kept only where not.
const COUNTING: &str = "counting";

/// What a view is of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Viewed {
    /// Slug and title.
    pub(crate) article: Option<(String, String)>,
    /// Slug.
    pub(crate) category: Option<String>,
}

/// How well the figures are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// In this browser.
    Kept,
    /// Only until the page is closed.
    NotKept,
    /// Only until the page is closed: what is kept was written by a newer version.
    Newer,
}

/// Whether views are sent on, for readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SendingOn {
    /// The portal names no service, or the reader does not want to be counted.
    No,
    /// The reader's browser asks not to be followed.
    Refused,
    /// To this computer.
    To(String),
}

/// Where a view goes that counts now.
enum Way {
    /// The portal has not said yet.
    Unknown,
    Closed,
    Open(Destination),
}

/// Views on their way out.
#[derive(Debug, Default)]
struct Outgoing {
    /// Where they go; `None` until the portal has said that, then `Some(None)` where to nobody.
    to: Option<Option<Destination>>,
    /// Those that are not in the queue yet.
    unsent: Queue,
    /// Whether the next one will be sent in a while.
    pacing: bool,
    /// Whether the queue had something when the portal had not said yet.
    left: bool,
}

/// What one transaction does, for what follows it.
#[derive(Default)]
struct Turn {
    /// Writer and log as they are kept from now on; none where a newer version keeps them.
    kept: Option<(Writer, VisitLog)>,
    waiting: Vec<(Viewed, i64)>,
    unsent: Queue,
    /// Taken out of the queue, to be sent.
    claimed: Option<View>,
    /// Whether the queue has more.
    more: bool,
}

/// The figures of this browser; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visits {
    /// What is shown: what is kept, with the views that wait; `None` until it has been read.
    log: RwSignal<Option<VisitLog>>,
    /// What is kept, as far as is known.
    kept: StoredValue<VisitLog>,
    waiting: StoredValue<Vec<(Viewed, i64)>>,
    writer: StoredValue<Writer>,
    keeping: RwSignal<Keeping>,
    put_aside: RwSignal<bool>,
    counting: RwSignal<bool>,
    /// The address of the page that is shown, once it is.
    shown: StoredValue<Option<String>>,
    /// What counts when the time is over.
    next: StoredValue<Option<(String, Viewed, View)>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    outgoing: StoredValue<Outgoing>,
    /// Whether the portal has said where views are sent on to.
    told: RwSignal<bool>,
}

impl Visits {
    /// Begins to read the log. One that cannot be read is put aside whole, under another key, and a new one begun. One
    /// that a newer version of the app has written is left as it is, and nothing is kept.
    pub(crate) fn open() -> Self {
        let visits = Self {
            log: RwSignal::new(None),
            kept: StoredValue::new(VisitLog::default()),
            waiting: StoredValue::new(Vec::new()),
            writer: StoredValue::new(Writer(chance::number())),
            keeping: RwSignal::new(Keeping::Kept),
            put_aside: RwSignal::new(false),
            counting: RwSignal::new(storage::read(COUNTING).is_none()),
            shown: StoredValue::new(None),
            next: StoredValue::new(None),
            timer: StoredValue::new(None),
            outgoing: StoredValue::new(Outgoing::default()),
            told: RwSignal::new(false),
        };
        document::on_visibility(move || visits.watch());
        let online = network::online();
        Effect::new(move |_| {
            online.track();
            visits.write(VisitLog::default(), true);
        });
        visits
    }

    /// Where the portal has views sent on to. What waits from before is sent, or forgotten where it is to nobody.
    pub(crate) fn send_to(self, sending: Option<&Sending>) {
        let destination = sending.and_then(|Sending { to, address, site }| {
            let service = Service::named(to)?;
            Some(Destination { service, address: address.clone(), site: site.clone() })
        });
        let concerns = self.outgoing.try_update_value(|outgoing| {
            let concerns = destination.is_some() || outgoing.left;
            outgoing.to = Some(destination);
            concerns
        });
        self.told.set(true);
        // Most portals send nothing, and then nothing is left from before.
        if concerns == Some(true) {
            self.write(VisitLog::default(), true);
        }
    }

    /// Whether views are sent on. Tracked.
    pub(crate) fn sending_on(self) -> SendingOn {
        self.told.track();
        let counting = self.counting.get();
        self.outgoing.with_value(|outgoing| match &outgoing.to {
            Some(Some(_)) if counting && beacon::is_refused() => SendingOn::Refused,
            Some(Some(destination)) if counting => SendingOn::To(destination.host().to_owned()),
            _ => SendingOn::No,
        })
    }

    /// Whether the reader wants to be counted, as said in this tab or in another one.
    fn counts(self) -> bool {
        self.counting.get_untracked() && storage::read(COUNTING).is_none()
    }

    fn way(self) -> Way {
        if !self.counts() || beacon::is_refused() {
            return Way::Closed;
        }
        self.outgoing.with_value(|outgoing| match &outgoing.to {
            None => Way::Unknown,
            Some(None) => Way::Closed,
            Some(Some(destination)) => Way::Open(destination.clone()),
        })
    }

    /// A page is there, under this address and title. It counts when it has been seen for long enough; the same page
    /// again (in another language, or because its data has come anew) does not count again.
    pub(crate) fn shown(self, address: &str, title: &str, viewed: Viewed) {
        if self.shown.with_value(|shown| shown.as_deref() == Some(address)) {
            return;
        }
        let first = self.shown.with_value(Option::is_none);
        self.shown.set_value(Some(address.to_owned()));
        let again = first && viewed_just_now(address);
        let counts = !again && self.counts() && !document::is_automated();
        let view = || View {
            // What a reader asks a page for stays with the reader.
            url: document::absolute(address.split('?').next().unwrap_or_default()).unwrap_or_default(),
            title: title.to_owned(),
            referrer: if first { beacon::referrer() } else { String::new() },
            at: 0,
        };
        self.next.set_value(counts.then(|| (address.to_owned(), viewed, view())));
        self.watch();
    }

    /// Begins to wait where a page is to be counted and is visible; else ends waiting.
    fn watch(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        if document::is_visible() && self.next.with_value(Option::is_some) {
            self.timer.set_value(set_timeout_with_handle(move || self.count(), SEEN_FOR).ok());
        }
    }

    /// Counts the page that is shown.
    fn count(self) {
        let Some((address, viewed, view)) = self.next.try_update_value(Option::take).flatten() else {
            return;
        };
        let now = clock::now();
        storage::write_for_tab(LAST_VIEW, &[address.as_str(), " ", &now.to_string()].concat());
        self.waiting.update_value(|waiting| waiting.push((viewed, now)));
        if matches!(self.way(), Way::Open(_)) {
            self.outgoing.update_value(|outgoing| outgoing.unsent.add(View { at: now, ..view }));
        }
        self.write(VisitLog::default(), true);
    }

    /// Writes what waits, and another log with it, and reads what is kept. Where `sends`, it then sends the view that has
    /// waited longest.
    fn write(self, more: VisitLog, sends: bool) {
        leptos::task::spawn_local(async move {
            let turn = Rc::new(RefCell::new(Turn::default()));
            let (writing, joined) = (turn.clone(), more.clone());
            let change = move |[log, outbox]: [Option<String>; 2]| {
                let turn = &mut *writing.borrow_mut();
                let mut writes = self.record_in(log, joined, turn);
                writes.extend(self.queue_in(outbox, sends, turn));
                writes
            };
            let done = database::change([LOG, OUTBOX], change).await;
            let Turn { kept, waiting, unsent, claimed, more: left } = turn.take();
            match (done, kept) {
                (Ok(()), Some((writer, log))) => {
                    self.writer.set_value(writer);
                    self.kept.set_value(log);
                    storage::remove(OLD_LOG);
                    storage::remove(OLD_WRITER);
                }
                _ => {
                    if self.keeping.get_untracked() == Keeping::Kept {
                        self.keeping.set(Keeping::NotKept);
                    }
                    // What was taken to be written goes on waiting, before what has come meanwhile.
                    self.waiting.update_value(|known| drop(known.splice(..0, waiting)));
                    self.kept.update_value(|kept| *kept = std::mem::take(kept).merge(more));
                }
            }
            self.show();
            if done.is_ok() {
                self.send(claimed, left);
            } else {
                // There is no queue; what is known here alone is sent from here.
                let mut queue = unsent;
                queue.join(self.take_unsent());
                let claimed = if sends && network::is_online() { queue.take() } else { None };
                let left = !queue.is_empty();
                self.outgoing.update_value(|outgoing| outgoing.unsent = queue);
                self.send(claimed, left);
            }
        });
    }

    fn take_unsent(self) -> Queue {
        self.outgoing.try_update_value(|outgoing| std::mem::take(&mut outgoing.unsent)).unwrap_or_default()
    }

    /// What is written of a view and another log.
    fn record_in(self, text: Option<String>, joined: VisitLog, turn: &mut Turn) -> database::Writes {
        let Ok(Kept { writer, log, unreadable, moves }) = Kept::read(text, self.writer.get_value()) else {
            self.keeping.set(Keeping::Newer);
            return Vec::new();
        };
        self.keeping.set(Keeping::Kept);
        let joins_nothing = joined == VisitLog::default();
        let mut log = log.merge(joined);
        turn.waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        record(&mut log, writer, &turn.waiting);
        // Who is not counted leaves no trace.
        let mut writes = Vec::new();
        if !turn.waiting.is_empty() || !joins_nothing || unreadable.is_some() || moves {
            let aside = unreadable.map(|text| (UNREADABLE, Some(text)));
            self.put_aside.update(|put_aside| *put_aside |= aside.is_some());
            writes.extend(aside);
            writes.push((LOG, Some([writer.to_string().as_str(), " ", &log.encode()].concat())));
        }
        turn.kept = Some((writer, log));
        writes
    }

    /// What is written of the views that are to be sent: more of them, or one fewer.
    fn queue_in(
        self,
        text: Option<String>,
        sends: bool,
        turn: &mut Turn,
    ) -> Option<(&'static str, Option<String>)> {
        let mut queue = Queue::default();
        match self.way() {
            Way::Unknown => {
                self.outgoing.update_value(|outgoing| outgoing.left = text.is_some());
                return None;
            }
            Way::Closed => drop(self.take_unsent()),
            Way::Open(_) => {
                queue = Queue::decode(text.as_deref().unwrap_or_default());
                turn.unsent = self.take_unsent();
                queue.join(turn.unsent.clone());
                if sends && network::is_online() {
                    turn.claimed = queue.take();
                    turn.more = !queue.is_empty();
                }
            }
        }
        let queue = queue.encode();
        (queue != text).then_some((OUTBOX, queue))
    }

    /// Sends a view, and later on the next where there are more.
    fn send(self, claimed: Option<View>, more: bool) {
        let (Some(view), Way::Open(destination)) = (claimed, self.way()) else { return };
        let request = destination.request(&view, clock::now());
        if !beacon::send(&request.address, request.body.as_deref()) {
            self.outgoing.update_value(|outgoing| outgoing.unsent.add(view));
            self.write(VisitLog::default(), false);
        } else if more
            && self.outgoing.try_update_value(|outgoing| !std::mem::replace(&mut outgoing.pacing, true))
                == Some(true)
        {
            let next = move || {
                self.outgoing.update_value(|outgoing| outgoing.pacing = false);
                self.write(VisitLog::default(), true);
            };
            set_timeout(next, PACE);
        }
    }

    /// Shows what is kept with what waits.
    fn show(self) {
        let mut log = self.kept.get_value();
        self.waiting.with_value(|waiting| record(&mut log, self.writer.get_value(), waiting));
        self.log.set(Some(log));
    }

    /// Forgets everything.
    pub(crate) fn erase(self) {
        leptos::task::spawn_local(async move {
            let all = [LOG, UNREADABLE, OUTBOX].map(|key| (key, None)).to_vec();
            let erased = database::change([LOG, OUTBOX], |_| all).await;
            self.keeping.set(if erased.is_ok() { Keeping::Kept } else { Keeping::NotKept });
            self.kept.set_value(VisitLog::default());
            self.waiting.set_value(Vec::new());
            drop(self.take_unsent());
            self.writer.set_value(Writer(chance::number()));
            self.put_aside.set(false);
            self.show();
        });
    }

    /// Adds the visits of a file that [`Visits::to_json`] has made, of this browser or another. What is there already
    /// is not counted again.
    ///
    /// # Errors
    /// When the text is no such file.
    pub(crate) fn import(self, text: &str) -> Result<(), Error> {
        self.write(VisitLog::decode(text)?, true);
        Ok(())
    }

    /// The whole log, as a file to keep or to take to another browser. Tracked.
    pub(crate) fn to_json(self) -> String {
        self.log.with(|log| log.as_ref().map(VisitLog::encode).unwrap_or_default())
    }

    /// The log as a table for Excel, with these names of the columns: day, visits, views. Tracked.
    pub(crate) fn to_csv(self, columns: [&str; 3]) -> String {
        self.of_log(|log| log.to_csv(columns)).unwrap_or_default()
    }

    /// How well the figures are kept. Tracked.
    pub(crate) fn keeping(self) -> Keeping {
        self.keeping.get()
    }

    /// Whether a log that could not be read has been put aside. Tracked.
    pub(crate) fn has_put_aside(self) -> bool {
        self.put_aside.get()
    }

    /// Whether views are counted. Tracked.
    pub(crate) fn is_counting(self) -> bool {
        self.counting.get()
    }

    /// Begins or ends counting.
    pub(crate) fn set_counting(self, counting: bool) {
        if counting {
            storage::remove(COUNTING);
        } else {
            storage::write(COUNTING, "off");
            self.next.set_value(None);
        }
        self.counting.set(counting);
        // What was to be sent is forgotten.
        drop(self.take_unsent());
        self.write(VisitLog::default(), false);
    }

    /// The figures now; `None` until they have been read. Tracked.
    pub(crate) fn summary(self) -> Option<Summary> {
        self.of_log(|log| log.summary(clock::now()))
    }

    /// The last days, oldest first. Tracked.
    pub(crate) fn days(self, count: usize) -> Vec<(NaiveDate, Figures)> {
        self.of_log(|log| log.days(clock::now(), count)).unwrap_or_default()
    }

    /// The last months, oldest first. Tracked.
    pub(crate) fn months(self, count: u32) -> Vec<(NaiveDate, Figures)> {
        self.of_log(|log| log.months(clock::now(), count)).unwrap_or_default()
    }

    /// The articles viewed most often. Tracked.
    pub(crate) fn articles(self, count: usize) -> Vec<Counted> {
        self.of_log(|log| log.articles(count)).unwrap_or_default()
    }

    /// The categories viewed most often. Tracked.
    pub(crate) fn categories(self, count: usize) -> Vec<Counted> {
        self.of_log(|log| log.categories(count)).unwrap_or_default()
    }

    /// Beginning and end of the last visits, in seconds since 1970, newest first. Tracked.
    pub(crate) fn last(self, count: usize) -> Vec<(i64, i64)> {
        self.of_log(|log| log.visits(count)).unwrap_or_default()
    }

    fn of_log<T>(self, read: impl FnOnce(&VisitLog) -> T) -> Option<T> {
        self.log.with(|log| log.as_ref().map(read))
    }
}

fn record(log: &mut VisitLog, writer: Writer, views: &[(Viewed, i64)]) {
    for (Viewed { article, category }, at) in views {
        let article = article.as_ref().map(|(slug, title)| (slug.as_str(), title.as_str()));
        log.record(writer, Page { article, category: category.as_deref() }, *at);
    }
}

/// What is kept in this browser: the number by which it counts, and the log.
struct Kept {
    writer: Writer,
    log: VisitLog,
    /// A text that could not be read, in whose place the log begins anew.
    unreadable: Option<String>,
    /// Whether it lies where an older version kept it.
    moves: bool,
}

/// What is kept was written by a newer version.
struct Newer;

impl Kept {
    /// Reads the text of the database or, where it has none, that of an older version. `drawn` is the number of a
    /// browser that has none yet.
    fn read(text: Option<String>, drawn: Writer) -> Result<Self, Newer> {
        let moves = text.is_none();
        let (writer, log, text) = match text {
            Some(text) => match text.split_once(' ') {
                Some((writer, log)) => (number(writer), VisitLog::decode(log), text),
                None => (None, VisitLog::decode(&text), text),
            },
            None => {
                let Some(text) = storage::read(OLD_LOG) else {
                    return Ok(Self {
                        writer: drawn,
                        log: VisitLog::default(),
                        unreadable: None,
                        moves: false,
                    });
                };
                (storage::read(OLD_WRITER).as_deref().and_then(number), VisitLog::decode(&text), text)
            }
        };
        match log {
            Ok(log) => Ok(Self { writer: writer.unwrap_or(drawn), log, unreadable: None, moves }),
            Err(Error::Newer(_)) => Err(Newer),
            Err(_) => Ok(Self { writer: drawn, log: VisitLog::default(), unreadable: Some(text), moves }),
        }
    }
}

fn number(text: &str) -> Option<Writer> {
    u32::from_str_radix(text, 16).ok().map(Writer)
}

/// Whether this page was viewed in this tab only just now: then it has been loaded anew.
fn viewed_just_now(address: &str) -> bool {
    let last = storage::read_for_tab(LAST_VIEW);
    let last = last.as_deref().and_then(|text| text.rsplit_once(' '));
    last.is_some_and(|(known, at)| {
        let ago = at.parse().map_or(i64::MAX, |at: i64| clock::now().saturating_sub(at));
        known == address && (0..RELOAD).contains(&ago)
    })
}
