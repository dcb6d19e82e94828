//! What is in the media files: the size of pictures, and whether a drawing could run code.
//!
//! Not here: which files there are (`folder`), who uses them (`check`), their published names (`publish`).

use crate::{folder::SourceFile, picture};
use archive::{Problem, Severity};
use rayon::prelude::*;
use std::{collections::BTreeMap, fs, io::Read};

/// Pictures above this are warned about, in bytes: a reader on 3G waits 30 seconds for 5 MB.
pub const PICTURE_MAX: u64 = 5 << 20;
/// Other files above this are warned about, in bytes: an hour's download on a weak connection.
pub const FILE_MAX: u64 = 50 << 20;
/// Pictures with more pixels than this are warned about: unpacked they take 160 MB of a telephone's memory.
const PIXELS_MAX: u64 = 40_000_000;
/// Pictures with a longer side than this, in pixels, are warned about: graphics chips cannot draw them.
const SIDE_MAX: u32 = 16_384;
/// Drawings above this are not read, in bytes; browsers themselves struggle with larger ones.
const SVG_MAX: u64 = 20 << 20;
/// Bytes of a picture that are read to find its size. Sizes stand in the header, but photographs may carry
/// a preview and a colour profile before it.
const HEADER: u64 = 1 << 20;

/// What a media file is.
#[derive(Debug, Clone)]
pub struct Medium {
    /// The file.
    pub file: SourceFile,
    /// Whether its ending says that it is a picture that browsers show.
    pub is_picture: bool,
    /// Width and height in CSS pixels, for a picture where they are known.
    pub size: Option<(u32, u32)>,
    /// Whether it is of a kind that smaller copies are made of, by what is in it.
    pub is_photograph: bool,
}

impl Medium {
    /// Whether smaller copies are made of it.
    pub fn has_copies(&self) -> bool {
        self.is_photograph && self.size.is_some_and(|size| pixels(size) <= picture::PIXELS_MAX)
    }
}

