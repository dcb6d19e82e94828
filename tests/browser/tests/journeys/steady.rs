//! What is seen stays where it is while the rest is on its way: every file of a page is held back until the reader
//! sees that it is waited for, and what comes last (pictures, the calendar) until all else is there.
//!
//! All browsers compare where things are before and after. Chromium alone also tells what moved in between
//! (`layout-shift`), waiting included. The page stands in a frame, to be as narrow as a telephone.

use crate::journeys;
use anyhow::{Result, ensure};
use browser_tests::{Browser, Outcome, Page, Portal};
use serde_json::{Value, json};

journeys![
    nothing_moves_while_the_front_page_comes,
    nothing_moves_while_an_article_comes,
    nothing_moves_while_a_category_comes,
    nothing_moves_while_search_results_come,
    nothing_moves_while_the_calendar_comes,
];

const WIDTHS: [u32; 2] = [360, 1280];

/// How much of the window may move in all, as browsers count it; 0.1 is what Google calls good.
const MAX_SHIFT: f64 = 0.01;

/// Keeps what moves without the reader having done anything, with its names.
const WATCH: &str = "(() => { const shifts = globalThis.shifts = []; \
     if (!PerformanceObserver.supportedEntryTypes?.includes('layout-shift')) return; \
     const name = e => e === null ? 'something gone' : (e.localName ?? '#text') + (e.className ? '.' + e.className : '') + \
       ' “' + e.textContent.trim().slice(0, 40) + '”'; \
     const box = r => [r.x, r.y, r.width, r.height].map(Math.round).join(' '); \
     new PerformanceObserver(list => shifts.push(...list.getEntries().filter(e => !e.hadRecentInput).map(e => [e.value, \
       e.sources.map(s => name(s.node) + ': ' + box(s.previousRect) + ' → ' + box(s.currentRect)).join('; ')]))) \
       .observe({ type: 'layout-shift', buffered: true }); })();";

/// Something is waited for, and the reader sees it.
const SEEN_TO_WAIT: &str = "(all => all.length > 0 && all.every(e => getComputedStyle(e).opacity === '1'))\
     ([...document.querySelectorAll('.waiting')])";

/// Writes onto each piece of the page where it is now.
const REMEMBER: &str = "for (const e of document.querySelectorAll('main :is(h1, h2, h3, p, li, time, .picture)')) \
     if (!e.closest('.waiting')) { const r = e.getBoundingClientRect(); \
     e.dataset.was = [r.x, r.y + scrollY, r.width, r.height].map(Math.round).join(' '); }";

/// The first pieces that are no longer where they were: what stands below has moved with them.
const MOVED: &str = "[...document.querySelectorAll('[data-was]')].map(e => { const r = e.getBoundingClientRect(); \
     const is = [r.x, r.y + scrollY, r.width, r.height].map(Math.round), was = e.dataset.was.split(' ').map(Number); \
     return is.some((n, i) => Math.abs(n - was[i]) > 1) ? e.localName + '.' + e.className + ' “' + \
       e.textContent.trim().slice(0, 40) + '”: ' + e.dataset.was + ' → ' + is.join(' ') : ''; }).filter(Boolean).slice(0, 8)";

/// The pictures that the reader sees are there.
const PICTURES: &str = "[...document.images].every(i => { const r = i.getBoundingClientRect(); \
     return r.top > innerHeight || r.bottom < 0 || (i.complete && i.naturalWidth > 0); })";

/// After what has been drawn by now has been told to those who watch.
const SHIFTS: &str = "return new Promise(tell => requestAnimationFrame(() => requestAnimationFrame(() => \
     setTimeout(() => tell(globalThis.shifts), 50))));";

/// A page and how it comes.
struct Coming {
    address: &'static str,
    /// The files without which nothing of the page is seen, in the order they are asked for.
    first: &'static [&'static str],
    /// Is in the page as soon as these are here.
    there: &'static str,
    /// What comes into the page later.
    late: &'static [&'static str],
}

