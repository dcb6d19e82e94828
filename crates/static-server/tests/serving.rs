//! The server over real connections: laws of caching and of refusing first, then the cases that the portal
//! and its browser tests live on. Parsing of heads alone is tested in request.rs.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use static_server::{Config, Response, Running, Server, cache_control, content_type};

/// A folder of its own for each test, removed at the end.
struct Site(PathBuf);

impl Site {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let site = std::env::temp_dir().join(format!("static-server-{}-{number}", std::process::id()));
        let root = site.join("root");
        fs::create_dir_all(root.join("data")).expect("a folder");
        fs::create_dir_all(root.join("in")).expect("a folder");
        fs::create_dir_all(root.join("nhung")).expect("a folder");
        for (name, text) in [
            ("root/index.html", "<title>app</title>"),
            ("root/in/index.html", "<title>inner</title>"),
            ("root/nhung/index.html", "<title>framed</title>"),
            ("root/data/entry.json", "{}"),
            ("root/data/feed-0123456789abcdef.json", "[1,2,3]"),
            ("root/khai giảng.txt", "xin chào"),
            ("root/app.js", "plain"),
            ("root/app.js.br", "br"),
            ("root/app.js.gz", "gzip"),
            ("secret.txt", "secret"),
        ] {
            fs::write(site.join(name), text).expect("a file");
        }
        std::os::unix::fs::symlink("../secret.txt", root.join("out.txt")).expect("a link");
        std::os::unix::fs::symlink("app.js", root.join("same.js")).expect("a link");
        Self(site)
    }

    fn config(&self) -> Config {
        Config::new(self.0.join("root"))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn start(config: Config) -> Running {
    Server::bind("127.0.0.1:0", config).expect("a free port").spawn()
}

/// An answer as it came.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn body(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }
}

/// Sends these bytes and reads until the server closes.
fn raw(server: &Running, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    stream.write_all(bytes).expect("sent");
    let mut all = Vec::new();
    stream.read_to_end(&mut all).expect("read to the end");
    all
}

fn ask(server: &Running, request: &str, headers: &str) -> Answer {
    let all = raw(
        server,
        format!("{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n").as_bytes(),
    );
    let end = all.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(all[..end].to_vec()).expect("UTF-8");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, head, body: all[end + 4..].to_vec() }
}

const PAGE: &str = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";

#[test]
fn what_was_read_once_is_not_sent_again() {
    let site = Site::new();
    let server = start(site.config());
    for path in ["/", "/index.html", "/data/entry.json", "/app.js", "/khai%20gi%E1%BA%A3ng.txt"] {
        for accepted in ["", "Accept-Encoding: gzip\r\n", "Accept-Encoding: gzip, br\r\n"] {
            let first = ask(&server, &format!("GET {path}"), accepted);
            let tag = first.header("ETag").expect("a tag").to_owned();
            assert_eq!((first.status, tag.starts_with('"')), (200, true), "{path}");
            for sent in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".into()] {
                let again =
                    ask(&server, &format!("GET {path}"), &format!("{accepted}If-None-Match: {sent}\r\n"));
                assert_eq!((again.status, again.body()), (304, ""), "{path} {sent}");
                assert_eq!(again.header("ETag"), Some(&*tag));
                assert_eq!(again.header("Content-Length"), None);
            }
            let other =
                ask(&server, &format!("GET {path}"), &format!("{accepted}If-None-Match: \"other\"\r\n"));
            assert_eq!((other.status, other.body), (200, first.body), "{path}");
        }
    }
}

#[test]
fn a_changed_file_has_another_tag() {
    let site = Site::new();
    let server = start(site.config());
    let before = ask(&server, "GET /data/entry.json", "");
    fs::write(site.0.join("root/data/entry.json"), "[]").expect("a file");
    let headers = format!("If-None-Match: {}\r\n", before.header("ETag").expect("a tag"));
    let after = ask(&server, "GET /data/entry.json", &headers);
    assert_eq!((after.status, after.body()), (200, "[]"));
}

