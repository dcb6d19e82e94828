//! Counting with real parts: nginx writes the log, docs/counts.sh asks GoAccess and newsroom. Both are Debian's packages;
//! `cargo xtask setup` installs them, and without them this fails.

#[expect(dead_code, reason = "shared by all suites, and this one needs less")]
mod archives;

use archive::Counts;
use archives::{fresh, text};
use std::{
    fs,
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";
const GOOGLEBOT: &str = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const CURL: &str = "curl/8.5.0";

/// No part takes a second; a machine that builds meanwhile may take long.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where Debian puts nginx, which is not on every user's PATH.
fn nginx_program() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| folder.join("nginx"))
        .find(|program| program.is_file())
        .expect("nginx is not installed: `cargo xtask setup` installs it, or apt-get install nginx")
}

/// A running nginx of our own, with all its files in one folder.
struct Server {
    program: PathBuf,
    folder: PathBuf,
    child: Child,
    port: u16,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let program = nginx_program();
        // Somebody else may take the port between our asking for a free one and nginx.
        for _ in 0..5 {
            let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
            let port = free.expect("a free port").port();
            let at = folder.display();
            // One process, in the foreground, as whoever runs the tests.
            let settings = format!(
                "daemon off; master_process off; pid {at}/nginx.pid; error_log {at}/error.log;\n\
                 events {{}}\n\
                 http {{\n\
                 access_log {at}/access.log combined;\n\
                 client_body_temp_path {at}/t1; proxy_temp_path {at}/t2; fastcgi_temp_path {at}/t3;\n\
                 uwsgi_temp_path {at}/t4; scgi_temp_path {at}/t5;\n\
                 server {{\n\
                 listen 127.0.0.1:{port};\n\
                 root {at}/site;\n\
                 location /cong/tin/ {{ try_files $uri /cong/tin/index.html; }}\n\
                 location /cong/tin/data/ {{ }}\n\
                 }} }}\n"
            );
            fs::write(folder.join("nginx.conf"), settings).expect("written");
            let mut server = Self {
                program: program.clone(),
                folder: folder.to_owned(),
                port,
                child: Self::command(&program, folder, &[]),
            };
            let began = Instant::now();
            while began.elapsed() < PATIENCE && server.child.try_wait().expect("a child").is_none() {
                // The port alone could be another's; the file of the process comes after it is taken.
                if folder.join("nginx.pid").exists() && TcpStream::connect(("127.0.0.1", port)).is_ok() {
                    return server;
                }
                std::thread::yield_now();
            }
        }
        panic!("nginx does not start: {}", fs::read_to_string(folder.join("error.log")).unwrap_or_default());
    }

    /// The zone is not in this machine's hands: nginx writes the log in that of Việt Nam.
    fn command(program: &Path, folder: &Path, more: &[&str]) -> Child {
        let settings = folder.join("nginx.conf");
        let log = folder.join("error.log");
        Command::new(program)
            .args(["-p", text(folder), "-e", text(&log), "-c", text(&settings)])
            .args(more)
            .env("TZ", "ICT-7")
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx runs")
    }

    fn get(&self, agent: &str, path: &str) -> u16 {
        self.ask("GET", agent, path)
    }

    fn ask(&self, method: &str, agent: &str, path: &str) -> u16 {
        let asked = || -> io::Result<String> {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
            stream.set_read_timeout(Some(PATIENCE))?;
            write!(
                stream,
                "{method} {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {agent}\r\nConnection: close\r\n\r\n"
            )?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            Ok(String::from_utf8_lossy(&answer).into_owned())
        };
        let answer = asked().expect("nginx answers");
        answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
    }

    /// As logrotate does it: the file is moved, and nginx told to open a new one.
    fn rotate(&self) {
        fs::rename(self.folder.join("access.log"), self.folder.join("access.log.1")).expect("moved");
        self.signal("reopen");
        until("a new access.log", || self.folder.join("access.log").exists());
    }

    fn signal(&self, what: &str) {
        let done = Self::command(&self.program, &self.folder, &["-s", what]).wait().expect("nginx runs");
        assert!(done.success(), "nginx -s {what}: {done}");
    }

    /// It ends what it does first, so the log is whole.
    fn stop(mut self) {
        self.signal("quit");
        until("the end of nginx", || self.child.try_wait().expect("a child").is_some());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::yield_now();
    }
}

