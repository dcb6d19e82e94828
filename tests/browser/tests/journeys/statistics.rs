//! Visit figures: of this browser, kept in this browser.

use crate::journeys;
use anyhow::Result;
use browser_tests::{Archive, Browser, NOW, Outcome, PERSON, Page, Portal, Response, contains, holds, same};
use serde_json::{Value, json};

journeys![
    counts_a_page_that_was_seen_for_a_second,
    does_not_count_a_page_that_is_not_before_the_readers_eyes,
    does_not_count_a_browser_that_a_program_drives,
    does_not_count_a_reload_within_ten_seconds,
    counts_another_visit_after_half_an_hour,
    counts_another_visit_after_midnight_in_viet_nam,
    counts_while_the_page_stays_open,
    counts_every_view_of_four_tabs_at_once,
    shows_days_months_articles_categories_and_visits,
    shows_figures_where_nothing_may_be_kept,
    goes_on_where_the_log_is_cleared_meanwhile,
    puts_garbage_aside_and_says_so_once,
    carries_on_the_log_of_an_older_version,
    leaves_the_log_of_a_newer_version_alone,
    can_be_taken_away_and_brought_back,
    refuses_files_that_are_no_log,
    can_be_erased,
    can_be_switched_off,
    keeps_its_figures_apart_from_other_portals_of_the_host,
    uses_no_cookie_and_sends_nothing,
    shows_the_whole_portals_figures_where_somebody_counts,
    shows_the_last_figures_of_the_whole_portal_where_the_new_ones_fail,
    shows_the_public_counter_of_a_goatcounter,
    shows_the_articles_that_are_asked_for_most,
    asks_for_the_whole_portals_figures_once_in_ten_minutes,
    works_in_a_frame_that_may_keep_nothing,
    keeps_a_whole_log_when_the_page_is_left_at_any_moment,
];

pub(crate) const HEADING: &str = "Thống kê truy cập";
const KEEPS_NOTHING: &str = "Trình duyệt không cho phép lưu dữ liệu; số liệu chỉ tính từ lúc mở trang này.";

/// Visits and views of the day, and in all.
pub(crate) async fn until_figures(
    page: &Page,
    [visits, views]: [&str; 2],
    [all_visits, all_views]: [&str; 2],
) -> Outcome {
    let row = |row: &str| format!(".list-page > .figures tbody tr:{row} td");
    page.until_texts(&row("last-child"), &[all_visits, all_views]).await?;
    page.until_texts(&row("first-child"), &[visits, views]).await
}

pub(crate) async fn open(page: &Page, portal: &Portal) -> Outcome {
    page.visit(&portal.url("thong-ke"), HEADING).await
}

pub(crate) fn person(page: &Page) -> Result<Portal> {
    page.portal_with(|portal| portal.script(PERSON))
}

/// More than the time after which a page counts has passed, on the page's own clock of timers.
pub(crate) async fn more_than_a_second(page: &Page) -> Outcome {
    page.run_inside("setTimeout(() => { document.title = 'later'; }, 1100)").await?;
    page.until("document.title === 'later'").await
}

/// A promise of what the database keeps under a key; `null` where there is nothing.
pub(crate) fn kept(key: &str) -> String {
    format!(
        "new Promise((done, fail) => {{ const asked = indexedDB.open('bantin/'); asked.onerror = fail; \
         asked.onsuccess = () => {{ const base = asked.result; \
         if (!base.objectStoreNames.contains('texts')) return done(null); \
         const got = base.transaction('texts').objectStore('texts').get('{key}'); \
         got.onsuccess = () => {{ base.close(); done(got.result ?? null); }}; }}; }})"
    )
}

/// Puts a text into the database, as an app before this one has.
async fn keep(page: &Page, text: &str) -> Outcome {
    let script = "const text = arguments[0]; return new Promise(done => { const asked = indexedDB.open('bantin/', 1); \
        asked.onupgradeneeded = () => asked.result.createObjectStore('texts'); \
        asked.onsuccess = () => { const base = asked.result, change = base.transaction('texts', 'readwrite'); \
        change.objectStore('texts').put(text, 'visits'); change.oncomplete = () => { base.close(); done(true); }; }; });";
    page.run(script, vec![json!(text)]).await.map(drop)
}

