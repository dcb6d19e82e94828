//! The work calendar, a week at a time.

use crate::journeys;
use browser_tests::{Outcome, Page, contains, same};

journeys![
    shows_this_week,
    shows_the_week_of_the_address,
    leads_to_the_weeks_around,
    shows_week_53_and_the_end_of_the_year,
    shows_an_event_on_each_of_its_days,
    says_that_a_week_is_empty,
    drops_a_week_that_does_not_exist,
    tells_place_and_people,
    shows_the_events_of_one_leader_or_unit,
    is_a_table_on_demand,
    gives_a_week_and_an_event_as_icalendar,
];

const HEADING: &str = "Lịch công tác";
const NAME: &str = ".page-head__about";

async fn shows_this_week(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("lich-cong-tac"), HEADING).await?;
    page.until_reads(NAME, "Tuần 37 năm 2021 (13/09/2021 – 19/09/2021)").await?;
    same("its days", page.count(".week-list__day").await?, 7)?;
    same("today", page.texts(".week-list [aria-current=date] time").await?, ["15/09/2021"])?;
    same("its mark", page.texts(".week-list .week-list__today").await?, ["Hôm nay"])?;
    same(
        "the title",
        page.text("document.title").await?,
        "Lịch công tác – Tuần 37 năm 2021 (13/09/2021 – 19/09/2021) | Sở Giáo dục và Đào tạo tỉnh Lạc Giang",
    )
}

async fn shows_the_week_of_the_address(page: Page) -> Outcome {
    let portal = page.portal()?;
    for address in ["lich-cong-tac/2021-W36", "lich-cong-tac/2021-w36"] {
        page.visit(&portal.url(address), HEADING).await?;
        page.until_reads(NAME, "Tuần 36 năm 2021 (06/09/2021 – 12/09/2021)").await?;
        page.until_texts(".week-list__title", &["Giao ban tuần"]).await?;
        same("today", page.count("[aria-current=date]").await?, 0)?;
    }
    page.reload().await?;
    page.until_reads(NAME, "Tuần 36 năm 2021 (06/09/2021 – 12/09/2021)").await
}

async fn leads_to_the_weeks_around(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("lich-cong-tac"), HEADING).await?;
    page.follow("Tuần trước").await?;
    page.until_at("/lich-cong-tac/2021-W36").await?;
    page.until_reads(NAME, "Tuần 36 năm 2021 (06/09/2021 – 12/09/2021)").await?;
    page.follow("Tuần sau").await?;
    page.until_at("/lich-cong-tac/2021-W37").await?;
    page.until_reads(NAME, "Tuần 37 năm 2021 (13/09/2021 – 19/09/2021)").await?;
    page.follow("Tuần sau").await?;
    page.until_reads(NAME, "Tuần 38 năm 2021 (20/09/2021 – 26/09/2021)").await?;
    page.follow("Tuần này").await?;
    page.until_reads(NAME, "Tuần 37 năm 2021 (13/09/2021 – 19/09/2021)").await?;
    page.back().await?;
    page.until_reads(NAME, "Tuần 38 năm 2021 (20/09/2021 – 26/09/2021)").await
}

async fn shows_week_53_and_the_end_of_the_year(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("lich-cong-tac/2020-W53"), HEADING).await?;
    page.until_reads(NAME, "Tuần 53 năm 2020 (28/12/2020 – 03/01/2021)").await?;
    page.follow("Tuần sau").await?;
    page.until_at("/lich-cong-tac/2021-W01").await?;
    page.until_reads(NAME, "Tuần 1 năm 2021 (04/01/2021 – 10/01/2021)").await?;
    page.follow("Tuần trước").await?;
    page.until_at("/lich-cong-tac/2020-W53").await?;
    page.visit(&portal.url("lich-cong-tac/2021-W52"), HEADING).await?;
    page.follow("Tuần sau").await?;
    page.until_at("/lich-cong-tac/2022-W01").await
}

async fn shows_an_event_on_each_of_its_days(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("lich-cong-tac/2021-W39"), HEADING).await?;
    let event = "Kiểm tra công tác đầu năm học tại huyện Tân Khê";
    page.until_texts(".week-list__title", &[event, event]).await?;
    page.until_texts(".week-list__hours", &["Cả ngày", "Cả ngày"]).await?;
    let days = "[...document.querySelectorAll('.week-list__day')].filter(d => d.querySelector('.week-list__event'))\
                .map(d => d.querySelector('time').textContent).join()";
    same("its days", page.text(days).await?, "28/09/2021,29/09/2021")
}

