//! Views that are sent on to a statistics service, where the portal names one: what is told, that it is told once, and
//! when nothing is told.
//!
//! Not here: what counts as a view (`statistics`); the forms of the services in all their cases (`visits::send`).

use super::statistics::{AT_ONCE, HEADING, VIEW_199, kept, more_than_a_second, open, until_figures};
use crate::journeys;
use anyhow::Result;
use browser_tests::{
    Archive, Heard, NOW, Outcome, PERSON, Page, Portal, PortalBuilder, Service, contains, same,
};
use serde_json::{Value, json};

journeys![
    tells_each_service_of_a_view_in_its_own_form,
    waits_while_the_device_is_offline_and_sends_each_view_once,
    sends_what_waited_when_it_is_opened_again,
    keeps_the_last_hundred_views_that_wait,
    sends_each_view_of_two_tabs_once,
    keeps_a_view_that_the_browser_does_not_take,
    sends_at_once_where_nothing_may_be_kept,
    sends_nothing_where_the_browser_asks_not_to_be_followed,
    sends_nothing_once_counting_is_switched_off_in_any_tab,
    forgets_what_waits_where_the_portal_has_no_service_any_more,
    sends_nothing_where_a_program_drives_the_browser,
];

const ARTICLE: &str = "bai-viet/ke-hoach-nam-hoc-moi";
const TITLE: &str = "Ban hành kế hoạch thời gian năm học 2021-2022";
const ID: &str = "3f6c0d1e-0a4b-4c2d-9e8f-7a6b5c4d3e2f";

/// The device has no network for as long as this tab or another one says so, as far as the page can see.
const OFFLINE: &str =
    "Object.defineProperty(navigator, 'onLine', { get: () => localStorage.getItem('away') === null });";
const LEAVE: &str = "localStorage.setItem('away', ''); dispatchEvent(new Event('offline'));";
const COME_BACK: &str = "localStorage.removeItem('away'); dispatchEvent(new Event('online'));";

/// A portal that has its views sent to this service.
fn sending(
    page: &Page,
    (to, site): (&str, &str),
    service: &Service,
    set: impl FnOnce(PortalBuilder) -> PortalBuilder,
) -> Result<Portal> {
    let portal = page.portal_with(|portal| set(portal.script(PERSON)))?;
    name_service(&portal, json!([to, service.url() + "/dem/", site]))?;
    Ok(portal)
}

fn name_service(portal: &Portal, sending: Value) -> Outcome {
    let mut archive = Archive::read()?;
    archive.entry["portal"]["sending"] = sending;
    archive.publish(portal);
    Ok(())
}

const GOATCOUNTER: (&str, &str) = ("goatcounter", "");

/// Which pages were told to a GoatCounter.
fn paths(heard: &[Heard]) -> Vec<&str> {
    heard.iter().map(|heard| heard.field("p").unwrap_or("none")).collect()
}

/// Goes by a link of the footer, and waits until the page there has counted.
async fn view(page: &Page, name: &str, path: &str) -> Outcome {
    page.click(("footer a", name)).await?;
    page.until(&format!("sessionStorage.getItem('bantin/viewed')?.startsWith('{path} ')")).await
}

/// From now on the page is what is in the tab with this address: not every browser has its tabs in the order in which they
/// were opened.
async fn in_tab_at(page: &Page, path: &str) -> Outcome {
    for tab in 0..page.windows().await? {
        page.in_tab(tab).await?;
        if page.text("location.pathname").await? == path {
            return Ok(());
        }
    }
    anyhow::bail!("there is no tab with {path}")
}

/// How many views wait in the browser's database.
async fn until_waiting(page: &Page, count: usize) -> Outcome {
    // Not `Page::until`: the answer is a promise.
    let lines =
        format!("{}.then(text => text === null ? 0 : text.trim().split('\\n').length)", kept("outbox"));
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let waiting = page.number(&lines).await?;
        if (waiting - count as f64).abs() < 0.5 || std::time::Instant::now() > deadline {
            return same("views that wait", waiting, count as f64);
        }
    }
}

