//! A small HTTP/1.1 server of static files for localhost: `cargo xtask serve` shows the portal with it, and
//! the browser tests inject their faults through its hook.
//!
//! It behaves like the servers that a portal is put on (the nginx, Caddy and GitHub Pages of the README): the
//! same addresses, content types, caching and compressed neighbours. Deliberately not in it: TLS, ranges,
//! folder listings, uploads, HTTP/2, compressing on the fly, and anything else that is for the open internet.
//!
//! ```no_run
//! use static_server::{Config, Server};
//! let server = Server::bind("127.0.0.1:8080", Config::new("dist").base("/cong/tin/"))?;
//! println!("http://{}/cong/tin/", server.address());
//! let running = server.spawn();
//! # drop(running);
//! # Ok::<(), std::io::Error>(())
//! ```
#![forbid(unsafe_code)]

mod connection;
mod files;
mod request;
mod response;

use std::collections::HashMap;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use files::{cache_control, content_type};
pub use request::Request;
pub use response::Response;

/// Connections served at once, a thread each. Three browsers hold at most 3 × 6 to one host, and a test may
/// park some behind a gate; a connection beyond the limit waits in the kernel's queue until one ends.
const MAX_CONNECTIONS: usize = 64;

/// Answers a request before any file is looked at; `None` goes on to the files.
type Hook = Box<dyn Fn(&Request) -> Option<Response> + Send + Sync>;
/// Told of every answer: the request, the status, and the bytes of body that were sent.
type Log = Box<dyn Fn(&Request, u16, usize) + Send + Sync>;

/// What to serve and how.
pub struct Config {
    root: RwLock<PathBuf>,
    /// `/` or `/…/`.
    base: String,
    hook: Option<Hook>,
    log: Option<Log>,
}

impl Config {
    /// Serves the folder `root` at `/`. The folder need not exist yet: until then every answer is 404.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: RwLock::new(root.into()), base: "/".into(), hook: None, log: None }
    }

    /// Serves the folder below this path (`/cong/tin/`) and nothing outside it, as in a department's
    /// sub-folder. Slashes at both ends may be left out.
    #[must_use]
    pub fn base(mut self, base: &str) -> Self {
        let inner = base.trim_matches('/');
        self.base = if inner.is_empty() { "/".into() } else { format!("/{inner}/") };
        self
    }

    /// Runs before the files are looked at. It may block (a gate in a test): only its own connection waits.
    #[must_use]
    pub fn hook(mut self, hook: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static) -> Self {
        self.hook = Some(Box::new(hook));
        self
    }

    /// Called after each answer with the request, the status, and the bytes of body that were sent.
    #[must_use]
    pub fn log(mut self, log: impl Fn(&Request, u16, usize) + Send + Sync + 'static) -> Self {
        self.log = Some(Box::new(log));
        self
    }

    fn root(&self) -> PathBuf {
        self.root.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A server that has its port but answers nobody yet; who connects meanwhile waits.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    state: Arc<State>,
}

/// What the accepting thread, the connections and the owner share.
struct State {
    config: Config,
    stopping: AtomicBool,
    /// The open connections by number, so that stopping can end them.
    open: Mutex<HashMap<u64, TcpStream>>,
    one_closed: Condvar,
}

impl Server {
    /// Takes the port. Port 0 takes any free one; see [`Server::address`].
    ///
    /// # Errors
    /// What the system says; `ErrorKind::AddrInUse` when another program has the port.
    pub fn bind(address: impl ToSocketAddrs, config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let state = State {
            config,
            stopping: AtomicBool::new(false),
            open: Mutex::new(HashMap::new()),
            one_closed: Condvar::new(),
        };
        Ok(Self { listener, address, state: Arc::new(state) })
    }

    /// The address that was taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves on this thread until the process ends.
    pub fn run(self) -> ! {
        loop {
            accept(&self.listener, &self.state);
        }
    }

    /// Serves in the background until the returned handle is dropped.
    pub fn spawn(self) -> Running {
        let (address, state) = (self.address, Arc::clone(&self.state));
        let accepting = thread::spawn(move || accept(&self.listener, &self.state));
        Running { address, state, accepting: Some(accepting) }
    }
}

/// A server at work. Dropping it frees the port and cuts the open connections.
pub struct Running {
    address: SocketAddr,
    state: Arc<State>,
    accepting: Option<JoinHandle<()>>,
}

impl Running {
    /// The address that was taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the folder is found: `http://127.0.0.1:8080/cong/tin/`.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.state.config.base)
    }

    /// From the next request on, serves another folder.
    pub fn serve_from(&self, root: &Path) {
        *self.state.config.root.write().unwrap_or_else(PoisonError::into_inner) = root.into();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.state.stopping.store(true, Ordering::SeqCst);
        for stream in self.state.lock_open().values() {
            // A connection that is gone already is what we want.
            let _ = stream.shutdown(Shutdown::Both);
        }
        self.state.one_closed.notify_all();
        // `accept` wakes up only for a connection. A server bound to 0.0.0.0 is reached at its own host.
        let mut own = self.address;
        if own.ip().is_unspecified() {
            own.set_ip(if own.is_ipv4() { [127, 0, 0, 1].into() } else { [0, 0, 0, 0, 0, 0, 0, 1].into() });
        }
        // When it does not wake up, a stuck thread is better than a stuck owner. A thread that a hook holds
        // is not waited for either: it ends when the hook does.
        if TcpStream::connect_timeout(&own, Duration::from_secs(1)).is_ok()
            && let Some(accepting) = self.accepting.take()
        {
            let _ = accepting.join();
        }
    }
}

impl State {
    fn lock_open(&self) -> MutexGuard<'_, HashMap<u64, TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes connections until the server stops.
fn accept(listener: &TcpListener, state: &Arc<State>) {
    for number in 0.. {
        let open = state.lock_open();
        let full = |open: &mut HashMap<_, _>| {
            open.len() >= MAX_CONNECTIONS && !state.stopping.load(Ordering::SeqCst)
        };
        drop(state.one_closed.wait_while(open, full));
        let accepted = listener.accept();
        if state.stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok((stream, _)) = accepted else {
            // Out of file handles, or the peer has gone again. Waiting keeps a lasting cause from spinning.
            thread::sleep(Duration::from_millis(20));
            continue;
        };
        let Ok(handle) = stream.try_clone() else { continue };
        state.lock_open().insert(number, handle);
        let place = Place { state: Arc::clone(state), number };
        // Without a thread the closure is dropped, and with it the connection and its place.
        let _ = thread::Builder::new()
            .name(format!("connection {number}"))
            .spawn(move || connection::serve(&stream, &place.state.config));
    }
}

/// A connection's place among [`MAX_CONNECTIONS`], given back even when a hook panics.
struct Place {
    state: Arc<State>,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(stream) = self.state.lock_open().remove(&self.number) {
            // The clone in the table would keep the connection open.
            let _ = stream.shutdown(Shutdown::Both);
        }
        self.state.one_closed.notify_all();
    }
}
