//! Visit figures: of this browser, kept in this browser.

use crate::journeys;
use browser_tests::{NOW, Outcome, Page, contains, same};

journeys![
    counts_the_first_visit,
    does_not_count_a_reload_within_the_visit,
    counts_another_visit_after_half_an_hour,
    counts_another_visit_after_midnight,
    counts_while_the_page_stays_open,
    shows_figures_where_nothing_may_be_kept,
    survives_garbage_in_storage,
    leaves_the_log_of_a_newer_version_alone,
    keeps_its_figures_apart_from_other_portals_of_the_host,
];

const HEADING: &str = "Thống kê truy cập";
const FIGURES: &str = ".figures td";
const KEEPS_NOTHING: &str = "Trình duyệt không cho phép lưu dữ liệu; số liệu chỉ tính từ lúc mở trang này.";

async fn counts_the_first_visit(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), HEADING).await?;
    page.until_texts(
        ".figures th",
        &["Hôm nay", "Đã truy cập", "Trang đã xem hôm nay", "Tổng số trang đã xem"],
    )
    .await?;
    page.until_texts(FIGURES, &["1", "1", "1", "1"]).await?;
    page.until_contains("main", "Hai lần xem cách nhau quá 30 phút").await?;
    same("a word that nothing is kept", page.texts("main").await?.concat().contains(KEEPS_NOTHING), false)
}

async fn does_not_count_a_reload_within_the_visit(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), HEADING).await?;
    page.until_texts(FIGURES, &["1", "1", "1", "1"]).await?;
    // To the second: half an hour without a view ends the visit.
    portal.set_clock(NOW + 1799);
    page.reload().await?;
    page.until_texts(FIGURES, &["1", "1", "2", "2"]).await?;
    page.follow("Tuyển sinh").await?;
    page.heading("Tuyển sinh").await?;
    page.back().await?;
    page.heading(HEADING).await?;
    page.until_texts(FIGURES, &["1", "1", "4", "4"]).await
}

async fn counts_another_visit_after_half_an_hour(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), HEADING).await?;
    page.until_texts(FIGURES, &["1", "1", "1", "1"]).await?;
    portal.set_clock(NOW + 1800);
    page.reload().await?;
    page.until_texts(FIGURES, &["2", "2", "2", "2"]).await
}

async fn counts_another_visit_after_midnight(page: Page) -> Outcome {
    // 23:59:30 in Việt Nam.
    let portal = page.portal_with(|portal| portal.now(NOW + 14 * 3600 + 3570))?;
    page.visit(&portal.url("thong-ke"), HEADING).await?;
    page.until_texts(FIGURES, &["1", "1", "1", "1"]).await?;
    portal.set_clock(NOW + 15 * 3600 + 10);
    page.reload().await?;
    page.until_texts(FIGURES, &["1", "2", "1", "2"]).await?;
    page.until_reads(".masthead__date", "Thứ Năm, ngày 16/09/2021").await
}

async fn counts_while_the_page_stays_open(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), HEADING).await?;
    page.run_inside(&format!("globalThis.bantinNow = {}", (NOW + 3600) * 1000)).await?;
    page.follow("Trang chủ").await?;
    page.until_texts("section[aria-label='Thống kê truy cập'] dd", &["2", "2"]).await
}

async fn shows_figures_where_nothing_may_be_kept(page: Page) -> Outcome {
    let denied = "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, \
                  { get() { throw new DOMException('denied', 'SecurityError'); } });";
    let full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };";
    for script in [denied, full] {
        let portal = page.portal_with(|portal| portal.script(script))?;
        page.visit(&portal.url("thong-ke"), HEADING).await?;
        page.until_texts(FIGURES, &["1", "1", "1", "1"]).await?;
        page.until_contains("main", KEEPS_NOTHING).await?;
        page.follow("Tuyển sinh").await?;
        page.heading("Tuyển sinh").await?;
        page.back().await?;
        page.until_texts(FIGURES, &["1", "1", "3", "3"]).await?;
        page.reload().await?;
        page.until_texts(FIGURES, &["1", "1", "1", "1"]).await?;
    }
    Ok(())
}

async fn survives_garbage_in_storage(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.open(&portal.blank_url()).await?;
    let garbage = "for (const key of ['visits', 'writer', 'lang', 'entry']) localStorage.setItem('bantin/' + key, '{garbage'); \
                   sessionStorage.setItem('bantin/positions', '[1, {');";
    page.run(garbage, vec![]).await?;
    page.visit(&portal.url("thong-ke"), HEADING).await?;
    page.until_texts(FIGURES, &["1", "1", "1", "1"]).await?;
    // What cannot be read may be of use to somebody: it is put aside, not thrown away.
    let kept = page.text("Object.values(localStorage).join('\\n')").await?;
    contains("what was there", &kept, "{garbage")?;
    page.reload().await?;
    page.until_texts(FIGURES, &["1", "1", "2", "2"]).await
}

async fn leaves_the_log_of_a_newer_version_alone(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.open(&portal.blank_url()).await?;
    let newer = "{\"visits\":2,\"shelves\":[]}";
    page.run("localStorage.setItem('bantin/visits', arguments[0])", vec![newer.into()]).await?;
    page.visit(&portal.url("thong-ke"), HEADING).await?;
    page.until_texts(FIGURES, &["1", "1", "1", "1"]).await?;
    page.until_contains("main", KEEPS_NOTHING).await?;
    same("what was kept", page.text("localStorage.getItem('bantin/visits')").await?, newer)
}

async fn keeps_its_figures_apart_from_other_portals_of_the_host(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/"))?;
    page.visit(&portal.url("thong-ke"), HEADING).await?;
    page.click(("button", "English")).await?;
    page.heading("Visit statistics").await?;
    let others = "Object.keys(localStorage).filter(key => !key.startsWith('bantin/cong/tin/')).join()";
    same("keys of others", page.text(others).await?, "")?;
    page.until("Object.keys(localStorage).length >= 3").await
}