async fn tells_each_service_of_a_view_in_its_own_form(page: Page) -> Outcome {
    for (to, site) in [GOATCOUNTER, ("plausible", "so.example"), ("umami", ID), ("matomo", "7")] {
        let service = Service::start()?;
        let portal = sending(&page, (to, site), &service, |portal| portal)?;
        let (url, elsewhere) = (portal.url(ARTICLE), page.portal()?);
        // From a page of another site, whose address is nobody's business.
        page.open(&elsewhere.url_on_server("/__journey/blank?q=rieng-tu")).await?;
        page.run_inside(&format!("setTimeout(() => {{ location.href = '{url}'; }}, 0)")).await?;
        page.heading(TITLE).await?;
        let heard = service.until_heard(1).await?.remove(0);
        let from = elsewhere.url("");
        let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let path = format!("/{ARTICLE}");
        let (asked, query, body) = match to {
            "goatcounter" => ("/dem/count", pairs(&[("p", &path), ("t", TITLE), ("r", &from)]), Value::Null),
            "plausible" => (
                "/dem/api/event",
                vec![],
                json!({ "name": "pageview", "url": url, "domain": site, "referrer": from }),
            ),
            "umami" => (
                "/dem/api/send",
                vec![],
                json!({ "type": "event", "payload": { "website": ID, "hostname": "127.0.0.1", "url": path, "title": TITLE,
                    "referrer": from } }),
            ),
            _ => (
                "/dem/matomo.php",
                pairs(&[
                    ("idsite", "7"),
                    ("rec", "1"),
                    ("apiv", "1"),
                    ("send_image", "0"),
                    ("url", &url),
                    ("action_name", TITLE),
                    ("urlref", &from),
                ]),
                Value::Null,
            ),
        };
        same(&format!("{to}: how"), heard.method.as_str(), "POST")?;
        same(&format!("{to}: where"), heard.path.as_str(), asked)?;
        same(&format!("{to}: the query"), &heard.query, &query)?;
        let told = if heard.body.is_empty() { Value::Null } else { serde_json::from_str(&heard.body)? };
        same(&format!("{to}: the body"), told, body)?;
        if !heard.body.is_empty() {
            // Every other type is asked for first, and refused.
            same("the type", heard.header("content-type"), Some("text/plain;charset=UTF-8"))?;
        }
        same("cookies", heard.header("cookie"), None)?;
        // What a browser says of itself does not name the page either.
        let referer = heard.header("referer").unwrap_or_default();
        same("the browser's own word", referer.trim_end_matches('/'), portal.url("").trim_end_matches('/'))?;
        // What is searched for stays here, and a page that was left at once was not viewed.
        page.click(("footer a", "Bài đã lưu")).await?;
        page.heading("Bài đã lưu").await?;
        page.visit(&portal.url("tim-kiem?q=m%E1%BA%ADt+kh%E1%BA%A9u"), "Tìm kiếm").await?;
        page.until("document.title.startsWith('“mật khẩu”')").await?;
        let heard = service.until_heard(2).await?.remove(1);
        let all = format!("{heard:?}");
        contains(to, &all, "tim-kiem")?;
        same("what was typed", all.contains("kh%E1") || all.contains("khẩu") || all.contains("kh\\"), false)?;
        page.click(("footer a", HEADING)).await?;
        page.heading(HEADING).await?;
        page.until_contains("main", &format!("được báo cho dịch vụ thống kê {}", service.host())).await?;
        // Each once, and nothing was asked before.
        let heard = service.until_heard(3).await?;
        same("all that was heard", heard.len(), 3)?;
        same("where from inside the portal", format!("{:?}", heard[2]).contains(&from), false)?;
    }
    Ok(())
}

