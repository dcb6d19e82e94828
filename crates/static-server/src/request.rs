//! One request, from the bytes of its head to a decoded path. Strict: what is not clearly a request for a
//! file is refused here, before any file name is made of it. Not in it: bodies (a file server has no use for
//! them) and reading from the network.

/// A request as the hook and the log see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `HEAD`, …
    pub method: String,
    /// The decoded path, `/cong/tin/bai-viet/khai-giảng`.
    pub path: String,
    /// The decoded path below the base without a slash in front, `bai-viet/khai-giảng`; `None` outside of it.
    pub local: Option<String>,
    /// What follows `?`, as it came.
    pub query: Option<String>,
    /// Names in lower case, in the order they came.
    pub headers: Vec<(String, String)>,
    /// Whether the connection stays open afterwards.
    pub(crate) keep_alive: bool,
}

/// Why a head is no request: the status and the sentence to answer with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refused(pub(crate) u16, pub(crate) &'static str);

impl Request {
    /// The first header of this name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Whether the app answers this address: `index.html` is the answer, whatever the path says. So it is when
    /// a browser goes to a page (it asks for `text/html`, which `fetch` does not) and the last part of the
    /// path has no extension.
    pub fn wants_page(&self) -> bool {
        let Some(local) = self.local.as_deref() else { return false };
        if local.is_empty() || local == "index.html" {
            return true;
        }
        let last = local.rsplit('/').next().unwrap_or_default();
        !last.contains('.')
            && self.header("accept").is_some_and(|accept| accept.to_ascii_lowercase().contains("text/html"))
    }

    /// Reads a head without its last empty line.
    pub(crate) fn parse(head: &[u8], base: &str) -> Result<Self, Refused> {
        let head = std::str::from_utf8(head).map_err(|_| Refused(400, "The request head is not UTF-8."))?;
        let mut lines = head.split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(target), Some(version), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(Refused(400, "The request line is not `METHOD /path HTTP/1.1`."));
        };
        let newer = match version {
            "HTTP/1.1" => true,
            "HTTP/1.0" => false,
            _ => return Err(Refused(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here.")),
        };
        let mut headers = Vec::new();
        for line in lines {
            // A name with a space around it, or a line that continues another, is how requests are smuggled.
            let (name, value) = line
                .split_once(':')
                .filter(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic()))
                .ok_or(Refused(400, "A header line is not `Name: value`."))?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (target, None),
        };
        let path = decode_path(path)?;
        let local = path.strip_prefix(base).map(str::to_owned);
        let mut request = Self { method: method.into(), path, local, query, headers, keep_alive: newer };
        if newer && request.header("host").is_none() {
            return Err(Refused(400, "HTTP/1.1 asks for a Host header."));
        }
        if request.header("transfer-encoding").is_some()
            || request.header("content-length").is_some_and(|length| length != "0")
        {
            return Err(Refused(413, "A request for a file has no body."));
        }
        if let Some(connection) = request.header("connection").map(str::to_ascii_lowercase) {
            request.keep_alive =
                (newer || connection.contains("keep-alive")) && !connection.contains("close");
        }
        Ok(request)
    }
}

/// Decodes `%xx` in each part of an absolute path, and refuses every part that could leave a folder or mean
/// another than it seems to: `..`, `.`, and slashes, backslashes or control characters that were hidden.
fn decode_path(path: &str) -> Result<String, Refused> {
    let Some(inner) = path.strip_prefix('/') else {
        return Err(Refused(400, "The path does not begin with a slash."));
    };
    let mut decoded = String::with_capacity(path.len());
    for part in inner.split('/') {
        let part = decode(part).ok_or(Refused(400, "The path has a wrong % escape or is not UTF-8."))?;
        if part == ".." || part == "." || part.contains(['/', '\\']) || part.contains(char::is_control) {
            return Err(Refused(400, "The path has a part that is no file name."));
        }
        decoded.push('/');
        decoded.push_str(&part);
    }
    Ok(decoded)
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_survives_encoding_and_decoding() {
        for path in ["/", "/a", "/bai-viet/khai-giảng", "/a b/c%d/e?f#g", "/đ/ộ/", "/...", "/.well-known/x"]
        {
            let encoded: String =
                path.bytes().map(|b| if b == b'/' { "/".into() } else { format!("%{b:02X}") }).collect();
            assert_eq!(decode_path(&encoded).as_deref(), Ok(path), "{encoded}");
            assert_eq!(decode_path(&encoded.to_lowercase()).as_deref(), Ok(path), "{encoded}");
        }
    }

    #[test]
    fn no_spelling_of_a_way_out_is_decoded() {
        for dots in ["..", "%2e%2e", ".%2E", "."] {
            for path in
                [format!("/{dots}"), format!("/{dots}/x"), format!("/x/{dots}"), format!("/x/{dots}/y")]
            {
                assert!(decode_path(&path).is_err(), "{path}");
            }
        }
        for path in ["", "x", "/a%2Fb", "/a%5cb", "/a\\b", "/%00", "/a%0d%0ab", "/%", "/%4", "/%zz", "/%ff"] {
            assert!(decode_path(path).is_err(), "{path}");
        }
    }

    #[test]
    fn a_head_with_room_for_smuggling_is_refused() {
        let status = |head: &str| Request::parse(head.as_bytes(), "/").map_err(|refused| refused.0).err();
        assert_eq!(status("GET / HTTP/1.1\r\nHost: x"), None);
        assert_eq!(status("GET / HTTP/1.0"), None);
        assert_eq!(status("GET / HTTP/1.1"), Some(400));
        assert_eq!(status("GET  / HTTP/1.1\r\nHost: x"), Some(400));
        assert_eq!(status("GET / HTTP/2\r\nHost: x"), Some(505));
        assert_eq!(status("GET / HTTP/1.1\r\nHost : x"), Some(400));
        assert_eq!(status("GET / HTTP/1.1\r\nHost: x\r\n folded"), Some(400));
        assert_eq!(status("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3"), Some(413));
        assert_eq!(status("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked"), Some(413));
        assert_eq!(status("GET http://x/ HTTP/1.1\r\nHost: x"), Some(400));
        assert_eq!(status("GET *"), Some(400));
    }
}