async fn counts_a_page_that_was_seen_for_a_second(page: Page) -> Outcome {
    let portal = person(&page)?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    same(
        "the rows",
        page.texts(".list-page > .figures tbody th").await?,
        ["Hôm nay", "Tuần này", "Tháng này", "Năm nay", "Đã truy cập"],
    )?;
    page.until_contains("main", "Hai lần xem cách nhau quá 30 phút").await?;
    same("a word that nothing is kept", page.texts("main").await?.concat().contains(KEEPS_NOTHING), false)?;
    // Left at once, a page does not count; another language is not another page.
    page.run("for (const a of document.querySelectorAll('nav.navigation a')) a.click()", vec![]).await?;
    page.heading("Lịch công tác").await?;
    page.click(("button", "English")).await?;
    page.heading("Work calendar").await?;
    page.click(("footer a", "Visit statistics")).await?;
    page.heading("Visit statistics").await?;
    until_figures(&page, ["1", "2"], ["1", "2"]).await
}

async fn does_not_count_a_page_that_is_not_before_the_readers_eyes(page: Page) -> Outcome {
    // As in a tab behind others, and as the browser makes pages ready in advance.
    let hidden =
        "globalThis.away = true; Object.defineProperty(document, 'hidden', { get: () => globalThis.away });";
    let portal = page.portal_with(|portal| portal.script(PERSON).script(hidden))?;
    open(&page, &portal).await?;
    until_figures(&page, ["0", "0"], ["0", "0"]).await?;
    let turn = |away: bool| {
        format!(
            "globalThis.away = {away}; document.dispatchEvent(new Event('visibilitychange', {{ bubbles: true }}))"
        )
    };
    // Seen twice, but never for a second without a break.
    for away in [false, true, false, true] {
        page.run_inside(&turn(away)).await?;
    }
    more_than_a_second(&page).await?;
    until_figures(&page, ["0", "0"], ["0", "0"]).await?;
    page.run_inside(&turn(false)).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await
}

async fn does_not_count_a_browser_that_a_program_drives(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal).await?;
    more_than_a_second(&page).await?;
    until_figures(&page, ["0", "0"], ["0", "0"]).await?;
    same("nothing is kept", page.value(&kept("visits")).await?, Value::Null)
}

async fn does_not_count_a_reload_within_ten_seconds(page: Page) -> Outcome {
    let portal = person(&page)?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    portal.set_clock(NOW + 9);
    page.reload().await?;
    page.heading(HEADING).await?;
    more_than_a_second(&page).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    portal.set_clock(NOW + 10);
    page.reload().await?;
    page.heading(HEADING).await?;
    until_figures(&page, ["1", "2"], ["1", "2"]).await?;
    // Another page is another view at once.
    page.visit(&portal.url("da-luu"), "Bài đã lưu").await?;
    page.until("sessionStorage.getItem('bantin/viewed').startsWith('da-luu ')").await?;
    page.click(("footer a", HEADING)).await?;
    until_figures(&page, ["1", "4"], ["1", "4"]).await
}

async fn counts_another_visit_after_half_an_hour(page: Page) -> Outcome {
    let portal = person(&page)?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    // To the second: half an hour without a view ends the visit.
    portal.set_clock(NOW + 1799);
    page.reload().await?;
    until_figures(&page, ["1", "2"], ["1", "2"]).await?;
    portal.set_clock(NOW + 1799 + 1800);
    page.reload().await?;
    until_figures(&page, ["2", "3"], ["2", "3"]).await?;
    // Two days back for a while, and on again: nothing is lost.
    portal.set_clock(NOW - 2 * 86_400);
    page.reload().await?;
    until_figures(&page, ["1", "1"], ["3", "4"]).await?;
    portal.set_clock(NOW + 3700);
    page.reload().await?;
    until_figures(&page, ["2", "4"], ["3", "5"]).await
}

async fn counts_another_visit_after_midnight_in_viet_nam(page: Page) -> Outcome {
    // 16:59:59Z and 17:00:00Z, whatever the zone of the device.
    let midnight = NOW + 15 * 3600;
    for zone in ["Asia/Ho_Chi_Minh", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
        let portal = page.portal_with(|portal| portal.script(PERSON).now(midnight - 1))?;
        if page.browser() == Browser::Chromium {
            page.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": zone })).await?;
        }
        open(&page, &portal).await?;
        until_figures(&page, ["1", "1"], ["1", "1"]).await?;
        portal.set_clock(midnight);
        page.open(&portal.url("da-luu")).await?;
        page.until("sessionStorage.getItem('bantin/viewed').startsWith('da-luu ')").await?;
        page.click(("footer a", HEADING)).await?;
        until_figures(&page, ["1", "2"], ["2", "3"]).await?;
        page.until_reads(".masthead__date", "Thứ Năm, ngày 16/09/2021").await?;
    }
    if page.browser() == Browser::Chromium {
        page.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": "" })).await?;
    }
    Ok(())
}

