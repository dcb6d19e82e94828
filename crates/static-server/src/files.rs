//! Which file answers a request, and with which headers. Nothing here knows of connections.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::request::Request;
use crate::response::Response;

/// Answers from the folder `root`, which appears at `base`.
pub(crate) fn answer(request: &Request, root: &Path, base: &str) -> Response {
    if request.method != "GET" && request.method != "HEAD" {
        return Response::text(405, "Files can only be read.").header("Allow", "GET, HEAD");
    }
    let Some(local) = &request.local else {
        if request.path == base.trim_end_matches('/') {
            let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
            // Temporary, because browsers keep a permanent one for as long as they live, and the next folder
            // that is served on this port may lie elsewhere.
            return Response::text(307, "The folder has a slash at its end.")
                .header("Location", format!("{base}{query}"));
        }
        return Response::text(404, &format!("Nothing is served outside {base}"));
    };
    // Without links, so that it can be compared with what a file's name leads to.
    let Ok(root) = root.canonicalize() else { return Response::text(404, "The folder is not there (yet).") };
    let root = root.as_path();
    // As `try_files $uri $uri/index.html /index.html` does in nginx.
    find(root, local)
        .or_else(|| find(root, &format!("{}/index.html", local.strip_suffix('/').unwrap_or(local))))
        .or_else(|| request.wants_page().then(|| find(root, "index.html")).flatten())
        .map_or_else(
            || Response::text(404, &format!("There is no file {}", request.path)),
            |file| send(request, root, &file),
        )
}

/// The file of this name, unless a link leads to it from outside `root`.
fn find(root: &Path, local: &str) -> Option<PathBuf> {
    // An empty part in front would be the root of the file system, in the middle a second address of one file,
    // and at the end it means a folder.
    if local.split('/').any(str::is_empty) {
        return None;
    }
    let file = root.join(local).canonicalize().ok()?;
    (file.starts_with(root) && file.is_file()).then_some(file)
}

fn send(request: &Request, root: &Path, file: &Path) -> Response {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let path = file.strip_prefix(root).ok().and_then(Path::to_str).unwrap_or(name);
    let accepted = request.header("accept-encoding").unwrap_or_default();
    let mut chosen = (file.to_path_buf(), None);
    let mut varies = false;
    // Smallest first; the publisher makes and renews these neighbours.
    for (coding, extension) in [("br", "br"), ("gzip", "gz")] {
        let neighbour = file.with_file_name(format!("{name}.{extension}"));
        if neighbour.is_file() && !neighbour.is_symlink() {
            varies = true;
            if chosen.1.is_none() && accepts(accepted, coding) {
                chosen = (neighbour, Some(coding));
            }
        }
    }
    let body = match fs::read(&chosen.0) {
        Ok(body) => body,
        Err(error) => return Response::text(500, &format!("{name} cannot be read: {error}")),
    };
    // Over the bytes that are sent, so that each coding has its own, as a strong one must.
    let mut hasher = DefaultHasher::new();
    hasher.write(&body);
    let tag = format!("\"{:016x}-{:x}\"", hasher.finish(), body.len());
    let fresh = request.header("if-none-match").is_some_and(|tags| {
        tags.trim() == "*" || tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
    });
    let (status, body) = if fresh { (304, Vec::new()) } else { (200, body) };
    let mut response = Response::new(status, content_type(name), body)
        .header("Cache-Control", cache_control(path))
        .header("ETag", tag);
    // A page that isolates itself frames only what says the same of itself.
    if path.starts_with("nhung/") {
        response = response.header("Cross-Origin-Embedder-Policy", "require-corp");
    }
    if varies {
        response = response.header("Vary", "Accept-Encoding");
    }
    if let Some(coding) = chosen.1 {
        response = response.header("Content-Encoding", coding);
    }
    response
}

/// Whether an `Accept-Encoding` header names this coding and does not give it the weight 0.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding))
            && !parts.any(|weight| {
                weight.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0))
            })
    })
}

/// How long a browser may keep the file at this path: a year when the path carries a hash of what is in it
/// (`bantin-<hash>.js` by Trunk, `feed/<hash>.json` and `media/<hash>/….pdf` by newsroom), else it asks each
/// time and mostly gets a 304.
pub fn cache_control(path: &str) -> &'static str {
    let hashed = path.split('/').any(|part| {
        let stem = part.split('.').next().unwrap_or_default();
        // wasm-bindgen puts its own mark behind Trunk's hash: `bantin-0123456789abcdef_bg.wasm`.
        let stem = stem.strip_suffix("_bg").unwrap_or(stem);
        let hash = stem.rsplit_once('-').map_or(stem, |(_, hash)| hash);
        // 64 bits in hexadecimal. Trunk leaves out leading zeros, so that one name in 16 is a digit shorter;
        // one in 256 is shorter still and merely asked for again, which is better than taking a date and time
        // at the end of a name for a hash.
        matches!(hash.len(), 15 | 16) && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    });
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// The content type of a file by the extension of its name.
pub fn content_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref().unwrap_or_default() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        // Browsers compile while it loads only with exactly this.
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "rss" => "application/rss+xml",
        "atom" => "application/atom+xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "rar" => "application/vnd.rar",
        "doc" => "application/msword",
        "xls" => "application/vnd.ms-excel",
        "ppt" => "application/vnd.ms-powerpoint",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "application/octet-stream",
    }
}