const PICTURE_FILES: &str = "data/media/";

/// Lets the page come piece by piece, at each width.
async fn stays(page: &Page, coming: &Coming) -> Outcome {
    for width in WIDTHS {
        // A new one each time: the browser keeps the pictures of the last.
        let portal = page.portal_with(|portal| portal.script(WATCH))?;
        comes_piece_by_piece(page, &portal, coming, width)
            .await
            .map_err(|error| error.context(format!("/{} at {width} px", coming.address)))?;
    }
    Ok(())
}

async fn comes_piece_by_piece(page: &Page, portal: &Portal, coming: &Coming, width: u32) -> Outcome {
    let held: Vec<_> = coming
        .first
        .iter()
        .chain(coming.late)
        .map(|start| (*start, portal.gate(&format!("{start}*"))))
        .collect();
    let (first, late) = held.split_at(coming.first.len());
    page.out_of_frame().await?;
    page.open(&portal.frame_url_at(coming.address, width)).await?;
    page.in_frame(width).await?;
    for (start, gate) in first {
        portal.until_asked(start).await?;
        page.until(SEEN_TO_WAIT).await?;
        gate.open();
    }
    page.until_there(coming.there).await?;
    page.run(REMEMBER, vec![]).await?;
    for (start, gate) in late {
        portal.until_asked(start).await?;
        if *start != PICTURE_FILES {
            page.until(SEEN_TO_WAIT).await?;
        }
        gate.open();
    }
    page.until_settled().await?;
    page.until(PICTURES).await?;
    let shifts = page.run(SHIFTS, vec![]).await?;
    let moved = page.value(MOVED).await?;
    ensure!(moved == json!([]), "not where it was: {moved:#}");
    if page.browser() == Browser::Chromium {
        let sum = sum(&shifts)?;
        ensure!(sum < MAX_SHIFT, "{sum:.4} of the window moved: {shifts:#}");
    }
    Ok(())
}

fn sum(shifts: &Value) -> Result<f64> {
    let shifts = shifts.as_array().ok_or_else(|| anyhow::anyhow!("nobody watched: {shifts}"))?;
    Ok(shifts.iter().filter_map(|shift| shift[0].as_f64()).sum())
}

async fn nothing_moves_while_the_front_page_comes(page: Page) -> Outcome {
    let coming = Coming {
        address: "",
        first: &["data/entry.json", "data/home/"],
        there: "main .lead",
        late: &["data/calendar/", PICTURE_FILES],
    };
    stays(&page, &coming).await
}

async fn nothing_moves_while_an_article_comes(page: Page) -> Outcome {
    let coming = Coming {
        address: "bai-viet/hoi-nghi-truc-tuyen",
        first: &["data/entry.json", "data/bucket/", "data/article/"],
        there: "main .article",
        late: &[PICTURE_FILES],
    };
    stays(&page, &coming).await
}

async fn nothing_moves_while_a_category_comes(page: Page) -> Outcome {
    let coming = Coming {
        address: "chuyen-muc/tin-tuc-su-kien",
        first: &["data/entry.json", "data/feed/"],
        there: "main .pagination",
        late: &[PICTURE_FILES],
    };
    stays(&page, &coming).await
}

async fn nothing_moves_while_search_results_come(page: Page) -> Outcome {
    let coming = Coming {
        address: "tim-kiem?q=n%C4%83m+h%E1%BB%8Dc",
        first: &["data/entry.json", "data/search/", "data/article/"],
        there: "main .search-result",
        late: &[],
    };
    stays(&page, &coming).await
}

async fn nothing_moves_while_the_calendar_comes(page: Page) -> Outcome {
    let coming = Coming {
        address: "lich-cong-tac",
        first: &["data/entry.json", "data/calendar/", "data/week/"],
        there: "main .week-list",
        late: &[],
    };
    stays(&page, &coming).await
}