async fn counts_while_the_page_stays_open(page: Page) -> Outcome {
    let portal = person(&page)?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    page.run_inside(&format!("globalThis.bantinNow = {}", (NOW + 3600) * 1000)).await?;
    page.follow("Trang chủ").await?;
    page.until_texts("section[aria-label='Thống kê truy cập'] dd", &["2", "2"]).await
}

/// A second is over at once, also in a tab behind others, whose timers browsers slow down; and what has counted is told.
pub(crate) const AT_ONCE: &str = "const slow = setTimeout, keep = Storage.prototype.setItem; globalThis.counted = () => {}; \
    globalThis.setTimeout = (then, ms, ...more) => { if (ms !== 1000) return slow(then, ms, ...more); \
    const { port1, port2 } = new MessageChannel(); port1.onmessage = () => then(); port2.postMessage(0); return 0; }; \
    Object.defineProperty(document, 'hidden', { get: () => false }); Storage.prototype.setItem = function (key, text) { \
    keep.call(this, key, text); if (key === 'bantin/viewed') counted(text); };";

/// Views 199 pages, one after another, each until it has counted. WebKit lets a page make no more than 100 entries of the
/// history in 30 seconds, so after some links it goes back and forward.
pub(crate) const VIEW_199: &str = "(async () => { const pages = ['da-luu', 'thong-ke'], until = (page, act) => new Promise(done => { \
    globalThis.counted = text => { if (text.startsWith(page)) done(); }; act(); }); \
    if (!sessionStorage.getItem('bantin/viewed')) await until('lich-cong-tac', () => {}); \
    for (let i = 0; i < 199; i++) { const page = pages[i % 2]; await until(page + ' ', () => i < 80 ? \
    [...document.querySelectorAll('footer a')].find(a => a.href.endsWith('/' + page)).click() : \
    i % 2 ? history.forward() : history.back()); } \
    document.documentElement.setAttribute('data-done', ''); })()";

async fn counts_every_view_of_four_tabs_at_once(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(PERSON).script(AT_ONCE))?;
    page.visit(&portal.url("lich-cong-tac"), "Lịch công tác").await?;
    for _ in 1..4 {
        page.open_tab(&portal.url("lich-cong-tac")).await?;
        page.heading("Lịch công tác").await?;
    }
    for tab in 0..4 {
        page.in_tab(tab).await?;
        page.run_inside(VIEW_199).await?;
    }
    for tab in 0..4 {
        page.in_tab(tab).await?;
        page.until_there("[data-done]").await?;
    }
    // What was counted last may still be on its way.
    let views = format!(
        "{}.then(text => Object.values(JSON.parse(text.slice(9)).books).flatMap(book => Object.values(book.days)) \
         .reduce((sum, day) => sum + day[0], 0))",
        kept("visits")
    );
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let counted = page.number(&views).await?;
        if counted >= 800.0 || std::time::Instant::now() > deadline {
            return holds(
                &format!("four times 200 views are 800, not {counted}"),
                (counted - 800.0).abs() < 0.5,
            );
        }
    }
}

