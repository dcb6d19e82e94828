//! Sending views on: what a statistics service is told of a page view, in the form that it documents, and the queue of
//! views that are still to be sent. docs/visits.md says it field by field.
//!
//! A view is an address, a title, where the reader came from and a time. There is nothing else to send: no number of the
//! reader, nothing of the device.
//!
//! Not here: the sending itself, and whether a view may be sent at all (the caller has the browser).

/// A service that counts views.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// `/count` of GoatCounter.
    GoatCounter,
    /// The events API of Plausible.
    Plausible,
    /// `/api/send` of Umami.
    Umami,
    /// The tracking HTTP API of Matomo.
    Matomo,
}

impl Service {
    /// All, by the names that a portal knows them by.
    pub const ALL: [(&str, Self); 4] = [
        ("goatcounter", Self::GoatCounter),
        ("plausible", Self::Plausible),
        ("umami", Self::Umami),
        ("matomo", Self::Matomo),
    ];

    /// The service of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, service)| service)
    }
}

/// Where views are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Whose form is used.
    pub service: Service,
    /// The whole address of the service, to which the path of its form is added.
    pub address: String,
    /// By what the service knows the portal; empty for a GoatCounter, which is known by its address.
    pub site: String,
}

/// What is sent: a POST without cookies of ours and without waiting for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The whole address, with its query.
    pub address: String,
    /// JSON, to be sent as plain text: a browser asks the service first whether it may send `application/json`, and the
    /// services say no to that.
    pub body: Option<String>,
}

/// Seconds after which a view was not sent at once, and its time is told where the service takes it.
const LATE: i64 = 60;
/// A Matomo takes the time of a view of the last 24 hours from anybody, and refuses an older one. An hour is left for
/// clocks that differ.
const MATOMO_TAKES: i64 = 23 * 3600;

impl Destination {
    /// The computer to which views are sent, for readers.
    pub fn host(&self) -> &str {
        split(&self.address).0
    }

    /// What the service is told of a view, at `now` (seconds since 1970).
    pub fn request(&self, view: &View, now: i64) -> Request {
        let View { url, title, referrer, at } = view;
        let (host, path) = split(url);
        match self.service {
            Service::GoatCounter => {
                let fields = [("p", path), ("t", title), ("r", referrer)];
                self.asked("/count", &query(&fields), None)
            }
            Service::Matomo => {
                let late = (LATE..MATOMO_TAKES).contains(&now.saturating_sub(*at));
                let time = if late { at.to_string() } else { String::new() };
                let fields = [
                    ("idsite", self.site.as_str()),
                    ("rec", "1"),
                    ("apiv", "1"),
                    ("send_image", "0"),
                    ("url", url),
                    ("action_name", title),
                    ("urlref", referrer),
                    ("cdt", &time),
                ];
                self.asked("/matomo.php", &query(&fields), None)
            }
            Service::Plausible => {
                let fields =
                    [("name", "pageview"), ("url", url), ("domain", &self.site), ("referrer", referrer)];
                self.asked("/api/event", "", Some(object(&fields)))
            }
            Service::Umami => {
                let host = host.split(':').next().unwrap_or_default();
                let fields = [
                    ("website", self.site.as_str()),
                    ("hostname", host),
                    ("url", path),
                    ("title", title),
                    ("referrer", referrer),
                ];
                let body = ["{\"type\":\"event\",\"payload\":", &object(&fields), "}"].concat();
                self.asked("/api/send", "", Some(body))
            }
        }
    }

    fn asked(&self, path: &str, query: &str, body: Option<String>) -> Request {
        Request { address: [self.address.trim_end_matches('/'), path, query].concat(), body }
    }
}

/// Host (with its port) and path of a whole address.
fn split(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_at(rest.find('/').unwrap_or(rest.len()))
}

/// `?a=b&c=d` of those that are not empty.
fn query(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                text.push(byte.into());
            } else {
                text.push('%');
                for digit in [byte >> 4, byte & 15] {
                    text.push(b"0123456789ABCDEF"[usize::from(digit)].into());
                }
            }
        }
    }
    text
}

/// `{"a":"b","c":"d"}` of those that are not empty.
fn object(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let value = serde_json::to_string(value).unwrap_or_default();
        text.push(if text.is_empty() { '{' } else { ',' });
        text.push_str(&["\"", name, "\":", &value].concat());
    }
    text.push('}');
    text
}