#[test]
fn nothing_outside_the_folder_is_ever_read() {
    let site = Site::new();
    let server = start(site.config().base("/b/"));
    let absolute = site.0.join("secret.txt");
    let absolute = absolute.to_str().expect("UTF-8");
    for way in [
        "/b/../secret.txt",
        "/b/%2e%2e/secret.txt",
        "/b/..%2fsecret.txt",
        "/b/..%5csecret.txt",
        "/b/in/../../secret.txt",
        "/b/out.txt",
        &format!("/b/{absolute}"),
        &format!("/b//{absolute}"),
        &format!("/b/{}", absolute.replace('/', "%2F")),
        &format!("http://x/b{absolute}"),
        absolute,
    ] {
        let answer = ask(&server, &format!("GET {way}"), "");
        assert!(matches!(answer.status, 400 | 404), "{way}: {}", answer.head);
        assert!(!answer.body().contains("secret\n") && answer.body() != "secret", "{way}");
    }
    assert_eq!(ask(&server, "GET /b/same.js", "").body(), "plain", "a link inside the folder is followed");
}

#[test]
fn a_head_request_is_answered_as_get_without_the_body() {
    let site = Site::new();
    let server = start(site.config());
    for path in ["/", "/app.js", "/none.js"] {
        let get = ask(&server, &format!("GET {path}"), "");
        let head = ask(&server, &format!("HEAD {path}"), "");
        assert_eq!(head.head, get.head, "{path}");
        assert_eq!(head.body(), "");
    }
    let post = ask(&server, "POST /app.js", "");
    assert_eq!((post.status, post.header("Allow")), (405, Some("GET, HEAD")));
}

#[test]
fn a_page_address_is_answered_by_the_app_and_a_missing_file_is_not() {
    let site = Site::new();
    let server = start(site.config());
    for (path, accept, status, body) in [
        ("/", "", 200, "<title>app</title>"),
        ("/bai-viet/khai-giang", PAGE, 200, "<title>app</title>"),
        ("/tim-kiem?q=gi%C3%A1o+d%E1%BB%A5c", PAGE, 200, "<title>app</title>"),
        ("/chuyen-muc/", PAGE, 200, "<title>app</title>"),
        ("/in", PAGE, 200, "<title>inner</title>"),
        ("/in/", "", 200, "<title>inner</title>"),
        ("/bai-viet/khai-giang", "Accept: */*\r\n", 404, "There is no file /bai-viet/khai-giang\n"),
        ("/bai-viet/khai-giang", "", 404, "There is no file /bai-viet/khai-giang\n"),
        ("/none.json", PAGE, 404, "There is no file /none.json\n"),
        ("/app.js/", "", 404, "There is no file /app.js/\n"),
        ("//app.js", "", 404, "There is no file //app.js\n"),
    ] {
        let answer = ask(&server, &format!("GET {path}"), accept);
        assert_eq!((answer.status, answer.body()), (status, body), "{path}");
    }
}

#[test]
fn a_sub_folder_has_one_address_and_neighbours_are_not_it() {
    let site = Site::new();
    for spelling in ["/cong/tin/", "cong/tin", "/cong/tin"] {
        let server = start(site.config().base(spelling));
        assert!(server.url().ends_with("/cong/tin/"));
        assert_eq!(ask(&server, "GET /cong/tin/", PAGE).body(), "<title>app</title>");
        assert_eq!(ask(&server, "GET /cong/tin/bai-viet/x", PAGE).body(), "<title>app</title>");
        assert_eq!(ask(&server, "GET /cong/tin/data/entry.json", "").body(), "{}");
        let bare = ask(&server, "GET /cong/tin?a=b", PAGE);
        assert_eq!((bare.status, bare.header("Location")), (307, Some("/cong/tin/?a=b")));
        for outside in ["/", "/cong", "/cong/", "/cong/tinh", "/cong/tinh/", "/data/entry.json"] {
            assert_eq!(ask(&server, &format!("GET {outside}"), PAGE).status, 404, "{outside}");
        }
    }
}

#[test]
fn the_best_accepted_coding_is_sent() {
    let site = Site::new();
    let server = start(site.config());
    for (accepted, body, coding) in [
        ("", "plain", None),
        ("Accept-Encoding: identity\r\n", "plain", None),
        ("Accept-Encoding: gzip, deflate, br, zstd\r\n", "br", Some("br")),
        ("Accept-Encoding: gzip;q=1.0, br;q=0\r\n", "gzip", Some("gzip")),
        ("Accept-Encoding: BR; q=0.1\r\n", "br", Some("br")),
        ("Accept-Encoding: gzip;q=0.0\r\n", "plain", None),
    ] {
        let answer = ask(&server, "GET /app.js", accepted);
        assert_eq!((answer.body(), answer.header("Content-Encoding")), (body, coding), "{accepted}");
        assert_eq!(answer.header("Vary"), Some("Accept-Encoding"));
        assert_eq!(answer.header("Content-Type"), Some("text/javascript; charset=utf-8"));
    }
    let alone = ask(&server, "GET /index.html", "Accept-Encoding: br\r\n");
    assert_eq!((alone.header("Content-Encoding"), alone.header("Vary")), (None, None));
}