async fn shows_days_months_articles_categories_and_visits(page: Page) -> Outcome {
    let portal = person(&page)?;
    page.open(&portal.blank_url()).await?;
    let log = r#"00c0ffee {"visits":2,"books":{"00c0ffee":{"days":{"2021-09-01":[2,[[32400,32460]]],"2021-09-15":[1,[[28800,28800]]]},"months":{"2021-06-01":[3799249,1200,2,90000]},"articles":{"ke-hoach-nam-hoc-moi":[1631600000,7,"Ban hành kế hoạch"]},"categories":{"tuyen-sinh":[1631600000,9,""],"khong-con":[1631600000,3,""]}}}}"#;
    keep(&page, log).await?;
    open(&page, &portal).await?;
    until_figures(&page, ["2", "2"], ["1.203", "3.799.253"]).await?;
    let rows = page.texts(".list-page > .figures tbody td").await?;
    same(
        "today, week, month, year, all",
        rows,
        ["2", "2", "2", "2", "3", "4", "1.203", "3.799.253", "1.203", "3.799.253"],
    )?;
    same("bars of days and months", page.count(".visit-chart__bar").await?, 42)?;
    page.click((".visit-chart:last-child summary", "Xem bảng số liệu")).await?;
    same(
        "the newest month",
        page.texts(".visit-chart:last-child tbody tr:first-child").await?,
        ["09/202134"],
    )?;
    same(
        "the month before",
        page.texts(".visit-chart:last-child tbody tr:nth-child(4)").await?,
        ["06/20211.2003.799.249"],
    )?;
    let of = |section: &str| format!("section[aria-label='{section}'] li");
    same(
        "articles",
        page.texts(&of("Tin bài xem nhiều trên thiết bị này")).await?,
        ["Ban hành kế hoạch 7 lần xem"],
    )?;
    same(
        "categories",
        page.texts(&of("Chuyên mục xem nhiều trên thiết bị này")).await?,
        ["Tuyển sinh 9 lần xem"],
    )?;
    same(
        "visits",
        page.texts(&of("Các lần truy cập gần đây")).await?,
        ["15/09/2021 09:00", "15/09/2021 08:00", "01/09/2021 09:00 – 09:01"],
    )?;
    // An article and its category count when they are read.
    page.click((format!("{} a", of("Tin bài xem nhiều trên thiết bị này")).as_str(), "Ban hành kế hoạch"))
        .await?;
    page.until("sessionStorage.getItem('bantin/viewed').startsWith('bai-viet/')").await?;
    page.click(("footer a", HEADING)).await?;
    page.heading(HEADING).await?;
    page.until_texts(
        &of("Tin bài xem nhiều trên thiết bị này"),
        &["Ban hành kế hoạch thời gian năm học 2021-2022 8 lần xem"],
    )
    .await?;
    page.until_texts(
        &of("Chuyên mục xem nhiều trên thiết bị này"),
        &["Tuyển sinh 9 lần xem", "Thông báo 1 lần xem"],
    )
    .await
}

async fn shows_figures_where_nothing_may_be_kept(page: Page) -> Outcome {
    let denied = "for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, \
                  { get() { throw new DOMException('denied', 'SecurityError'); } });";
    let full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; \
                IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };";
    for script in [denied, full] {
        let portal = page.portal_with(|portal| portal.script(PERSON).script(script))?;
        open(&page, &portal).await?;
        until_figures(&page, ["1", "1"], ["1", "1"]).await?;
        page.until_contains("main", KEEPS_NOTHING).await?;
        page.follow("Trang chủ").await?;
        page.until_texts("section[aria-label='Thống kê truy cập'] dd", &["1", "1"]).await?;
        more_than_a_second(&page).await?;
        page.back().await?;
        until_figures(&page, ["1", "3"], ["1", "3"]).await?;
        page.reload().await?;
        until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    }
    Ok(())
}

async fn goes_on_where_the_log_is_cleared_meanwhile(page: Page) -> Outcome {
    let portal = person(&page)?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    // As a reader does who clears the data of this site in another window.
    page.value("new Promise(done => { const gone = indexedDB.deleteDatabase('bantin/'); gone.onsuccess = () => done(true); })").await?;
    page.run("localStorage.clear(); sessionStorage.clear();", vec![]).await?;
    page.follow("Trang chủ").await?;
    page.until_texts("section[aria-label='Thống kê truy cập'] dd", &["1", "1"]).await?;
    page.until("sessionStorage.getItem('bantin/viewed') !== null").await?;
    page.back().await?;
    until_figures(&page, ["1", "2"], ["1", "2"]).await
}

async fn puts_garbage_aside_and_says_so_once(page: Page) -> Outcome {
    for garbage in
        ["{garbage", "00c0ffee {\"visits\":2,\"books\":{\"00c0ffee\":{\"days\":{\"2021-09-01\":[0,[]]}}}}"]
    {
        let portal = person(&page)?;
        page.open(&portal.blank_url()).await?;
        keep(&page, garbage).await?;
        open(&page, &portal).await?;
        page.until_contains("main", "Số liệu cũ trong trình duyệt bị hỏng nên đã được cất riêng").await?;
        until_figures(&page, ["1", "1"], ["1", "1"]).await?;
        // What cannot be read may be of use to somebody: it is put aside, not thrown away.
        same("what was there", page.text(&kept("visits-unreadable")).await?.as_str(), garbage)?;
        portal.set_clock(NOW + 60);
        page.reload().await?;
        until_figures(&page, ["1", "2"], ["1", "2"]).await?;
        holds("it is said once", !page.texts("main").await?.concat().contains("bị hỏng"))?;
    }
    Ok(())
}

