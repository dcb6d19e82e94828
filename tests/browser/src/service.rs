//! Another server beside the portal, which hears what browsers send and keeps it: a statistics service, as far as a
//! journey needs one.
//!
//! Not here: what is right. The static server cannot do it, because it refuses requests with a body.

use crate::portal::{PATIENCE, decoded, is_new, lock};
use anyhow::{Context, Result, bail};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// One request, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// `POST`, or `OPTIONS` where a browser asks first.
    pub method: String,
    /// Without the query.
    pub path: String,
    /// Names and values, decoded.
    pub query: Vec<(String, String)>,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The text after the headers.
    pub body: String,
}

impl Heard {
    /// The first header of this name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The value of this name in the query.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// A service at work. Dropping it is the service going away.
pub struct Service {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
    stopping: Arc<AtomicBool>,
}

impl Service {
    /// Begins to listen, on a port that nobody has had before.
    ///
    /// # Errors
    /// When there is no port.
    pub fn start() -> Result<Self> {
        // Held until a new one is found, so that the system does not offer the same again.
        let mut refused = Vec::new();
        let listener = loop {
            let listener = TcpListener::bind("127.0.0.1:0")?;
            if is_new(listener.local_addr()?.port()) {
                break listener;
            }
            refused.push(listener);
        };
        let service =
            Self { address: listener.local_addr()?, heard: Arc::default(), stopping: Arc::default() };
        let (heard, stopping) = (service.heard.clone(), service.stopping.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopping.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), heard) = (stream, heard.clone()) else { continue };
                // A connection that a browser opens in advance must not hold up the others.
                thread::spawn(move || answer(&stream, &heard));
            }
        });
        Ok(service)
    }

    /// Where it is: `http://127.0.0.1:8080`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its host with the port, as readers are told.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// All that was heard so far.
    pub fn heard(&self) -> Vec<Heard> {
        lock(&self.heard).clone()
    }

    /// Waits until this many requests have come, and gives them all.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn until_heard(&self, count: usize) -> Result<Vec<Heard>> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let heard = self.heard();
            if heard.len() >= count {
                return Ok(heard);
            }
            if Instant::now() > deadline {
                bail!("the service has heard {} requests and not {count}: {heard:?}", heard.len());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // `incoming` wakes up only for a connection.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
    }
}

/// Hears one request and answers as an Umami does: to anybody, but not to those who bring cookies.
fn answer(stream: &TcpStream, heard: &Mutex<Vec<Heard>>) {
    let Ok(request) = hear(stream) else { return };
    lock(heard).push(request);
    let answer = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *\r\n\
                  Content-Length: 0\r\nConnection: close\r\n\r\n";
    let _ = (&mut &*stream).write_all(answer.as_bytes());
}

fn hear(stream: &TcpStream) -> Result<Heard> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).map(|_| line.trim_end().to_owned())
    };
    let first = line()?;
    let (method, rest) = first.split_once(' ').context("no request")?;
    let target = rest.split(' ').next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = Vec::new();
    loop {
        let line = line()?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    let mut request = Heard {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.split('&').filter(|part| !part.is_empty()).map(pair).collect(),
        headers,
        body: String::new(),
    };
    let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    request.body = String::from_utf8(body)?;
    Ok(request)
}