async fn waits_while_the_device_is_offline_and_sends_each_view_once(page: Page) -> Outcome {
    let service = Service::start()?;
    let portal = sending(&page, ("matomo", "7"), &service, |portal| portal.script(OFFLINE))?;
    page.open(&portal.blank_url()).await?;
    page.run(LEAVE, vec![]).await?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    view(&page, "Bài đã lưu", "da-luu").await?;
    view(&page, HEADING, "thong-ke").await?;
    until_waiting(&page, 3).await?;
    same("what was heard", service.heard(), vec![])?;
    page.run_inside(&format!("globalThis.bantinNow = {}; {COME_BACK}", (NOW + 7200) * 1000)).await?;
    service.until_heard(3).await?;
    until_waiting(&page, 0).await?;
    view(&page, "Bài đã lưu", "da-luu").await?;
    let heard = service.until_heard(4).await?;
    let told: Vec<_> = heard.iter().map(|heard| (heard.field("url"), heard.field("cdt"))).collect();
    let (figures, saved, then) = (portal.url("thong-ke"), portal.url("da-luu"), NOW.to_string());
    let late = Some(then.as_str());
    same(
        "pages in their order, and when they were viewed",
        told,
        [
            (Some(figures.as_str()), late),
            (Some(saved.as_str()), late),
            (Some(figures.as_str()), late),
            (Some(saved.as_str()), None),
        ],
    )
}

async fn sends_what_waited_when_it_is_opened_again(page: Page) -> Outcome {
    let service = Service::start()?;
    let portal = sending(&page, GOATCOUNTER, &service, |portal| portal.script(OFFLINE))?;
    page.open(&portal.blank_url()).await?;
    page.run(LEAVE, vec![]).await?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    until_waiting(&page, 1).await?;
    page.open(&portal.blank_url()).await?;
    page.run("localStorage.removeItem('away')", vec![]).await?;
    page.visit(&portal.url("lich-cong-tac"), "Lịch công tác").await?;
    let heard = service.until_heard(2).await?;
    same("pages", paths(&heard), ["/thong-ke", "/lich-cong-tac"])
}

async fn keeps_the_last_hundred_views_that_wait(page: Page) -> Outcome {
    // Each view has a minute of its own.
    let minutes = "globalThis.bantinNow = Date.now(); const put = Storage.prototype.setItem; \
        Storage.prototype.setItem = function (key, text) { if (key === 'bantin/viewed') globalThis.bantinNow += 60000; \
        put.call(this, key, text); };";
    let service = Service::start()?;
    let portal = sending(&page, ("matomo", "7"), &service, |portal| {
        portal.script(OFFLINE).script(AT_ONCE).script(minutes)
    })?;
    page.open(&portal.blank_url()).await?;
    page.run(LEAVE, vec![]).await?;
    page.visit(&portal.url("lich-cong-tac"), "Lịch công tác").await?;
    page.run_inside(&VIEW_199.replace("199", "119")).await?;
    page.until_there("[data-done]").await?;
    until_waiting(&page, 100).await?;
    page.run_inside(&format!("globalThis.bantinNow += 3600000; {COME_BACK}")).await?;
    service.until_heard(100).await?;
    until_waiting(&page, 0).await?;
    open(&page, &portal).await?;
    let mut heard = service.until_heard(101).await?;
    same(
        "the hundred and one more",
        heard.pop().map(|heard| heard.field("url") == Some(&portal.url("thong-ke"))),
        Some(true),
    )?;
    let mut times: Vec<_> =
        heard.iter().filter_map(|heard| heard.field("cdt")?.parse::<i64>().ok()).collect();
    // Sent all at once, they come by many connections.
    times.sort_unstable();
    same("when the last hundred were viewed", times, (20..120).map(|n| NOW + 60 * n).collect::<Vec<_>>())
}

