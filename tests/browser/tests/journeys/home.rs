//! The front page.

use crate::journeys;
use anyhow::Result;
use browser_tests::{Archive, Outcome, PERSON, Page, same};
use serde_json::json;

journeys![
    shows_the_lead_story_first,
    shows_hot_news_until_their_day,
    shows_featured_news_until_their_day,
    shows_the_newest_in_order,
    shows_a_column_for_each_category_in_the_order_of_the_portal,
    shows_linked_sites_in_their_groups,
    shows_the_calendar_of_this_week,
    says_that_an_empty_week_is_empty,
    shows_visit_figures,
    leaves_out_blocks_that_the_portal_switched_off,
    says_that_nothing_has_been_published,
    names_the_portal_and_the_day,
];

pub(crate) const HEADING: &str = "Cổng thông tin điện tử – Sở Giáo dục và Đào tạo tỉnh Lạc Giang";

/// A day at 09:00 in Việt Nam, as a Unix time.
const DAY: i64 = 86_400;

/// The titles in the section of this name.
async fn titles(page: &Page, section: &str) -> Result<Vec<String>> {
    page.texts(&format!("main section[aria-label='{section}'] .headline-card__title")).await
}

async fn shows_the_lead_story_first(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    let lead = "main .headline-card--lead";
    page.until_texts(
        &format!("{lead} h2"),
        &["Hội nghị trực tuyến về công tác văn phòng và truyền thông năm học 2021-2022"],
    )
    .await?;
    page.until_contains(&format!("{lead} .headline-card__summary"), "Sáng 10/9/2021, Sở Giáo dục và Đào tạo")
        .await?;
    page.until_texts(&format!("{lead} time"), &["11/09/2021 10:21"]).await?;
    same(
        "its category",
        page.texts(&format!("{lead} .headline-card__category")).await?,
        ["Tin tức - Sự kiện"],
    )?;
    page.until(&format!("document.querySelector('{lead} img').naturalWidth > 0")).await?;
    same(
        "its moment",
        page.attributes(&format!("{lead} time"), "datetime").await?,
        ["2021-09-11T10:21:00+07:00"],
    )?;
    page.follow("Hội nghị trực tuyến về công tác văn phòng và truyền thông năm học 2021-2022").await?;
    page.until_at("/bai-viet/hoi-nghi-truc-tuyen").await
}

async fn shows_hot_news_until_their_day(page: Page) -> Outcome {
    let hot = "Lễ khai giảng năm học mới được phát trực tiếp trên sóng truyền hình";
    // Its last day is 2021-09-10; the archive's clock is five days further.
    let portal = page.portal_with(|portal| portal.now(browser_tests::NOW - 5 * DAY))?;
    page.visit(&portal.url(""), HEADING).await?;
    same("hot news on their last day", titles(&page, "Tin nóng").await?, [hot])?;
    portal.set_clock(browser_tests::NOW - 4 * DAY);
    page.reload().await?;
    page.heading(HEADING).await?;
    same("hot news the day after", titles(&page, "Tin nóng").await?, [""; 0])?;
    same("its heading", page.texts("main h2").await?.contains(&"Tin nóng".to_owned()), false)?;
    page.until_contains("main section[aria-label='Tin mới nhất']", hot).await
}

async fn shows_featured_news_until_their_day(page: Page) -> Outcome {
    let (plan, points) = (
        "Ban hành kế hoạch thời gian năm học 2021-2022",
        "Công bố điểm chuẩn tuyển sinh vào lớp 10 năm học 2021-2022",
    );
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    same("featured", titles(&page, "Tin tiêu điểm").await?, [plan, points])?;
    // 2022-01-01: the plan was featured until the last day of 2021.
    portal.set_clock(browser_tests::NOW + 108 * DAY);
    page.reload().await?;
    page.heading(HEADING).await?;
    same("featured in the new year", titles(&page, "Tin tiêu điểm").await?, [points])
}

async fn shows_the_newest_in_order(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    let newest = "main section[aria-label='Tin mới nhất']";
    let moments = page.attributes(&format!("{newest} time"), "datetime").await?;
    same("how many", moments.len(), 6)?;
    let mut sorted = moments.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    same("newest first", &moments, &sorted)?;
    let shown = page.texts("main .front__main > :not(.columns) .headline-card__title").await?;
    let mut once = shown.clone();
    once.sort();
    once.dedup();
    same("each story stands at one place above the columns", once.len(), shown.len())?;
    page.follow("Tất cả tin bài").await?;
    page.until_at("/tim-kiem").await?;
    page.until_reads(".page-head__count", "Tìm thấy 27 tin bài · Trang 1/3").await
}

async fn shows_a_column_for_each_category_in_the_order_of_the_portal(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    let columns = ["Chủ đề Mùa bão năm 2020", "Tin tức - Sự kiện", "Tuyển sinh", "Thông báo"];
    page.until_texts("main .columns h2", &columns).await?;
    same(
        "the stories of a category",
        titles(&page, "Tuyển sinh").await?,
        [
            "Công bố điểm chuẩn tuyển sinh vào lớp 10 năm học 2021-2022",
            "Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022",
            "Tuyển sinh vào lớp 10 năm học 2020-2021: những điểm mới",
        ],
    )?;
    page.click(("main .columns h2 a", "Thông báo")).await?;
    page.until_at("/chuyen-muc/thong-bao").await
}

