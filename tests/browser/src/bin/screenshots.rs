//! Pictures of every kind of page of the sample archive, and of its news in a page of another office, for the README and
//! for looking at them: `docs/screenshots/<page>-<width>-<light|dark>.png`. `cargo xtask screenshots` builds the site and runs this. Names of
//! pages, given to the program itself, take those alone.
//!
//! Not here: whether the pictures are right; somebody must look. What can be tested is in the layout journeys.

use anyhow::{Context, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use browser_tests::{Archive, Browser, Document, Page, Portal, close_all, with_page};
use serde_json::json;
use std::{collections::HashMap, fs, io::Cursor, path::PathBuf, process::ExitCode};

/// 2026-11-25 09:00 in Việt Nam: a day with news, events and visits in the sample archive.
const NOW: i64 = 1_795_572_000;

/// The widths of telephones, a tablet, a desk and a large screen.
const WIDTHS: [u32; 5] = [320, 360, 768, 1280, 1920];

/// Highest picture, in pixels: the rest of a long page says no more.
const HIGHEST: f64 = 2400.0;

/// All pictures together, in bytes: they lie in the repository, and each change adds them again.
const BUDGET: usize = 12_000_000;

/// Name, address, and what is there when the page is.
const PAGES: [(&str, &str, &str); 12] = [
    ("home", "", ".visit-figures"),
    ("category", "chuyen-muc/tin-tuc-su-kien", ".headline-card"),
    ("topic", "chu-de/truong-lop-vung-cao", ".headline-card"),
    ("archive", "luu-tru", ".tags"),
    (
        "article",
        "bai-viet/hoi-nghi-truc-tuyen-cong-tac-van-phong-va-truyen-thong-nam-hoc-2021-2022",
        ".article-body",
    ),
    ("search", "tim-kiem?q=tuy%E1%BB%83n+sinh", ".search-result"),
    ("calendar", "lich-cong-tac", ".week-list"),
    ("calendar-table", "lich-cong-tac?dang=bang", ".week-table"),
    ("statistics", "thong-ke", ".figures"),
    ("saved", "da-luu", ".shelf"),
    ("embedding", "tao-ma-nhung?layout=cards&limit=3", ".embed-builder"),
    ("not-found", "khong-co-trang-nay", ".not-found"),
];

/// Brings the figures of a reader who has come on most days of the last weeks, as from a file of theirs.
const FIGURES: &str = "const days = {}; for (let i = 0; i < 62; i++) { const visits = (i * 7 + 3) % 5; if (!visits) continue; \
    const name = new Date(Date.now() + 7 * 3600e3 - i * 86400e3).toISOString().slice(0, 10); \
    days[name] = [visits * 3 + i % 4, Array.from({ length: visits }, (_, k) => [25200 + k * 7200, 25200 + k * 7200 + 660])]; } \
    const now = Math.floor(Date.now() / 1000), read = (n, title = '') => [now, n, title]; \
    const log = { visits: 2, books: { '0000002a': { days, months: { '2026-08-01': [131, 44, 8388607, 1900000], \
    '2026-07-01': [58, 21, 8388607, 1900000] }, articles: { \
    'ky-niem-44-nam-ngay-nha-giao-viet-nam-20-11': read(9, 'Kỷ niệm 44 năm Ngày Nhà giáo Việt Nam: tôn vinh 126 nhà giáo tiêu biểu'), \
    'khanh-thanh-truong-ptdtbt-thcs-pa-hieng': read(4, 'Khánh thành Trường PTDTBT THCS Pá Hiêng') }, \
    categories: { 'tin-tuc-su-kien': read(31), 'thong-bao': read(12) } } } }; \
    const input = document.querySelector('input[type=file]'), files = new DataTransfer(); \
    files.items.add(new File([JSON.stringify(log)], 'so-lieu.json', { type: 'application/json' })); \
    input.files = files.files; input.dispatchEvent(new Event('change', { bubbles: true }));";

/// The widths at which the news is shown in a page of another office.
const HOST_WIDTHS: [u32; 2] = [360, 1280];

/// Highest picture of these: the rest is as in the portal's own.
const HIGHEST_EMBEDDED: f64 = 1000.0;

/// Name of the picture, attributes of the element, and what is there when it is.
const EMBEDDED: [(&str, &str, &str); 8] = [
    ("embed-list", "layout=\"list\" limit=\"4\"", "list"),
    ("embed-cards", "layout=\"cards\" limit=\"6\"", "list"),
    ("embed-headline", "layout=\"headline\" limit=\"6\"", "list"),
    ("embed-ticker", "layout=\"ticker\"", "ticker"),
    ("embed-card", "layout=\"card\"", "summary"),
    ("embed-calendar", "layout=\"calendar\"", "event"),
    ("embed-stats", "layout=\"stats\"", "stat"),
    ("embed-article", "layout=\"article\"", "body"),
];

/// A page as another office has it.
const HOST_STYLE: &str = ":root { color-scheme: light dark } body { margin: 0; font: 16px/1.6 \"Liberation Serif\", serif } \
    header { padding: 14px 5%; background: #6b2737; color: white; font-size: 20px } main { padding: 20px 5% } \
    ban-tin { margin-block: 16px }";

fn main() -> ExitCode {
    let taken = take_all();
    close_all();
    match taken {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn take_all() -> Result<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/screenshots");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let (mut count, mut size) = (0, 0);
    for scheme in ["light", "dark"] {
        for width in WIDTHS {
            let mut pictures = Vec::new();
            let name = format!("screenshots::{scheme}-{width}");
            with_page(Browser::Chromium, &name, |page| take(page, scheme, width, &mut pictures))?;
            for (page, png) in pictures {
                let file = folder.join(format!("{page}-{width}-{scheme}.png"));
                fs::write(&file, &png).with_context(|| format!("{} cannot be written", file.display()))?;
                (count, size) = (count + 1, size + png.len());
            }
        }
    }
    let said = format!("{count} pictures in docs/screenshots, {} KB in all", size / 1000);
    ensure!(size <= BUDGET, "{said}: more than {} KB", BUDGET / 1000);
    Ok(said)
}

async fn take(
    page: Page,
    scheme: &str,
    width: u32,
    pictures: &mut Vec<(&'static str, Vec<u8>)>,
) -> Result<()> {
    let portal = page.portal_with(|portal| portal.now(NOW))?;
    let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    page.devtools("Emulation.setEmulatedMedia", scheme).await?;
    // Other pages show what a reader sees who is new here.
    let known = page.portal_with(|portal| portal.now(NOW))?;
    let named: Vec<String> = std::env::args().skip(1).collect();
    for (name, address, there) in PAGES {
        if !named.is_empty() && named.iter().all(|one| one != name) {
            continue;
        }
        resize(&page, width, 900.0).await?;
        let portal = if name == "statistics" {
            page.open(&known.url(address)).await?;
            page.until_there("input[type=file]").await?;
            page.run(FIGURES, vec![]).await?;
            // It is kept once it is shown.
            page.until_contains("main", "Kỷ niệm 44 năm").await?;
            &known
        } else {
            &portal
        };
        page.open(&portal.url(address)).await?;
        page.until_there(&*format!("main {there}")).await.with_context(|| format!("the page /{address}"))?;
        if name == "statistics" {
            page.until_contains("main", "Kỷ niệm 44 năm").await?;
        }
        page.until_settled().await?;
        let height = page.number("document.documentElement.scrollHeight").await?.min(HIGHEST);
        resize(&page, width, height).await?;
        // Pictures further down are loaded only now.
        let loaded =
            "[...document.images].every(i => i.complete || i.getBoundingClientRect().top > innerHeight)";
        page.until(loaded).await?;
        pictures.push((name, picture_of(&page).await?));
    }
    if HOST_WIDTHS.contains(&width) {
        let host = page.host()?;
        host.set_clock(NOW);
        counted(&portal)?;
        for (name, attributes, there) in EMBEDDED {
            resize(&page, width, 900.0).await?;
            page.open(&host.show("", embedded(&portal, attributes))).await?;
            let there = format!("ban-tin >>> [part={there}]");
            page.until_there(&*there).await.with_context(|| format!("the picture {name}"))?;
            page.until_settled().await?;
            let height = page.number("Math.ceil(document.body.getBoundingClientRect().bottom)").await?;
            resize(&page, width, height.min(HIGHEST_EMBEDDED)).await?;
            page.until(EMBEDDED_PICTURES).await?;
            pictures.push((name, picture_of(&page).await?));
        }
    }
    Ok(())
}

/// The pictures inside the element that are seen are there; what moves stands where all of its first words are seen.
const EMBEDDED_PICTURES: &str = "(root => { for (const one of root.querySelector('[part=track] [part=list]')?.getAnimations() ?? []) { \
    one.pause(); one.currentTime = 0.5 * one.effect.getComputedTiming().duration; } \
    return [...root.querySelectorAll('img')].every(i => i.complete || i.getBoundingClientRect().top > innerHeight); \
    })(document.querySelector('ban-tin').shadowRoot)";

/// From now on somebody counts the portal's visitors.
fn counted(portal: &Portal) -> Result<()> {
    let mut archive = Archive::read()?;
    archive.entry["portal"]["counting"] = json!({});
    archive.publish(portal);
    let today = json!({ "day": "2026-11-25", "visitors": 1204 });
    let counts = json!({ "format": 1, "time": NOW - 600, "today": today, "total": 3_799_249 });
    portal.json("data/counts.json", counts.to_string());
    Ok(())
}

/// A page of another office with the portal's news.
fn embedded(portal: &Portal, attributes: &str) -> Document {
    Document::new(format!(
        "<script type=\"module\" src=\"{}\"></script><header>Trường Trung học phổ thông Bến Nghé</header>\
         <main><p>Tin của Sở Giáo dục và Đào tạo, lấy từ cổng thông tin của Sở:</p><ban-tin src=\"{}\" {attributes}></ban-tin></main>",
        portal.url("embed.js"),
        portal.url(""),
    ))
    .style(HOST_STYLE)
}

/// What the window shows.
async fn picture_of(page: &Page) -> Result<Vec<u8>> {
    let picture = page.devtools("Page.captureScreenshot", json!({ "format": "png" })).await?;
    let picture = picture["data"].as_str().context("Chromium gave no picture")?;
    let picture = STANDARD.decode(picture).context("Chromium's picture cannot be read")?;
    smaller(&picture).context("Chromium's picture cannot be made smaller")
}

async fn resize(page: &Page, width: u32, height: f64) -> Result<()> {
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
    page.devtools("Emulation.setDeviceMetricsOverride", size).await.map(drop)
}

/// The same picture with a palette, a third of the size: its 256 most frequent colours stay, every other one
/// becomes the nearest of them. The pages have few colours and no photographs; what is lost is some of the
/// greys at the edges of letters.
fn smaller(picture: &[u8]) -> Result<Vec<u8>> {
    let mut reader = png::Decoder::new(Cursor::new(picture)).read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().context("the picture is too large")?];
    let info = reader.next_frame(&mut bytes)?;
    let samples = info.color_type.samples();
    ensure!(info.bit_depth == png::BitDepth::Eight && samples >= 3, "it is of another kind: {info:?}");
    let pixels = bytes[..info.buffer_size()].chunks_exact(samples);
    let pixels: Vec<[u8; 3]> = pixels.map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();

    // Run by run: most pixels are like their neighbour.
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    for run in pixels.chunk_by(|a, b| a == b) {
        *counts.entry(run[0]).or_default() += run.len();
    }
    let mut palette: Vec<_> = counts.into_iter().collect();
    palette.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let palette: Vec<[u8; 3]> = palette.into_iter().take(256).map(|(colour, _)| colour).collect();

    let mut known: HashMap<[u8; 3], u8> = HashMap::new();
    let mut indices = Vec::with_capacity(pixels.len());
    for run in pixels.chunk_by(|a, b| a == b) {
        let index = *known.entry(run[0]).or_insert_with(|| nearest(&palette, run[0]));
        indices.resize(indices.len() + run.len(), index);
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, info.width, info.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    // Neighbouring indices are no neighbouring colours: differences between them say nothing.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&indices)?;
    Ok(file)
}

/// The place in the palette of the colour that is nearest to this one.
fn nearest(palette: &[[u8; 3]], colour: [u8; 3]) -> u8 {
    let distance = |other: &[u8; 3]| -> u32 {
        let squares = colour.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2));
        squares.sum()
    };
    let best = palette.iter().enumerate().min_by_key(|(_, other)| distance(other));
    best.and_then(|(place, _)| u8::try_from(place).ok()).unwrap_or_default()
}