fn script(folder: &Path, log: &Path) -> Output {
    let newsroom = Path::new(env!("CARGO_BIN_EXE_newsroom")).parent().expect("a folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths([newsroom].into_iter().chain(std::env::split_paths(&path))).expect("a PATH");
    Command::new("sh")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/counts.sh"))
        .env("PATH", path)
        .env("BANTIN_LOG", log)
        .env("BANTIN_OUT", folder.join("out"))
        .env("BANTIN_BASE", "/cong/tin/")
        .env("BANTIN_START", "3799249")
        .output()
        .expect("the script runs")
}

/// Runs the script and gives visitors of today, total, and views.
fn counted(folder: &Path, log: &Path) -> (u64, u64, Vec<(String, u64)>) {
    let output = script(folder, log);
    assert!(
        output.status.success(),
        "{} (is goaccess installed? `cargo xtask setup` installs it)",
        String::from_utf8_lossy(&output.stderr)
    );
    let counts =
        Counts::from_json(&fs::read(folder.join("out/counts.json")).expect("there")).expect("figures");
    let views = counts.articles.into_iter().map(|article| (article.slug.into(), article.views)).collect();
    (counts.today.visitors, counts.total, views)
}

fn date(format: &str, day: &str) -> String {
    let said = Command::new("date").args(["-d", day, format]).env("TZ", "ICT-7").env("LC_ALL", "C").output();
    String::from_utf8(said.expect("date runs").stdout).expect("ASCII").trim().to_owned()
}

fn owned(views: &[(&str, u64)]) -> Vec<(String, u64)> {
    views.iter().map(|(slug, n)| ((*slug).to_owned(), *n)).collect()
}

/// Real requests are of today, so who runs this at midnight begins once more.
fn on_one_day(walk: impl Fn()) {
    for _ in 0..2 {
        let before = date("+%F", "now");
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(&walk));
        if before == date("+%F", "now") {
            return done.unwrap_or_else(|failure| std::panic::resume_unwind(failure));
        }
    }
    panic!("it takes longer than a day");
}

fn portal(name: &str) -> PathBuf {
    let folder = fresh(name);
    for (name, content) in [
        ("index.html", "<!doctype html><title>Bản Tin</title>"),
        ("app.wasm", "wasm"),
        ("data/entry.json", "{}"),
        ("data/article/tin/1.json", "{}"),
    ] {
        archives::put(&folder, &format!("site/cong/tin/{name}"), content.as_bytes());
    }
    fs::create_dir(folder.join("out")).expect("a folder");
    folder
}