async fn shows_linked_sites_in_their_groups(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    let links = "main section[aria-label='Website liên kết']";
    page.until_texts(&format!("{links} h3"), &["Cơ quan trung ương", "Trong tỉnh"]).await?;
    same(
        "the sites",
        page.attributes(&format!("{links} a"), "href").await?,
        ["https://bo.example/", "https://dichvucong.example/", "https://ubnd.lacgiang.example/"],
    )?;
    same(
        "their names",
        page.texts(&format!("{links} a")).await?,
        ["Bộ Giáo dục và Đào tạo", "Cổng Dịch vụ công", "Ủy ban nhân dân tỉnh Lạc Giang"],
    )?;
    page.run(&format!("document.querySelector({}).scrollIntoView()", json!(links)), vec![]).await?;
    page.until(&format!("document.querySelector({}).naturalWidth > 0", json!(format!("{links} img")))).await
}

async fn shows_the_calendar_of_this_week(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    let calendar = "main section[aria-label='Lịch công tác']";
    page.until_texts(&format!("{calendar} time"), &["13/09/2021", "17/09/2021"]).await?;
    page.until_texts(&format!("{calendar} .week-list__title"), &["Giao ban tuần", "Họp hội đồng thi đua"])
        .await?;
    page.until_texts(&format!("{calendar} .week-list__hours"), &["08:00 – 09:30", "14:00 – 16:30"]).await?;
    page.follow("Xem cả tuần").await?;
    page.heading("Lịch công tác").await?;
    page.until_reads(".page-head__about", "Tuần 37 năm 2021 (13/09/2021 – 19/09/2021)").await
}

async fn says_that_an_empty_week_is_empty(page: Page) -> Outcome {
    // The week after has no event.
    let portal = page.portal_with(|portal| portal.now(browser_tests::NOW + 7 * DAY))?;
    page.visit(&portal.url(""), HEADING).await?;
    page.until_contains("main section[aria-label='Lịch công tác'] .empty", "Lịch công tác trống").await
}

async fn shows_visit_figures(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(PERSON))?;
    page.visit(&portal.url(""), HEADING).await?;
    let figures = "main section[aria-label='Thống kê truy cập']";
    page.until_texts(&format!("{figures} dt"), &["Hôm nay", "Đã truy cập"]).await?;
    page.until_texts(&format!("{figures} dd"), &["1", "1"]).await?;
    page.click(&*format!("{figures} h2 a")).await?;
    page.until_at("/thong-ke").await
}

async fn leaves_out_blocks_that_the_portal_switched_off(page: Page) -> Outcome {
    let sections = "main .section__title";
    let portal = page.portal_with(|portal| portal.now(browser_tests::NOW - 5 * DAY))?;
    page.visit(&portal.url(""), HEADING).await?;
    let all = [
        "Tin nóng",
        "Tin tiêu điểm",
        "Tin mới nhất",
        "Chủ đề Mùa bão năm 2020",
        "Tin tức - Sự kiện",
        "Tuyển sinh",
        "Thông báo",
        "Lịch công tác",
        "Website liên kết",
        "Thống kê truy cập",
    ];
    page.until_texts(sections, &all).await?;
    let blocks = ["hot", "featured", "newest", "topics", "categories", "calendar", "links", "visits"];
    for (at, block) in blocks.iter().enumerate() {
        let mut archive = Archive::read()?;
        archive.entry["portal"]["home"] = json!(blocks.iter().filter(|b| *b != block).collect::<Vec<_>>());
        archive.publish(&portal);
        page.reload().await?;
        let gone = match at {
            0..4 => at..at + 1,
            4 => 4..7,
            _ => at + 2..at + 3,
        };
        let left: Vec<_> =
            all.iter().enumerate().filter(|(i, _)| !gone.contains(i)).map(|(_, name)| *name).collect();
        page.until_texts(sections, &left).await?;
    }
    let mut archive = Archive::read()?;
    archive.entry["portal"]["home"] = json!(["visits", "newest"]);
    archive.publish(&portal);
    page.reload().await?;
    page.until_texts(sections, &["Tin mới nhất", "Thống kê truy cập"]).await
}

async fn says_that_nothing_has_been_published(page: Page) -> Outcome {
    let portal = page.portal()?;
    let mut archive = Archive::read()?;
    archive.entry["home"] = json!("home/00000000000000ff.json");
    archive.publish(&portal);
    let nothing =
        json!({ "headlines": [], "hot": [], "featured": [], "newest": [], "categories": [], "topics": [] });
    portal.json("data/home/00000000000000ff.json", nothing.to_string());
    page.visit(&portal.url(""), HEADING).await?;
    page.until_reads("main .empty", "Chưa có tin bài nào được đăng").await
}

async fn names_the_portal_and_the_day(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    page.until_reads(".masthead__date", "Thứ Tư, ngày 15/09/2021").await?;
    page.until_reads(".masthead__parent", "Ủy ban nhân dân tỉnh Lạc Giang").await?;
    let foot = "footer.footer";
    for line in [
        "Số 1 đường Học Viện, thành phố Lạc Giang",
        "0200 000 0000",
        "vanphong@lacgiang.example",
        "Văn phòng Sở",
        "Dữ liệu kiểm thử: đơn vị, địa danh và nhân vật là hư cấu.",
    ] {
        page.until_contains(foot, line).await?;
    }
    same("the title", page.text("document.title").await?, "Trang chủ | Sở Giáo dục và Đào tạo tỉnh Lạc Giang")
}