async fn carries_on_the_log_of_an_older_version(page: Page) -> Outcome {
    let portal = person(&page)?;
    page.open(&portal.blank_url()).await?;
    // Version 1 was kept in another place.
    let older = r#"{"visits":1,"books":{"0000002a":{"days":{"2021-09-14":[5,[[36000,36100]]]},"months":{"2021-01-01":[40,12,5,2592000]}}}}"#;
    page.run("localStorage.setItem('bantin/visits', arguments[0]); localStorage.setItem('bantin/writer', '0000002a')", vec![json!(older)]).await?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["14", "46"]).await?;
    contains(
        "the same browser goes on",
        &page.text(&kept("visits")).await?,
        "0000002a {\"visits\":2,\"books\":{\"0000002a\"",
    )?;
    page.until("localStorage.getItem('bantin/visits') === null").await?;
    portal.set_clock(NOW + 60);
    page.reload().await?;
    until_figures(&page, ["1", "2"], ["14", "47"]).await
}

async fn leaves_the_log_of_a_newer_version_alone(page: Page) -> Outcome {
    let portal = person(&page)?;
    page.open(&portal.blank_url()).await?;
    let newer = "00c0ffee {\"visits\":3,\"shelves\":[]}";
    keep(&page, newer).await?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    page.until_contains("main", "do phiên bản mới hơn của trang ghi lại").await?;
    same("what is kept", page.text(&kept("visits")).await?.as_str(), newer)
}

/// Chooses a file of this text.
async fn choose(page: &Page, text: &str) -> Outcome {
    let script = "const input = document.querySelector('input[type=file]'), files = new DataTransfer(); \
        files.items.add(new File([arguments[0]], 'so-lieu.json', { type: 'application/json' })); input.files = files.files; \
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    page.run(script, vec![json!(text)]).await.map(drop)
}

async fn can_be_taken_away_and_brought_back(page: Page) -> Outcome {
    // What is offered as a file is noted.
    let note = "globalThis.files = []; const make = URL.createObjectURL; URL.createObjectURL = blob => { \
        blob.text().then(text => files.push(text)); return make.call(URL, blob); }; \
        HTMLAnchorElement.prototype.click = function () { document.documentElement.dataset.saved = this.download; };";
    let portal = page.portal_with(|portal| portal.script(PERSON).script(note))?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    page.click(("button", "Tải số liệu (JSON)")).await?;
    page.until("document.documentElement.dataset.saved === 'thong-ke-truy-cap-2021-09-15.json'").await?;
    page.run_inside("setTimeout(() => document.documentElement.setAttribute('data-file', files[0]), 0)")
        .await?;
    page.until_there("[data-file]").await?;
    let file = page.text("document.documentElement.dataset.file").await?;
    contains("the file", &file, "{\"visits\":2,\"books\":{\"")?;
    page.click(("button", "Tải bảng CSV")).await?;
    page.until("document.documentElement.dataset.saved === 'thong-ke-truy-cap-2021-09-15.csv'").await?;
    page.run_inside("setTimeout(() => document.documentElement.setAttribute('data-file', files[1]), 0)")
        .await?;
    page.until("document.documentElement.dataset.file.includes('Ngày,Lượt truy cập,Trang đã xem\\r\\n2021-09-15,1,1\\r\\n')").await?;
    // The same again counts nothing twice; that of another browser is added.
    choose(&page, &file).await?;
    page.until_contains("main", "Đã nhập số liệu từ tệp").await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    choose(&page, r#"{"visits":1,"books":{"00000007":{"days":{"2021-09-15":[5,[[3600,4000]]]}}}}"#).await?;
    until_figures(&page, ["2", "6"], ["2", "6"]).await?;
    portal.set_clock(NOW + 60);
    page.reload().await?;
    until_figures(&page, ["2", "7"], ["2", "7"]).await
}

async fn refuses_files_that_are_no_log(page: Page) -> Outcome {
    let portal = person(&page)?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    for text in ["", "[]", "{\"visits\":1,\"books\":{\"x\":{}}}", "<html>"] {
        choose(&page, text).await?;
        page.until_contains("main", "Tệp này không phải là số liệu truy cập tải về từ trang").await?;
    }
    choose(&page, "{\"visits\":9}").await?;
    page.until_contains("main", "Tệp này do phiên bản mới hơn của trang tạo ra").await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await
}

async fn can_be_erased(page: Page) -> Outcome {
    let portal = person(&page)?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    // Not by one slip.
    page.click(("button", "Xóa số liệu")).await?;
    page.click(("button", "Thôi")).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    page.click(("button", "Xóa số liệu")).await?;
    page.click(("button", "Xóa hết, không lấy lại được")).await?;
    until_figures(&page, ["0", "0"], ["0", "0"]).await?;
    page.until_contains("main", "Đã xóa số liệu trên thiết bị này.").await?;
    same("what is kept", page.value(&kept("visits")).await?, Value::Null)
}

async fn can_be_switched_off(page: Page) -> Outcome {
    let portal = person(&page)?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    page.click("main .switch input").await?;
    portal.set_clock(NOW + 60);
    page.reload().await?;
    page.heading(HEADING).await?;
    page.until("!document.querySelector('main .switch input').checked").await?;
    more_than_a_second(&page).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    page.click("main .switch input").await?;
    page.reload().await?;
    until_figures(&page, ["1", "2"], ["1", "2"]).await
}

async fn keeps_its_figures_apart_from_other_portals_of_the_host(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(PERSON).base("/cong/tin/"))?;
    open(&page, &portal).await?;
    page.click(("button", "English")).await?;
    page.heading("Visit statistics").await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    let others = "Object.keys(localStorage).filter(key => !key.startsWith('bantin/cong/tin/')).join()";
    same("keys of others", page.text(others).await?, "")?;
    page.until("Object.keys(localStorage).length >= 2").await?;
    let databases = "indexedDB.databases().then(all => all.map(one => one.name).join())";
    same("databases", page.text(databases).await?, "bantin/cong/tin/")
}

