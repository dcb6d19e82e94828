//! One connection: heads in, answers out, with limits in bytes and in time. What is answered is decided in
//! files.rs or by the hook.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use crate::request::{Refused, Request};
use crate::response::Response;
use crate::{Config, files};

/// The largest head: browsers send about 1 KiB, nginx takes up to 32.
const MAX_HEAD: usize = 16 * 1024;
/// How long a connection may wait for its next request. Browsers that find theirs closed open another.
const IDLE: Duration = Duration::from_secs(15);
/// How long a head may take from its first byte, and how long the peer may read nothing of an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Answers requests until either side has had enough.
pub(crate) fn serve(stream: &TcpStream, config: &Config) {
    // Head and body are two writes; without this the second may wait for the peer's delayed answer.
    let _ = stream.set_nodelay(true);
    let _ = stream.set_write_timeout(Some(PATIENCE));
    let mut unread = Vec::new();
    loop {
        let parsed = match read_head(stream, &mut unread) {
            Ok(None) | Err(_) => return,
            Ok(Some(head)) => head.and_then(|head| Request::parse(&head, &config.base)),
        };
        let request = match parsed {
            Ok(request) => request,
            Err(Refused(status, sentence)) => {
                let _ = write(stream, &Response::text(status, sentence), true, false);
                return linger(stream);
            }
        };
        let response = config
            .hook
            .as_ref()
            .and_then(|hook| hook(&request))
            .unwrap_or_else(|| files::answer(&request, &config.root(), &config.base));
        let keep_alive = request.keep_alive && !response.hang_up && response.cut.is_none();
        let sent = match response.hang_up {
            true => Ok(0),
            false => write(stream, &response, request.method != "HEAD", keep_alive),
        };
        if let Some(log) = &config.log {
            log(&request, response.status, *sent.as_ref().unwrap_or(&0));
        }
        if sent.is_err() || !keep_alive {
            return linger(stream);
        }
    }
}

/// The next head without its empty line; `None` when the peer has ended or never spoke.
fn read_head(mut stream: &TcpStream, unread: &mut Vec<u8>) -> io::Result<Option<Result<Vec<u8>, Refused>>> {
    let waits = if unread.is_empty() { IDLE } else { PATIENCE };
    let mut deadline = Instant::now() + waits;
    let mut buffer = [0; 4096];
    loop {
        if let Some(end) = unread.windows(4).position(|four| four == b"\r\n\r\n") {
            let mut head: Vec<u8> = unread.drain(..end + 4).collect();
            head.truncate(end);
            return Ok(Some(Ok(head)));
        }
        if unread.len() > MAX_HEAD {
            return Ok(Some(Err(Refused(431, "The request head is larger than 16 KiB."))));
        }
        let left = deadline.saturating_duration_since(Instant::now());
        // A timeout of zero would mean none.
        stream.set_read_timeout(Some(left.max(Duration::from_millis(1))))?;
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(None),
            Ok(count) => {
                if unread.is_empty() {
                    deadline = Instant::now() + PATIENCE;
                }
                unread.extend_from_slice(&buffer[..count]);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                let late = Refused(408, "The request head took too long.");
                return Ok((!unread.is_empty()).then_some(Err(late)));
            }
            Err(error) => return Err(error),
        }
    }
}

/// Writes an answer and returns how many bytes of its body were sent.
fn write(
    mut stream: &TcpStream,
    response: &Response,
    with_body: bool,
    keep_alive: bool,
) -> io::Result<usize> {
    let mut head = format!("HTTP/1.1 {} {}\r\n", response.status, response.reason());
    for (name, value) in &response.headers {
        // A line break in a value would begin another header.
        head.push_str(&format!("{name}: {}\r\n", value.replace(['\r', '\n'], " ")));
    }
    // A 304 has no body and must not seem to have an empty one.
    if response.status != 304 {
        head.push_str(&format!("Content-Length: {}\r\n", response.body.len()));
    }
    // The portal is embedded by pages of other hosts, also by those that isolate themselves.
    head.push_str("Access-Control-Allow-Origin: *\r\nCross-Origin-Resource-Policy: cross-origin\r\n");
    head.push_str("X-Content-Type-Options: nosniff\r\n");
    head.push_str(if keep_alive { "Connection: keep-alive\r\n\r\n" } else { "Connection: close\r\n\r\n" });
    stream.write_all(head.as_bytes())?;
    if !with_body {
        return Ok(0);
    }
    let end = response.cut.unwrap_or(usize::MAX).min(response.body.len());
    stream.write_all(&response.body[..end])?;
    Ok(end)
}

/// Closes so that the peer can still read the answer: with bytes left unread here, closing at once would
/// reset the connection under it.
fn linger(mut stream: &TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
    let mut buffer = [0; 4096];
    // At most 16 reads: a peer that goes on sending is not listened to for ever.
    for _ in 0..16 {
        if !matches!(stream.read(&mut buffer), Ok(1..)) {
            break;
        }
    }
}