async fn sends_each_view_of_two_tabs_once(page: Page) -> Outcome {
    let service = Service::start()?;
    let portal = sending(&page, GOATCOUNTER, &service, |portal| portal.script(OFFLINE).script(AT_ONCE))?;
    page.open(&portal.blank_url()).await?;
    page.run(LEAVE, vec![]).await?;
    page.visit(&portal.url("lich-cong-tac"), "Lịch công tác").await?;
    page.open_tab(&portal.url("luu-tru")).await?;
    page.heading("Kho tin bài").await?;
    for tab in 0..2 {
        page.in_tab(tab).await?;
        page.run_inside(&VIEW_199.replace("199", "59")).await?;
    }
    for tab in 0..2 {
        page.in_tab(tab).await?;
        page.until_there("[data-done]").await?;
    }
    until_waiting(&page, 100).await?;
    for tab in 0..2 {
        page.in_tab(tab).await?;
        page.run_inside(COME_BACK).await?;
    }
    service.until_heard(100).await?;
    until_waiting(&page, 0).await?;
    page.visit(&portal.url("lich-cong-tac"), "Lịch công tác").await?;
    let heard = service.until_heard(101).await?;
    same("the hundred and one more", (heard.len(), heard[100].field("p")), (101, Some("/lich-cong-tac")))
}

async fn keeps_a_view_that_the_browser_does_not_take(page: Page) -> Outcome {
    let full = "const send = navigator.sendBeacon; globalThis.full = true; \
        navigator.sendBeacon = (...all) => !globalThis.full && send.apply(navigator, all);";
    let service = Service::start()?;
    let portal = sending(&page, GOATCOUNTER, &service, |portal| portal.script(full))?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    until_waiting(&page, 1).await?;
    page.run_inside("globalThis.full = false").await?;
    view(&page, "Bài đã lưu", "da-luu").await?;
    let heard = service.until_heard(2).await?;
    same("pages", paths(&heard), ["/thong-ke", "/da-luu"])?;
    until_waiting(&page, 0).await
}

async fn sends_at_once_where_nothing_may_be_kept(page: Page) -> Outcome {
    let denied = "for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, \
                  { get() { throw new DOMException('denied', 'SecurityError'); } });";
    let offline = "globalThis.away = false; Object.defineProperty(navigator, 'onLine', { get: () => !globalThis.away });";
    let service = Service::start()?;
    let portal = sending(&page, GOATCOUNTER, &service, |portal| portal.script(denied).script(offline))?;
    open(&page, &portal).await?;
    until_figures(&page, ["1", "1"], ["1", "1"]).await?;
    same("pages", paths(&service.until_heard(1).await?), ["/thong-ke"])?;
    // Until the page is closed, what waits is known here.
    page.run_inside("globalThis.away = true; dispatchEvent(new Event('offline'))").await?;
    page.click(("footer a", "Bài đã lưu")).await?;
    page.heading("Bài đã lưu").await?;
    more_than_a_second(&page).await?;
    page.click(("footer a", HEADING)).await?;
    until_figures(&page, ["1", "3"], ["1", "3"]).await?;
    page.run_inside("globalThis.away = false; dispatchEvent(new Event('online'))").await?;
    same("pages", paths(&service.until_heard(3).await?), ["/thong-ke", "/da-luu", "/thong-ke"])
}

async fn sends_nothing_where_the_browser_asks_not_to_be_followed(page: Page) -> Outcome {
    let signals = [
        "Object.defineProperty(navigator, 'doNotTrack', { get: () => localStorage.getItem('asks') && '1' });",
        "Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => localStorage.getItem('asks') !== null });",
    ];
    for signal in signals {
        let service = Service::start()?;
        let portal = sending(&page, GOATCOUNTER, &service, |portal| portal.script(OFFLINE).script(signal))?;
        page.open(&portal.blank_url()).await?;
        page.run(LEAVE, vec![]).await?;
        open(&page, &portal).await?;
        until_figures(&page, ["1", "1"], ["1", "1"]).await?;
        until_waiting(&page, 1).await?;
        // What waits is forgotten, and what is viewed from now on is counted here alone.
        page.open(&portal.blank_url()).await?;
        page.run("localStorage.removeItem('away'); localStorage.setItem('asks', 'yes')", vec![]).await?;
        portal.set_clock(NOW + 60);
        open(&page, &portal).await?;
        until_figures(&page, ["1", "2"], ["1", "2"]).await?;
        until_waiting(&page, 0).await?;
        page.until_contains("main", "Trình duyệt của bạn yêu cầu không theo dõi").await?;
        page.run("localStorage.removeItem('asks')", vec![]).await?;
        page.visit(&portal.url("da-luu"), "Bài đã lưu").await?;
        same("pages", paths(&service.until_heard(1).await?), ["/da-luu"])?;
    }
    Ok(())
}