async fn uses_no_cookie_and_sends_nothing(page: Page) -> Outcome {
    let beacon = "globalThis.sent = 0; navigator.sendBeacon = () => { sent++; return true; };";
    let portal = page.portal_with(|portal| portal.script(PERSON).script(beacon))?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    page.until_contains(
        "main",
        "Trang không dùng cookie, không nhận dạng thiết bị và không gửi số liệu đi đâu.",
    )
    .await?;
    same("cookies", page.text("document.cookie").await?, "")?;
    page.run_inside("document.documentElement.setAttribute('data-sent', sent)").await?;
    same("beacons", page.attributes("html", "data-sent").await?, ["0"])
}

const WHOLE: &str = "section[aria-label='Toàn cổng thông tin']";

/// A portal that says who counts.
fn counted(page: &Page, counting: Value) -> Result<Portal> {
    let portal = person(page)?;
    let mut archive = Archive::read()?;
    archive.entry["portal"]["counting"] = counting;
    archive.publish(&portal);
    Ok(portal)
}

/// `counts.json`, of 08:50 on the day of the page's clock.
fn counts(total: u64) -> String {
    json!({ "format": 1, "time": NOW - 600, "today": { "day": "2021-09-15", "visitors": 1204 }, "total": total }).to_string()
}

async fn shows_the_whole_portals_figures_where_somebody_counts(page: Page) -> Outcome {
    let portal = counted(&page, json!({}))?;
    portal.json("data/counts.json", counts(3_799_249));
    page.visit(&portal.url(""), super::home::HEADING).await?;
    let figures = "section[aria-label='Thống kê truy cập']";
    page.until_texts(&format!("{figures} dd"), &["1.204", "3.799.249", "1", "1"]).await?;
    page.until_reads(&format!("{figures} .visit-figures__when"), "Toàn cổng, tính đến 15/09/2021 08:50")
        .await?;
    page.until_reads(&format!("{figures} .visit-figures__whose"), "Trên thiết bị này").await?;
    open(&page, &portal).await?;
    page.until_texts(&format!("{WHOLE} dd"), &["1.204", "3.799.249"]).await?;
    page.until_contains(WHOLE, "không so sánh với nhau được").await?;
    // Figures of yesterday say nothing of today.
    portal.set_clock(NOW + 86_400);
    page.reload().await?;
    page.until_texts(&format!("{WHOLE} dd"), &["—", "3.799.249"]).await
}