async fn says_that_a_week_is_empty(page: Page) -> Outcome {
    let portal = page.portal()?;
    // One in a year that has events, one in a year that has none.
    for week in ["2021-W38", "2023-W10"] {
        page.visit(&portal.url(&format!("lich-cong-tac/{week}")), HEADING).await?;
        page.until_reads(".empty", "Lịch công tác trống").await?;
        same("days", page.count(".week-list__day").await?, 0)?;
    }
    page.until_there(("main a", "Tuần này")).await?;
    // As a table neither, nor where a week has events but none of those asked for: no table of dashes.
    for week in [
        "2021-W38?dang=bang",
        "2021-W36?ai=%C4%90%E1%BB%93ng+ch%C3%AD+Gi%C3%A1m+%C4%91%E1%BB%91c+S%E1%BB%9F&dang=bang",
    ] {
        page.visit(&portal.url(&format!("lich-cong-tac/{week}")), HEADING).await?;
        page.until_reads(".empty", "Lịch công tác trống").await?;
        page.until("document.querySelector('.week-table').checkVisibility() === false").await?;
    }
    Ok(())
}

async fn drops_a_week_that_does_not_exist(page: Page) -> Outcome {
    let portal = page.portal()?;
    for week in ["2021-W53", "2021-W00", "tuan-nay", "2021-37"] {
        page.visit(&portal.url(&format!("lich-cong-tac/{week}")), HEADING).await?;
        page.until_contains(".dropped-notice", &format!("“{week}” không phải là tuần")).await?;
        page.until_reads(NAME, "Tuần 37 năm 2021 (13/09/2021 – 19/09/2021)").await?;
    }
    Ok(())
}

async fn tells_place_and_people(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("lich-cong-tac"), HEADING).await?;
    page.until_contains(".week-list", "Địa điểm: Phòng họp số 1").await?;
    page.until_contains(".week-list", "Địa điểm: Hội trường Sở").await?;
    page.until_contains(".week-list", "Chủ trì: Đồng chí Giám đốc Sở").await?;
    page.until_contains(".week-list", "Tham dự: Phòng Tổ chức cán bộ").await?;
    page.until_contains(".week-list", "Trưởng các phòng báo cáo công việc trong tuần.").await
}

async fn shows_the_events_of_one_leader_or_unit(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("lich-cong-tac/2021-W37"), HEADING).await?;
    page.until_texts(".week-list__title", &["Giao ban tuần", "Họp hội đồng thi đua"]).await?;
    page.choose("select[name=ai]", "Đồng chí Giám đốc Sở").await?;
    page.click(("button", "Lọc")).await?;
    page.until_texts(".week-list__title", &["Họp hội đồng thi đua"]).await?;
    page.until("new URL(location).searchParams.get('ai') === 'Đồng chí Giám đốc Sở'").await?;
    // The choice goes along to other weeks, where it may have nothing.
    page.follow("Tuần trước").await?;
    page.until_reads(".list-page .empty", "Lịch công tác trống").await?;
    page.until("document.querySelector('select[name=ai]').value === 'Đồng chí Giám đốc Sở'").await?;
    page.choose("select[name=ai]", "").await?;
    page.click(("button", "Lọc")).await?;
    page.until_texts(".week-list__title", &["Giao ban tuần"]).await?;
    page.until_at("/lich-cong-tac/2021-W36").await
}

async fn is_a_table_on_demand(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("lich-cong-tac/2021-W37"), HEADING).await?;
    same(
        "shown",
        page.value("document.querySelector('.week-table').checkVisibility()").await?,
        serde_json::Value::Bool(false),
    )?;
    page.follow("Xem dạng bảng").await?;
    page.until("document.querySelector('.week-table').checkVisibility()").await?;
    page.until_gone(".week-list").await?;
    let head = ["Ngày", "Thời gian", "Nội dung", "Địa điểm", "Chủ trì", "Tham dự"];
    page.until_texts(".week-table thead th", &head).await?;
    same("days", page.count(".week-table tbody").await?, 7)?;
    same("today", page.texts("tbody[aria-current=date] time").await?, ["15/09/2021"])?;
    page.until_at("/lich-cong-tac/2021-W37?dang=bang").await?;
    page.follow("Xem dạng danh sách").await?;
    page.until_there(".week-list").await
}

async fn gives_a_week_and_an_event_as_icalendar(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(super::search::SAVES))?;
    page.visit(&portal.url("lich-cong-tac/2021-W37"), HEADING).await?;
    page.click(("button", "Tải lịch (.ics)")).await?;
    let week = String::from_utf8(super::search::saved(&page).await?)?;
    same("its name", page.text("globalThis.savedAs").await?, "lich-cong-tac-2021-W37.ics")?;
    same("its events", week.matches("BEGIN:VEVENT\r\n").count(), 2)?;
    page.run("globalThis.saved = globalThis.savedAs = undefined;", vec![]).await?;
    page.click("[aria-label='Thêm vào lịch của tôi: Họp hội đồng thi đua']").await?;
    let one = String::from_utf8(super::search::saved(&page).await?)?;
    same("its events", one.matches("BEGIN:VEVENT\r\n").count(), 1)?;
    contains("its title", &one, "SUMMARY:Họp hội đồng thi đua")
}
