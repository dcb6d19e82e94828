//! One answer, with the ways to make it go wrong that the browser tests ask for. Not in it: which answer a
//! request gets (files.rs) and writing it (connection.rs).

/// An answer. Its `Content-Length`, the CORS headers and `nosniff` are added when it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// How many bytes of the body are really sent before the connection is cut.
    pub(crate) cut: Option<usize>,
    /// Close the connection without any answer.
    pub(crate) hang_up: bool,
}

impl Response {
    /// An answer that browsers never store.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type", content_type.into()), ("Cache-Control", "no-store".into())];
        Self { status, headers, body: body.into(), cut: None, hang_up: false }
    }

    /// A sentence.
    pub fn text(status: u16, sentence: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{sentence}\n"))
    }

    /// A page, as a rewritten `index.html`.
    pub fn html(page: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "text/html; charset=utf-8", page)
    }

    /// Sets a header, in place of one of the same name.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        self.headers.push((name, value.into()));
        self
    }

    /// Declares the whole body but sends only its first bytes and then cuts the connection, as a lost
    /// network does.
    #[must_use]
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.cut = Some(bytes);
        self
    }

    /// No answer at all: the connection is closed, which a browser reports as a network error.
    pub fn hang_up() -> Self {
        Self { hang_up: true, ..Self::new(502, "text/plain", "") }
    }

    /// The status of the answer.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The name of the status, which HTTP/1.1 wants but nobody reads.
    pub(crate) fn reason(&self) -> &'static str {
        match self.status {
            200 => "OK",
            204 => "No Content",
            304 => "Not Modified",
            307 => "Temporary Redirect",
            400 => "Bad Request",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            408 => "Request Timeout",
            413 => "Content Too Large",
            431 => "Request Header Fields Too Large",
            500 => "Internal Server Error",
            503 => "Service Unavailable",
            505 => "HTTP Version Not Supported",
            _ => "Other",
        }
    }
}