async fn shows_the_last_figures_of_the_whole_portal_where_the_new_ones_fail(page: Page) -> Outcome {
    let portal = counted(&page, json!({}))?;
    portal.answer("data/counts.json", Response::text(404, "no"));
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    same("figures that never were", page.texts(&format!("{WHOLE} dd")).await?, ["…", "…"])?;
    portal.json("data/counts.json", counts(5_000));
    page.reload().await?;
    page.until_texts(&format!("{WHOLE} dd"), &["1.204", "5.000"]).await?;
    for answer in
        [Response::text(500, "no"), Response::text(200, "<html>"), Response::text(200, "{\"format\":2}")]
    {
        portal.answer("data/counts.json", answer);
        page.reload().await?;
        page.until_texts(&format!("{WHOLE} dd"), &["1.204", "5.000"]).await?;
        page.until_reads(".visit-figures__when", "Toàn cổng, tính đến 15/09/2021 08:50").await?;
    }
    Ok(())
}

async fn shows_the_public_counter_of_a_goatcounter(page: Page) -> Outcome {
    let counter = page.portal()?;
    // Numbers as a GoatCounter writes them, with narrow spaces.
    counter.json("counter/TOTAL.json", "{\"count\": \"12\u{202f}345\", \"count_unique\": \"1\u{202f}234\"}");
    let portal =
        counted(&page, json!({ "goatcounter": counter.url("").trim_end_matches('/'), "start": 3_799_249 }))?;
    open(&page, &portal).await?;
    page.until_texts(&format!("{WHOLE} dd"), &["—", "3.800.483"]).await?;
    page.until_reads(".visit-figures__when", "Toàn cổng, tính đến 15/09/2021 09:00").await?;
    counter.answer("counter/TOTAL.json", Response::text(403, "no"));
    page.reload().await?;
    page.until_texts(&format!("{WHOLE} dd"), &["—", "3.800.483"]).await
}

async fn shows_the_articles_that_are_asked_for_most(page: Page) -> Outcome {
    let portal = counted(&page, json!({}))?;
    let mut articles: Vec<Value> = (0..12)
        .map(|n| json!({ "slug": format!("bai-{n}"), "title": format!("Bài {n}"), "views": 1200 - n }))
        .collect();
    // An article without a title is not one that readers could be led to.
    articles.insert(0, json!({ "slug": "wp-login", "views": 9000 }));
    articles
        .insert(1, json!({ "slug": "ke-hoach-nam-hoc-moi", "title": "Ban hành kế hoạch", "views": 1204 }));
    let counts = json!({ "format": 2, "time": NOW - 600, "today": { "day": "2021-09-15", "visitors": 1204 }, "total": 5000,
        "articles": articles });
    portal.json("data/counts.json", counts.to_string());
    open(&page, &portal).await?;
    let list = "section[aria-label='Tin bài được tìm đến nhiều nhất toàn cổng']";
    page.until_contains(list, "mở từ bên ngoài cổng").await?;
    let lines = page.texts(&format!("{list} li")).await?;
    let expected: Vec<String> = std::iter::once("Ban hành kế hoạch 1.204 lần".to_owned())
        .chain((0..9).map(|n| format!("Bài {n} {}.{:03} lần", (1200 - n) / 1000, (1200 - n) % 1000)))
        .collect();
    same("lines", lines, expected)?;
    // They are known, too, where new ones cannot be had.
    portal.answer("data/counts.json", Response::text(500, "no"));
    page.reload().await?;
    page.click((format!("{list} a").as_str(), "Ban hành kế hoạch")).await?;
    page.heading("Ban hành kế hoạch thời gian năm học 2021-2022").await
}

async fn asks_for_the_whole_portals_figures_once_in_ten_minutes(page: Page) -> Outcome {
    let portal = counted(&page, json!({}))?;
    portal.json("data/counts.json", counts(5_000));
    page.visit(&portal.url(""), super::home::HEADING).await?;
    page.until_texts("section[aria-label='Thống kê truy cập'] dd", &["1.204", "5.000", "1", "1"]).await?;
    portal.json("data/counts.json", counts(6_000));
    let asked = |n: usize| same("how often", portal.requests("data/counts.json").len(), n);
    page.click(("footer a", HEADING)).await?;
    page.until_texts(&format!("{WHOLE} dd"), &["1.204", "5.000"]).await?;
    asked(1)?;
    page.run_inside(&format!("globalThis.bantinNow = {}", (NOW + 600) * 1000)).await?;
    page.follow("Trang chủ").await?;
    page.until_texts("section[aria-label='Thống kê truy cập'] dd", &["1.204", "6.000", "1", "1"]).await?;
    asked(2)
}