fn pixels((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

/// The media of an archive, to be found by what editors wrote.
#[derive(Debug, Clone, Default)]
pub struct Media {
    by_path: BTreeMap<String, Medium>,
    /// Paths by their folded form, to say which file was likely meant.
    folded: BTreeMap<String, String>,
}

/// What a written path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<'a> {
    /// This file.
    File(&'a str),
    /// Nothing; perhaps this one was meant.
    Nothing(Option<&'a str>),
    /// A place outside `media/`.
    Outside,
}

impl Media {
    /// Looks into all media files.
    pub fn look(files: &BTreeMap<String, SourceFile>) -> (Self, Vec<Problem>) {
        let looked: Vec<(Medium, Vec<Problem>)> = files.par_iter().map(|(_, file)| look(file)).collect();
        let mut media = Self::default();
        let mut problems = Vec::new();
        for (medium, found) in looked {
            let path = medium.file.path.clone();
            problems.extend(found);
            media.folded.insert(viet_text::fold(&path), path.clone());
            media.by_path.insert(path, medium);
        }
        (media, problems)
    }

    /// The file at a path, as [`Media::find`] gives it.
    pub fn get(&self, path: &str) -> Option<&Medium> {
        self.by_path.get(path)
    }

    /// Finds the file that a written path means: as it stands, or with its `%20` resolved; what follows a `?`
    /// or `#` does not count.
    pub fn find(&self, written: &str) -> Found<'_> {
        let path = written.trim();
        let path = path.strip_prefix('/').unwrap_or(path);
        let leaves = |path: &str| {
            let mut segments = path.split(['/', '\\']);
            !path.starts_with("media/") || path.contains('\\') || segments.any(|s| s == ".." || s == ".")
        };
        let bare = path.split(['?', '#']).next().unwrap_or_default();
        let decoded = percent_decoded(bare);
        // A file may be called "a#b.pdf": the whole path first.
        for candidate in [path, bare, decoded.as_deref().unwrap_or_default()] {
            if let Some((path, _)) = self.by_path.get_key_value(candidate) {
                return Found::File(path);
            }
        }
        let decoded = decoded.as_deref().unwrap_or(bare);
        if leaves(bare) || leaves(decoded) {
            return Found::Outside;
        }
        Found::Nothing(self.folded.get(&viet_text::fold(decoded)).map(String::as_str))
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let (mut out, mut i) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(i) {
        let hex =
            text.get(i + 1..i + 3).filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(hex.unwrap_or(byte));
        i += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).ok()
}

/// The ending of a file name in small letters, without the dot.
pub fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

fn look(file: &SourceFile) -> (Medium, Vec<Problem>) {
    let ending = ending(&file.path);
    let is_picture = matches!(&*ending, "svg" | "webp" | "png" | "jpg" | "jpeg" | "gif" | "avif");
    let mut problems = Vec::new();
    let mut say = |error: bool, sentence: String, cure: &str| {
        let severity = if error { Severity::Error } else { Severity::Warning };
        problems.push(Problem { severity, ..Problem::error(&file.path, "file", sentence, cure) });
    };
    let most = if is_picture { PICTURE_MAX } else { FILE_MAX };
    let megabytes = |bytes: u64| format!("{}.{} MB", bytes >> 20, ((bytes % (1 << 20)) * 10) >> 20);
    if file.size == 0 {
        say(true, "The file is empty.".into(), "Copy it again.");
        return (Medium { file: file.clone(), is_picture, size: None, is_photograph: false }, problems);
    }
    if file.size > most {
        let sentence =
            format!("The file has {}; readers on weak connections wait long for it.", megabytes(file.size));
        let cure =
            if is_picture { "Make it smaller: 1,600 pixels wide is enough." } else { "Make it smaller." };
        say(false, sentence, cure);
    }
    let mut is_photograph = false;
    let size = match &*ending {
        "svg" if file.size > SVG_MAX => {
            let sentence = format!("The drawing has {}, too much for browsers.", megabytes(file.size));
            say(true, sentence, "Save it as WebP or PNG.");
            None
        }
        "svg" => match fs::read_to_string(&file.at) {
            Err(e) => {
                say(true, format!("The drawing cannot be read: {e}."), "Save it again as SVG in UTF-8.");
                None
            }
            Ok(text) => match read_svg(&text) {
                Err(fault) => {
                    say(true, format!("The file is not an SVG drawing: {fault}."), "Save it again as SVG.");
                    None
                }
                Ok(svg) => {
                    if let Some(code) = svg.code {
                        say(
                            true,
                            format!(
                                "The drawing holds code ({code}), which runs in the browser of who opens it."
                            ),
                            "Remove it, or save the drawing as “plain SVG”.",
                        );
                    }
                    if svg.size.is_none() {
                        let sentence =
                            "The drawing does not say how large it is, so the page jumps when it comes.";
                        say(false, sentence.into(), "Give its <svg> a viewBox, or width and height.");
                    }
                    svg.size
                }
            },
        },
        _ if is_picture => match header(file) {
            Ok(bytes) => match size_of(&bytes) {
                Some((width, height, photograph)) => {
                    is_photograph = photograph;
                    if pixels((width, height)) > PIXELS_MAX || width.max(height) > SIDE_MAX {
                        let without = pixels((width, height)) > picture::PIXELS_MAX;
                        let copies = if without { ", and no smaller copies are made" } else { "" };
                        let sentence = format!(
                            "The picture has {width} × {height} pixels; telephones cannot show it{copies}."
                        );
                        say(false, sentence, "Make it smaller: 1,600 pixels wide is enough.");
                    }
                    Some((width, height))
                }
                None => {
                    let sentence = "The file is not a picture that browsers show.".to_owned();
                    say(true, sentence, "Save it again as WebP, PNG or JPEG.");
                    None
                }
            },
            Err(e) => {
                say(true, format!("The picture cannot be read: {e}."), "Look at the rights of the file.");
                None
            }
        },
        _ => None,
    };
    (Medium { file: file.clone(), is_picture, size, is_photograph }, problems)
}

/// Width and height, as they are shown, of a picture of a kind that browsers show, whatever its ending says
/// (telephones save HEIC under the name of JPEG), and whether smaller copies can be made of its kind.
fn size_of(bytes: &[u8]) -> Option<(u32, u32, bool)> {
    use imagesize::{Compression, ImageType};
    let kind = imagesize::image_type(bytes).ok()?;
    let photograph = matches!(kind, ImageType::Png | ImageType::Jpeg | ImageType::Webp);
    let shown = match kind {
        ImageType::Png | ImageType::Jpeg | ImageType::Gif | ImageType::Webp => true,
        ImageType::Heif(kind) => kind == Compression::Av1,
        _ => false,
    };
    let size = imagesize::blob_size(bytes).ok().filter(|size| shown && size.width > 0 && size.height > 0)?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    Some(match photograph && picture::is_turned(bytes) {
        true => (height, width, photograph),
        false => (width, height, photograph),
    })
}

fn header(file: &SourceFile) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(&file.at)?.take(HEADER).read_to_end(&mut bytes)?;
    Ok(bytes)
}

struct Svg {
    size: Option<(u32, u32)>,
    /// What could run code, when there is something.
    code: Option<String>,
}

fn read_svg(text: &str) -> Result<Svg, String> {
    // Drawing programs write a DOCTYPE; entities are resolved with a bound by roxmltree.
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: 2_000_000, ..Default::default() };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = roxmltree::Document::parse_with_options(text, options).map_err(|e| e.to_string())?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(format!("it begins with <{}>", root.tag_name().name()));
    }
    // Instructions stand before the drawing: a style sheet may be XSLT, and that may write scripts.
    let instruction =
        document.descendants().find_map(|node| node.pi().filter(|pi| pi.target == "xml-stylesheet"));
    let code = instruction.map(|_| "<?xml-stylesheet?>".to_owned());
    let code = code.or_else(|| {
        document.descendants().filter(roxmltree::Node::is_element).find_map(|element| {
            let name = element.tag_name().name();
            if ["script", "handler", "listener", "iframe", "embed", "object"]
                .iter()
                .any(|bad| name.eq_ignore_ascii_case(bad))
            {
                return Some(format!("<{name}>"));
            }
            let attribute = element.attributes().find(|attribute| {
                let value: String =
                    attribute.value().chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
                let value = value.to_ascii_lowercase();
                let on = attribute.name().get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"));
                let animated = attribute.name() == "attributeName"
                    && (value.starts_with("on") || value.ends_with("href"));
                on || animated || value.starts_with("javascript:") || value.starts_with("data:text/html")
            });
            attribute.map(|attribute| format!("attribute {} of <{name}>", attribute.name()))
        })
    });
    let length = |name| root.attribute(name).and_then(css_pixels);
    let view = root.attribute("viewBox").and_then(|text| {
        let numbers: Vec<f64> = text
            .split([' ', ',', '\n', '\t'])
            .filter(|n| !n.is_empty())
            .filter_map(|n| n.parse().ok())
            .collect();
        match numbers[..] {
            [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
            _ => None,
        }
    });
    let size = match (length("width"), length("height"), view) {
        (Some(width), Some(height), _) => Some((width, height)),
        (Some(width), None, Some((w, h))) => Some((width, width * h / w)),
        (None, Some(height), Some((w, h))) => Some((height * w / h, height)),
        (_, _, view) => view,
    };
    let whole = |n: f64| (1.0..=100_000.0).contains(&n.round()).then(|| n.round() as u32);
    Ok(Svg { size: size.and_then(|(width, height)| whole(width).zip(whole(height))), code })
}

/// A length of SVG in CSS pixels; percentages and font units say nothing by themselves.
fn css_pixels(text: &str) -> Option<f64> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic() && c != 'e' || c == '%').unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let factor = match unit {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    number.trim().parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0).map(|n| n * factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn svg(attributes: &str, inside: &str) -> Svg {
        let ns = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
        read_svg(&format!("<svg {ns} {attributes}>{inside}</svg>")).expect("a drawing")
    }

    #[test]
    fn drawings_have_the_size_that_browsers_give_them() {
        for (attributes, size) in [
            ("width='640' height='360px'", Some((640, 360))),
            ("width='1in' height='2.54cm'", Some((96, 96))),
            ("viewBox='0 0 320 180'", Some((320, 180))),
            ("viewBox='0,0,320,180' width='640'", Some((640, 360))),
            ("viewBox='0 0 320 180' width='100%' height='100%'", Some((320, 180))),
            ("width='-1' height='x'", None),
            ("", None),
        ] {
            assert_eq!(svg(attributes, "").size, size, "{attributes}");
        }
    }

    #[test]
    fn code_in_a_drawing_is_found() {
        for bad in [
            "<script>1</script>",
            "<g onclick='x'/>",
            "<g OnLoad='x'/>",
            "<a href=' java&#10;script:x'/>",
            "<a xlink:href='javascript:x'/>",
            "<a><set attributeName='href' to='x'/></a>",
            "<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>",
            "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        ] {
            assert!(svg("", bad).code.is_some(), "{bad}");
        }
        assert_eq!(svg("", "<a href='https://a.example/'><text>một</text></a>").code, None);
        assert!(svg("onload='x'", "").code.is_some());
        assert!(read_svg("<html/>").is_err() && read_svg("<svg").is_err() && read_svg("").is_err());
    }

    fn media(paths: &[&str]) -> Media {
        let mut media = Media::default();
        for path in paths {
            let file = SourceFile { path: (*path).into(), at: path.into(), size: 1 };
            media.folded.insert(viet_text::fold(path), (*path).into());
            media
                .by_path
                .insert((*path).into(), Medium { file, is_picture: false, size: None, is_photograph: false });
        }
        media
    }

    #[test]
    fn files_are_found_as_written_and_near_misses_are_named() {
        let media = media(&["media/a.pdf", "media/Kế hoạch.pdf", "media/b#1.pdf"]);
        for (written, found) in [
            ("media/a.pdf", Found::File("media/a.pdf")),
            ("/media/a.pdf", Found::File("media/a.pdf")),
            ("media/a.pdf#page=2", Found::File("media/a.pdf")),
            ("media/b#1.pdf", Found::File("media/b#1.pdf")),
            ("media/K%E1%BA%BF%20ho%E1%BA%A1ch.pdf", Found::File("media/Kế hoạch.pdf")),
            ("media/A.PDF", Found::Nothing(Some("media/a.pdf"))),
            ("media/ke hoach.pdf", Found::Nothing(Some("media/Kế hoạch.pdf"))),
            ("media/c.pdf", Found::Nothing(None)),
            ("media/../portal.json", Found::Outside),
            ("media/%2e%2e/portal.json", Found::Outside),
            ("media/..\\portal.json", Found::Outside),
            ("portal.json", Found::Outside),
            ("../a.pdf", Found::Outside),
            ("", Found::Outside),
        ] {
            assert_eq!(media.find(written), found, "{written}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_looked_for(written in "(media/)?[%0-9a-f./\\PC]{0,20}") {
            let _ = media(&["media/a.pdf"]).find(&written);
            let _ = read_svg(&written);
        }
    }
}