#[test]
fn only_a_name_with_a_hash_is_kept_for_long() {
    for name in [
        "bantin-0123456789abcdef_bg.wasm",
        "bantin-0123456789abcdef.js",
        "a-d993dd1cf228b3f.css",
        "data/feed-0123456789abcdef.json.br",
        "data/feed/0123456789abcdef.json",
        "data/media/0123456789abcdef/Ke_hoach-1.pdf",
    ] {
        assert_eq!(cache_control(name), "public, max-age=31536000, immutable", "{name}");
    }
    for name in [
        "index.html",
        "404.html",
        "entry.json",
        "sw.js",
        "boot.js",
        "embed_bg.wasm",
        "khai-giang-nam-hoc-2021.json",
        "media/2021/09/11/x.webp",
        "x-0123456789ABCDEF.js",
        "x-20210911102100.js",
        "x-0123456789abcdef0.js",
    ] {
        assert_eq!(cache_control(name), "no-cache", "{name}");
    }
    assert_eq!(content_type("A.WASM"), "application/wasm");
    assert_eq!(content_type("calendar.ics"), "text/calendar; charset=utf-8");
    assert_eq!(content_type("no-extension"), "application/octet-stream");
}

#[test]
fn other_hosts_may_read_every_answer() {
    let site = Site::new();
    let server = start(site.config());
    for path in ["/", "/data/entry.json", "/none"] {
        let answer = ask(&server, &format!("GET {path}"), "");
        assert_eq!(answer.header("Access-Control-Allow-Origin"), Some("*"));
        assert_eq!(answer.header("Cross-Origin-Resource-Policy"), Some("cross-origin"));
    }
}

#[test]
fn a_page_that_isolates_itself_may_frame_what_is_for_frames_alone() {
    let site = Site::new();
    let server = start(site.config());
    for path in ["/nhung", "/nhung/", "/nhung/?layout=cards", "/nhung/index.html"] {
        let answer = ask(&server, &format!("GET {path}"), PAGE);
        assert_eq!(answer.body(), "<title>framed</title>", "{path}");
        assert_eq!(answer.header("Cross-Origin-Embedder-Policy"), Some("require-corp"), "{path}");
        assert_eq!(answer.header("X-Frame-Options"), None, "{path}");
    }
    // The portal itself shows pictures from elsewhere.
    for path in ["/", "/in/", "/nhungkhac"] {
        let answer = ask(&server, &format!("GET {path}"), PAGE);
        assert_eq!(answer.header("Cross-Origin-Embedder-Policy"), None, "{path}");
    }
}

#[test]
fn the_hook_answers_before_the_files() {
    let site = Site::new();
    let (open_gate, gate) = mpsc::channel::<()>();
    let gate = Mutex::new(gate);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let config = site
        .config()
        .base("/b/")
        .hook(move |request| match request.local.as_deref()? {
            "data/broken.json" => Some(Response::new(200, "application/json", "{\"a\":")),
            "data/fault.json" => Some(Response::text(500, "on purpose").header("Retry-After", "1")),
            "data/cut.json" => Some(Response::new(200, "application/json", "0123456789").cut_after(4)),
            "data/gone.json" => Some(Response::hang_up()),
            "data/slow.json" => {
                gate.lock().expect("the gate").recv().expect("opened");
                None
            }
            _ => request.wants_page().then(|| Response::html("<title>rewritten</title>")),
        })
        .log(move |request, status, sent| {
            log.lock().expect("the log").push((request.path.clone(), status, sent));
        });
    let server = start(config);
    assert_eq!(ask(&server, "GET /b/data/broken.json", "").body(), "{\"a\":");
    let fault = ask(&server, "GET /b/data/fault.json", "");
    assert_eq!((fault.status, fault.header("Retry-After")), (500, Some("1")));
    let cut = ask(&server, "GET /b/data/cut.json", "");
    assert_eq!((cut.header("Content-Length"), cut.body()), (Some("10"), "0123"));
    assert_eq!(raw(&server, b"GET /b/data/gone.json HTTP/1.1\r\nHost: x\r\n\r\n"), b"");
    assert_eq!(ask(&server, "GET /b/bai-viet/x", PAGE).body(), "<title>rewritten</title>");
    assert_eq!(ask(&server, "GET /b/", "").body(), "<title>rewritten</title>");
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| ask(&server, "GET /b/data/slow.json", "").status);
        assert_eq!(ask(&server, "GET /b/data/entry.json", "").body(), "{}", "others do not wait at the gate");
        open_gate.send(()).expect("somebody waits");
        assert_eq!(slow.join().expect("an answer"), 404);
    });
    // A connection is closed after it has been logged, so that all seven are there.
    let seen = seen.lock().expect("the log").clone();
    assert!(seen.contains(&("/b/data/cut.json".into(), 200, 4)), "{seen:?}");
    assert!(seen.contains(&("/b/data/fault.json".into(), 500, 11)), "{seen:?}");
    assert!(seen.contains(&("/b/data/entry.json".into(), 200, 2)), "{seen:?}");
}