async fn works_in_a_frame_that_may_keep_nothing(page: Page) -> Outcome {
    let portal = person(&page)?;
    page.open(&portal.sandbox_url("thong-ke")).await?;
    page.in_frame(360).await?;
    page.heading(HEADING).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    page.until_contains("main", KEEPS_NOTHING).await?;
    let denied = "(() => { try { return String(localStorage); } catch (e) { return e.name; } })()";
    same("the frame has no storage", page.text(denied).await?.as_str(), "SecurityError")?;
    // The portal works, and goes on counting for as long as it is open. WebKit lets a page without an origin write no
    // history, so there each link opens it anew.
    page.mark_document().await?;
    page.click(("footer a", "Bài đã lưu")).await?;
    page.heading("Bài đã lưu").await?;
    more_than_a_second(&page).await?;
    page.click(("footer a", HEADING)).await?;
    page.heading(HEADING).await?;
    let views = if page.same_document().await.is_ok() { "3" } else { "1" };
    same("who opens it anew", views == "1", page.browser() == Browser::WebKit)?;
    until_figures(&page, ["1", views], ["1", views]).await?;
    page.click(("button", "English")).await?;
    page.heading("Visit statistics").await?;
    page.click(("button", "Erase the figures")).await?;
    page.click(("button", "Erase all, for good")).await?;
    until_figures(&page, ["0", "0"], ["0", "0"]).await
}

async fn keeps_a_whole_log_when_the_page_is_left_at_any_moment(page: Page) -> Outcome {
    // Left in the midst of what the app does: when a view has been taken down, when the log is written.
    let leaves = "let left = false; const leave = moment => { if (left || localStorage.getItem('leave') !== moment) return; \
            left = true; location.replace('/__journey/blank'); }; \
        const around = (kind, name, moment, when) => { const before = kind.prototype[name]; kind.prototype[name] = \
            function (...all) { const result = before.apply(this, all); if (when(...all)) leave(moment); return result; }; }; \
        around(Storage, 'setItem', 'taken', key => key === 'bantin/viewed'); \
        around(IDBObjectStore, 'put', 'written', () => true);";
    let portal = page.portal_with(|portal| portal.script(PERSON).script(leaves))?;
    page.open(&portal.blank_url()).await?;
    let views = format!(
        "{}.then(text => text === null ? 0 : Object.values(JSON.parse(text.slice(9)).books).flatMap(book => \
         Object.values(book.days)).reduce((sum, day) => sum + day[0], 0))",
        kept("visits")
    );
    let (mut least, mut most) = (0.0, 0.0);
    for (n, moment) in ["waiting", "taken", "written"].into_iter().cycle().take(12).enumerate() {
        page.run("localStorage.setItem('leave', arguments[0]); sessionStorage.clear()", vec![json!(moment)])
            .await?;
        portal.set_clock(NOW + 60 * n as i64);
        page.set_out_for(&portal.url("da-luu")).await?;
        if moment == "waiting" {
            page.heading("Bài đã lưu").await?;
            page.open(&portal.blank_url()).await?;
        } else {
            let left = "(document.title === 'blank' && sessionStorage.getItem('bantin/viewed') !== null) || \
                [document.title, sessionStorage.getItem('bantin/viewed'), localStorage.getItem('leave'), document.hidden].join()";
            page.until(left).await?;
        }
        // The view is there or not, and what was there before still is.
        most += 1.0;
        let counted = page.number(&views).await?;
        holds(
            &format!("left when {moment}: {counted} views and not {least} to {most}"),
            (least..=most).contains(&counted),
        )?;
        (least, most) = (counted, counted);
    }
    page.run("localStorage.removeItem('leave')", vec![]).await?;
    portal.set_clock(NOW + 3600);
    open(&page, &portal).await?;
    let all = format!("{}", most + 1.0);
    page.until_texts(".list-page > .figures tbody tr:last-child td:last-child", &[&all]).await?;
    holds("nothing was damaged", !page.texts("main").await?.concat().contains("bị hỏng"))
}