/// A page view, as far as a service may know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The whole address of the page, without what a reader has asked it for.
    pub url: String,
    /// The title of the page.
    pub title: String,
    /// The other site that the reader came from; empty where there was none.
    pub referrer: String,
    /// When, in seconds since 1970.
    pub at: i64,
}

/// Views that are still to be sent, oldest first. As text it is a line each: time, address, referrer, title, with tabs
/// between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue(Vec<View>);

impl Queue {
    /// Most views that wait. The oldest ones fall out: figures of last month, sent today, would be wrong today.
    pub const MOST: usize = 100;

    /// Reads what [`encode`](Self::encode) wrote. A line that cannot be read is left out: a view that is not sent does
    /// no harm.
    pub fn decode(text: &str) -> Self {
        let view = |line: &str| {
            let mut parts = line.splitn(4, '\t');
            let at = parts.next()?.parse().ok()?;
            let (url, referrer, title) = (parts.next()?, parts.next()?, parts.next()?);
            Some(View { url: url.to_owned(), title: title.to_owned(), referrer: referrer.to_owned(), at })
        };
        let mut queue = Self::default();
        text.lines().filter_map(view).for_each(|view| queue.add(view));
        queue
    }

    /// As text to be stored; `None` when it is empty. A tab or line break in a title becomes a space.
    pub fn encode(&self) -> Option<String> {
        let mut text = String::new();
        for View { url, title, referrer, at } in &self.0 {
            for part in [&at.to_string(), url, referrer, title] {
                text.extend(part.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
                text.push('\t');
            }
            // The last tab of a line.
            text.pop();
            text.push('\n');
        }
        (!text.is_empty()).then_some(text)
    }

    /// Puts a view at its end.
    pub fn add(&mut self, view: View) {
        self.0.push(view);
        if self.0.len() > Self::MOST {
            self.0.remove(0);
        }
    }

    /// Puts another queue at its end.
    pub fn join(&mut self, other: Self) {
        other.0.into_iter().for_each(|view| self.add(view));
    }

    /// Takes the oldest.
    pub fn take(&mut self) -> Option<View> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AT: i64 = 1_631_671_200;

    fn view() -> View {
        View {
            url: "https://so.example:8443/tin/bai-viet/hop".to_owned(),
            title: "Họp \"giao ban\" & tổng kết 100%".to_owned(),
            referrer: "https://tim.example/".to_owned(),
            at: AT,
        }
    }

    fn to(name: &str, site: &str) -> Destination {
        let service = Service::named(name).expect("a service");
        Destination { service, address: "https://dem.example/thong-ke/".to_owned(), site: site.to_owned() }
    }

    #[test]
    fn each_service_is_told_of_a_view_in_its_own_form() {
        let title = "H%E1%BB%8Dp%20%22giao%20ban%22%20%26%20t%E1%BB%95ng%20k%E1%BA%BFt%20100%25";
        let rows = [
            (
                to("goatcounter", ""),
                format!("/count?p=%2Ftin%2Fbai-viet%2Fhop&t={title}&r=https%3A%2F%2Ftim.example%2F"),
                None,
            ),
            (
                to("matomo", "7"),
                format!(
                    "/matomo.php?idsite=7&rec=1&apiv=1&send_image=0\
                     &url=https%3A%2F%2Fso.example%3A8443%2Ftin%2Fbai-viet%2Fhop&action_name={title}\
                     &urlref=https%3A%2F%2Ftim.example%2F"
                ),
                None,
            ),
            (
                to("plausible", "so.example"),
                "/api/event".to_owned(),
                Some(
                    r#"{"name":"pageview","url":"https://so.example:8443/tin/bai-viet/hop","domain":"so.example","referrer":"https://tim.example/"}"#,
                ),
            ),
            (
                to("umami", "3f6c0d1e-0a4b-4c2d-9e8f-7a6b5c4d3e2f"),
                "/api/send".to_owned(),
                Some(
                    r#"{"type":"event","payload":{"website":"3f6c0d1e-0a4b-4c2d-9e8f-7a6b5c4d3e2f","hostname":"so.example","url":"/tin/bai-viet/hop","title":"Họp \"giao ban\" & tổng kết 100%","referrer":"https://tim.example/"}}"#,
                ),
            ),
        ];
        for (destination, path, body) in rows {
            let request = destination.request(&view(), AT + 1);
            assert_eq!(request.address, format!("https://dem.example/thong-ke{path}"));
            assert_eq!(request.body.as_deref(), body);
            assert_eq!(destination.host(), "dem.example");
        }
    }

    #[test]
    fn a_reader_who_came_from_nowhere_has_no_referrer() {
        let view = View { referrer: String::new(), ..view() };
        for (name, _) in Service::ALL {
            let Request { address, body } = to(name, "7").request(&view, AT);
            let told = format!("{address} {body:?}");
            assert!(!told.contains("&r=") && !told.contains("ref"), "{told}");
        }
    }

    #[test]
    fn a_matomo_is_told_when_a_late_view_was() {
        let asked = |late: i64| to("matomo", "7").request(&view(), AT + late).address;
        // Not of one that is sent at once, nor what a Matomo would refuse.
        for late in [-5, 0, 59, 23 * 3600, 30 * 86_400] {
            assert!(!asked(late).contains("cdt"), "{late}");
        }
        for late in [60, 23 * 3600 - 1] {
            assert!(asked(late).ends_with("&cdt=1631671200"), "{late}");
        }
    }

    #[test]
    fn the_oldest_views_of_a_full_queue_fall_out() {
        let mut queue = Queue::default();
        for at in 0..250 {
            queue.add(View { at, ..view() });
        }
        assert_eq!(Queue::decode(&queue.encode().expect("views")), queue);
        let times: Vec<i64> = std::iter::from_fn(|| queue.take()).map(|view| view.at).collect();
        assert_eq!(times, (150..250).collect::<Vec<_>>());
        assert_eq!((queue.is_empty(), queue.encode()), (true, None));
    }

    #[test]
    fn queues_are_joined_in_their_order() {
        let of = |times: std::ops::Range<i64>| {
            let mut queue = Queue::default();
            times.for_each(|at| queue.add(View { at, ..view() }));
            queue
        };
        let mut queue = of(0..60);
        queue.join(of(60..130));
        assert_eq!(queue, of(30..130));
    }

    #[test]
    fn what_is_no_queue_has_no_views() {
        for text in ["", "garbage", "x\ta\tb\tc", "1\ta\tb", "{}"] {
            assert!(Queue::decode(text).is_empty(), "{text}");
        }
    }

    fn views() -> impl Strategy<Value = Vec<View>> {
        let one = ("[a-z:/.%0-9-]{0,30}", "\\PC{0,30}", "[a-z:/.]{0,20}", any::<i64>());
        let view = one.prop_map(|(url, title, referrer, at)| View { url, title, referrer, at });
        proptest::collection::vec(view, 0..8)
    }

    proptest! {
        #[test]
        fn a_queue_is_read_back_as_it_was_written(views in views()) {
            let mut queue = Queue::default();
            views.into_iter().for_each(|view| queue.add(view));
            prop_assert_eq!(Queue::decode(&queue.encode().unwrap_or_default()), queue);
        }

        #[test]
        fn any_title_keeps_to_its_own_line(title in any::<String>()) {
            let mut queue = Queue::default();
            queue.add(View { title, ..view() });
            queue.add(view());
            let text = queue.encode().expect("two views");
            let mut read = Queue::decode(&text);
            prop_assert_eq!((read.take().map(|view| view.at), read.take(), read.take()), (Some(AT), Some(view()), None));
        }

        #[test]
        fn any_text_is_a_queue(text in any::<String>()) {
            let _ = Queue::decode(&text);
        }

        #[test]
        fn any_title_is_one_field(title in "\\PC{1,30}") {
            let view = View { title: title.clone(), ..view() };
            let body = to("umami", "7").request(&view, AT).body.expect("a body");
            let read: serde_json::Value = serde_json::from_str(&body).expect("JSON");
            prop_assert_eq!(read["payload"]["title"].as_str(), Some(title.as_str()));
            let address = to("goatcounter", "").request(&view, AT).address;
            let fields = address.split_once('?').map_or(0, |(_, query)| query.split('&').count());
            prop_assert_eq!(fields, 3);
            prop_assert!(address.bytes().all(|b| b.is_ascii_graphic()) && !address.contains('#'));
        }
    }
}