#[test]
fn one_connection_carries_many_requests() {
    let site = Site::new();
    let server = start(site.config());
    let pipelined = "GET /app.js HTTP/1.1\r\nHost: x\r\n\r\nHEAD /app.js HTTP/1.1\r\nHost: x\r\n\r\n\
                     GET /data/entry.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let all = String::from_utf8(raw(&server, pipelined.as_bytes())).expect("UTF-8");
    assert_eq!(all.matches("HTTP/1.1 200 OK\r\n").count(), 3, "{all}");
    assert!(all.contains("\r\n\r\nplainHTTP/1.1") && all.ends_with("\r\n\r\n{}"), "{all}");
    let old = String::from_utf8(raw(&server, b"GET /app.js HTTP/1.0\r\n\r\n")).expect("UTF-8");
    assert!(old.contains("Connection: close\r\n") && old.ends_with("plain"), "{old}");
}

#[test]
fn a_bad_head_gets_a_sentence_and_the_connection_ends() {
    let site = Site::new();
    let server = start(site.config());
    for (head, status) in [
        ("nonsense\r\n\r\n".to_owned(), "400"),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "400"),
        ("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(), "400"),
        ("GET / HTTP/3\r\nHost: x\r\n\r\n".to_owned(), "505"),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello".to_owned(), "413"),
        (format!("GET / HTTP/1.1\r\nHost: x\r\nA: {}\r\n\r\n", "a".repeat(40_000)), "431"),
    ] {
        let answer = String::from_utf8(raw(&server, head.as_bytes())).expect("UTF-8");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert!(answer.contains("Connection: close"), "{answer}");
    }
}

#[test]
fn more_connections_than_places_are_all_served() {
    let site = Site::new();
    let server = start(site.config());
    // Connections that say nothing keep their places until they are closed.
    let mut idle: Vec<_> =
        (0..60).map(|_| TcpStream::connect(server.address()).expect("a connection")).collect();
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..40).map(|_| scope.spawn(|| ask(&server, "GET /app.js", "").status)).collect();
        idle.clear();
        for one in all {
            assert_eq!(one.join().expect("an answer"), 200);
        }
    });
}

#[test]
fn a_stopped_server_frees_its_port_and_ends_its_connections() {
    let site = Site::new();
    let server = start(site.config());
    let address = server.address();
    let mut idle = TcpStream::connect(address).expect("a connection");
    idle.write_all(b"GET /app.js HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
    let mut first = [0; 12];
    idle.read_exact(&mut first).expect("an answer");
    drop(server);
    let mut rest = Vec::new();
    // Ended or reset, but not waiting.
    let _ = idle.read_to_end(&mut rest);
    assert!(Server::bind(address, site.config()).is_ok());
}

#[test]
fn another_folder_is_served_from_the_next_request_on() {
    let site = Site::new();
    let server = start(Config::new(site.0.join("not there yet")));
    assert_eq!(ask(&server, "GET /", PAGE).status, 404);
    server.serve_from(&site.0.join("root"));
    assert_eq!(ask(&server, "GET /", PAGE).body(), "<title>app</title>");
}

#[test]
fn a_hook_that_panics_takes_only_its_connection_along() {
    let site = Site::new();
    let server = start(site.config().hook(|request| {
        assert_ne!(request.path, "/panic", "on purpose");
        None
    }));
    assert_eq!(raw(&server, b"GET /panic HTTP/1.1\r\nHost: x\r\n\r\n"), b"");
    assert_eq!(ask(&server, "GET /app.js", "").status, 200);
}