async fn sends_nothing_once_counting_is_switched_off_in_any_tab(page: Page) -> Outcome {
    let service = Service::start()?;
    let portal = sending(&page, GOATCOUNTER, &service, |portal| portal.script(OFFLINE).script(AT_ONCE))?;
    page.open(&portal.blank_url()).await?;
    page.run(LEAVE, vec![]).await?;
    page.visit(&portal.url("lich-cong-tac"), "Lịch công tác").await?;
    until_waiting(&page, 1).await?;
    page.open_tab(&portal.url("thong-ke")).await?;
    until_figures(&page, ["1", "2"], ["1", "2"]).await?;
    until_waiting(&page, 2).await?;
    page.click("main .switch input").await?;
    page.until_contains("main", "không gửi số liệu đi đâu").await?;
    until_waiting(&page, 0).await?;
    in_tab_at(&page, "/lich-cong-tac").await?;
    page.run_inside(COME_BACK).await?;
    page.click(("footer a", "Bài đã lưu")).await?;
    page.heading("Bài đã lưu").await?;
    page.click(("footer a", HEADING)).await?;
    page.heading(HEADING).await?;
    more_than_a_second(&page).await?;
    until_figures(&page, ["1", "2"], ["1", "2"]).await?;
    page.run("history.back()", vec![]).await?;
    page.heading("Bài đã lưu").await?;
    in_tab_at(&page, "/thong-ke").await?;
    page.click("main .switch input").await?;
    page.until_contains("main", &service.host()).await?;
    view(&page, "Bài đã lưu", "da-luu").await?;
    same("pages", paths(&service.until_heard(1).await?), ["/da-luu"])
}

async fn forgets_what_waits_where_the_portal_has_no_service_any_more(page: Page) -> Outcome {
    let service = Service::start()?;
    let portal = sending(&page, GOATCOUNTER, &service, |portal| portal.script(OFFLINE))?;
    let named = || json!(["goatcounter", service.url(), ""]);
    // Nor has it one where this app does not know the service.
    for (n, nobody) in [(1, Value::Null), (2, json!(["of-tomorrow", service.url(), ""]))] {
        page.open(&portal.blank_url()).await?;
        page.run(LEAVE, vec![]).await?;
        name_service(&portal, named())?;
        portal.set_clock(NOW + 60 * n);
        open(&page, &portal).await?;
        until_waiting(&page, 1).await?;
        page.open(&portal.blank_url()).await?;
        page.run("localStorage.removeItem('away')", vec![]).await?;
        name_service(&portal, nobody)?;
        open(&page, &portal).await?;
        page.until_contains("main", "không gửi số liệu đi đâu").await?;
        until_waiting(&page, 0).await?;
    }
    name_service(&portal, named())?;
    page.visit(&portal.url("da-luu"), "Bài đã lưu").await?;
    same("pages", paths(&service.until_heard(1).await?), ["/da-luu"])
}

async fn sends_nothing_where_a_program_drives_the_browser(page: Page) -> Outcome {
    let service = Service::start()?;
    let portal = page.portal()?;
    name_service(&portal, json!(["goatcounter", service.url(), ""]))?;
    open(&page, &portal).await?;
    more_than_a_second(&page).await?;
    until_figures(&page, ["0", "0"], ["0", "0"]).await?;
    same("what was heard", service.heard(), vec![])
}