#[test]
fn visits_to_a_real_server_are_counted_exactly() {
    on_one_day(|| {
        let folder = portal("real-exact");
        let log = folder.join("access.log");
        let server = Server::start(&folder);
        // Two readers, by the address and the browser; the third only asks for files, the others are no people.
        for (agent, path, status) in [
            (CHROME, "/cong/tin/", 200),
            (CHROME, "/cong/tin/app.wasm", 200),
            (CHROME, "/cong/tin/data/entry.json", 200),
            (CHROME, "/cong/tin/data/article/tin/1.json?v=0123456789abcdef", 200),
            (CHROME, "/cong/tin/bai-viet/khai-giang", 200),
            (CHROME, "/cong/tin/bai-viet/khai-giang", 200),
            (CHROME, "/cong/tin/%FF", 200),
            (CHROME, "/cong/tin/tim-kiem?q=v1.0", 200),
            (FIREFOX, "/cong/tin/bai-viet/khai-giang?tu=thu.html", 200),
            (FIREFOX, "/cong/tin/bai-viet/hop-giao-ban/", 200),
            (FIREFOX, "/cong/tin/data/article/tin/2.json", 404),
            (FIREFOX, "/bai-viet/khai-giang", 404),
            (SAFARI, "/cong/tin/data/entry.json", 200),
            (SAFARI, "/cong/tin/wp-login.php", 200),
            (GOOGLEBOT, "/cong/tin/bai-viet/khai-giang", 200),
            (CURL, "/cong/tin/bai-viet/khai-giang", 200),
        ] {
            assert_eq!(server.get(agent, path), status, "{path}");
        }
        assert_eq!(server.ask("HEAD", FIREFOX, "/cong/tin/bai-viet/khai-giang"), 200);
        server.stop();
        let views = [("khai-giang", 3), ("hop-giao-ban", 1)];
        let expected = (2, 3_799_251, owned(&views));
        assert_eq!(counted(&folder, &log), expected);
        assert_eq!(counted(&folder, &log), expected, "the second time");

        // While it runs, the log is rotated, at whatever time of the day.
        let server = Server::start(&folder);
        server.get(FIREFOX, "/cong/tin/bai-viet/hop-giao-ban");
        server.rotate();
        server.get(SAFARI, "/cong/tin/bai-viet/khai-giang");
        server.stop();
        let expected = (3, 3_799_252, owned(&[("khai-giang", 4), ("hop-giao-ban", 2)]));
        assert_eq!(counted(&folder, &log), expected);

        // And again, so that a part of today is gone.
        fs::rename(&log, folder.join("access.log.1")).expect("moved");
        fs::write(&log, "").expect("written");
        assert_eq!(counted(&folder, &log), expected, "after the next rotation");
    });
}

#[test]
fn yesterday_is_counted_to_its_end_and_never_again() {
    on_one_day(|| {
        let folder = portal("real-yesterday");
        let (log, old) = (folder.join("access.log"), folder.join("access.log.1"));
        let server = Server::start(&folder);
        server.get(CHROME, "/cong/tin/bai-viet/khai-giang");
        server.get(FIREFOX, "/cong/tin/bai-viet/khai-giang");
        server.stop();
        let (today, yesterday) = (date("+[%d/%b/%Y:", "now"), date("+[%d/%b/%Y:", "yesterday"));
        let lines = fs::read_to_string(&log).expect("there").replace(&today, &yesterday);
        let (first, last) = lines.split_at(lines.find('\n').expect("two lines") + 1);
        // Late on that day, before its last reader.
        fs::write(&log, first).expect("written");
        assert_eq!(counted(&folder, &log), (0, 3_799_250, owned(&[("khai-giang", 1)])));
        // After midnight, the log rotated meanwhile.
        fs::write(&old, first.to_owned() + last).expect("written");
        fs::remove_file(&log).expect("removed");
        let server = Server::start(&folder);
        server.get(CHROME, "/cong/tin/bai-viet/khai-giang");
        server.get(CHROME, "/cong/tin/bai-viet/hop-giao-ban");
        server.stop();
        let expected = (1, 3_799_252, owned(&[("khai-giang", 3), ("hop-giao-ban", 1)]));
        assert_eq!(counted(&folder, &log), expected);
        assert_eq!(counted(&folder, &log), expected, "the second time");
        // What yesterday left is gone.
        fs::remove_file(&old).expect("removed");
        assert_eq!(counted(&folder, &log), expected, "without the old log");
    });
}

#[test]
fn a_log_that_is_not_there_is_no_day_without_visitors() {
    let folder = portal("real-nothing");
    let output = script(&folder, &folder.join("access.log"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("cannot be read; set BANTIN_LOG"), "{said}");
    assert!(!folder.join("out/counts.json").exists());
}
