//! The portal's news in the page of another office, which has another origin: what `<ban-tin>` shows there, what it says
//! to the page, and that it does the page no harm.
//!
//! Not here: pages that make it hard, by their styles, their policies or by being old (`hosts`).

use crate::journeys;
use anyhow::{Context, Result, ensure};
use browser_tests::{Archive, Browser, Document, Host, Key, Outcome, Page, Portal, Response, holds, same};
use serde_json::{Value, json};

journeys![
    the_newest_articles_are_shown_in_a_page_of_another_origin,
    options_choose_what_is_shown,
    a_changed_attribute_changes_what_is_shown,
    properties_are_attributes,
    the_own_link_stands_until_the_list_is_there,
    the_own_link_comes_back_where_nothing_can_be_shown,
    the_own_link_stays_where_the_portal_has_gone,
    an_error_in_the_program_shows_the_own_link,
    several_sources_are_one_list,
    a_broken_feed_leaves_a_link,
    a_feed_with_hostile_text_runs_nothing,
    an_article_opens_inside_and_the_way_back_ends_where_it_began,
    a_page_may_open_articles_itself,
    articles_open_where_the_page_wants_them,
    the_page_around_it_stays_as_it_was,
    its_links_are_reached_and_followed_by_keyboard,
    two_versions_on_one_page_do_not_clash,
    ten_of_them_ask_once,
    nothing_is_asked_for_before_it_comes_near,
    it_may_be_moved_copied_and_removed_two_hundred_times,
    it_asks_again_when_it_should,
];

pub(super) const TITLES: &str = "ban-tin >>> a[part=title]";

pub(super) const UNIT: &str = "Sở Giáo dục và Đào tạo tỉnh Lạc Giang";

/// The newest articles of the archive.
pub(super) const NEWEST: [&str; 5] = [
    "Hội nghị trực tuyến về công tác văn phòng và truyền thông năm học 2021-2022",
    "Lễ khai giảng năm học mới được phát trực tiếp trên sóng truyền hình",
    "Ban hành kế hoạch thời gian năm học 2021-2022",
    "Tập huấn sách giáo khoa lớp 2 cho giáo viên tiểu học",
    "Công bố điểm chuẩn tuyển sinh vào lớp 10 năm học 2021-2022",
];

/// The element's own content.
pub(super) const OWN: &str = "<a id=\"own\" href=\"https://phuong.example/tin\">Tin của Sở</a>";

/// Whether that is seen.
pub(super) const OWN_IS_SEEN: &str = "document.querySelector('#own').getClientRects().length > 0";

/// The portal's script, as a page includes it.
pub(super) fn script(portal: &Portal) -> String {
    format!("<script type=\"module\" src=\"{}\"></script>", portal.url("embed.js"))
}

/// The element of this portal, with these attributes.
pub(super) fn element(portal: &Portal, attributes: &str) -> String {
    format!("<ban-tin src=\"{}\" {attributes}>{OWN}</ban-tin>", portal.url(""))
}

/// A page with the portal's news.
pub(super) fn news(portal: &Portal, attributes: &str) -> Document {
    Document::new(script(portal) + &element(portal, attributes))
}

/// A portal, and an open page of another office with its news.
async fn opened(page: &Page, attributes: &str) -> Result<(Portal, Host)> {
    let (portal, host) = (page.portal()?, page.host()?);
    page.open(&host.show("", news(&portal, attributes))).await?;
    Ok((portal, host))
}

/// The details of all events of a kind that the page has heard.
pub(super) async fn told(page: &Page, name: &str) -> Result<Vec<Value>> {
    let heard = page.value(&format!("told.filter(one => one[0] === '{name}').map(one => one[1])")).await?;
    heard.as_array().cloned().context("what was told is a list")
}

/// Waits until the page has heard an event of this kind; gives the last one's details.
pub(super) async fn until_told(page: &Page, name: &str) -> Result<Value> {
    page.until(&format!("told.some(one => one[0] === '{name}')")).await?;
    told(page, name).await?.pop().context("an event")
}

/// The list is what is seen, and not the element's own link.
pub(super) async fn list_is_seen(page: &Page) -> Outcome {
    page.until_texts(TITLES, &NEWEST).await?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(false))?;
    holds(
        "the list is seen",
        page.number(&format!("{}.getBoundingClientRect().height", inside("[part=list]"))).await? > 50.0,
    )
}

/// An expression: the first such part of the element.
pub(super) fn inside(css: &str) -> String {
    format!("document.querySelector('ban-tin').shadowRoot.querySelector('{css}')")
}

pub(super) fn item(n: usize, title: &str, html: &str) -> Value {
    json!({
        "id": format!("tag:ward,2021:{n}"), "url": format!("https://phuong.example/tin/{n}"), "title": title,
        "content_html": html, "date_published": format!("2021-09-{n:02}T08:30:00+07:00"),
    })
}

pub(super) fn feed(title: &str, items: &[Value]) -> String {
    json!({
        "version": "https://jsonfeed.org/version/1.1", "title": title, "home_page_url": "https://phuong.example/",
        "items": items,
    })
    .to_string()
}

async fn the_newest_articles_are_shown_in_a_page_of_another_origin(page: Page) -> Outcome {
    let (portal, _host) = opened(&page, "").await?;
    list_is_seen(&page).await?;
    page.until_texts("ban-tin >>> [part=heading]", &[UNIT]).await?;
    let links = page.attributes(TITLES, "href").await?;
    same("the first link", links.first(), Some(&portal.url("bai-viet/hoi-nghi-truc-tuyen")))?;
    page.until_texts(
        "ban-tin >>> [part=date]",
        &["11/09/2021", "05/09/2021", "27/08/2021", "19/08/2021", "05/07/2021"],
    )
    .await?;
    page.until_there(("ban-tin >>> [part=more] a", "Xem tất cả")).await?;
    same("the way to all", page.attributes("ban-tin >>> [part=more] a", "href").await?, [portal.url("")])?;
    // The pictures are the portal's, and there.
    page.until(
        "(all => all.length === 2 && all.every(i => i.complete && i.naturalWidth > 0))\
         ([...document.querySelector('ban-tin').shadowRoot.querySelectorAll('img')])",
    )
    .await?;
    same(
        "told",
        until_told(&page, "load").await?,
        json!({
            "count": 5, "sources": [{ "src": portal.url(""), "title": UNIT, "count": 5 }],
        }),
    )?;
    same("errors told", told(&page, "error").await?, [Value::Null; 0])?;
    // What a list does not need is not asked for.
    same("programs", portal.requests("embed/more").len(), 0)
}

async fn options_choose_what_is_shown(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let cases: [(&str, &[&str]); 5] = [
        (
            "category=\"tuyen-sinh\" limit=\"2\"",
            &[NEWEST[4], "Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022"],
        ),
        ("from=\"2021-08-19\" to=\"2021-09-05\"", &[NEWEST[1], NEWEST[2], NEWEST[3]]),
        ("query=\"&quot;giáo viên&quot;\" limit=\"2\"", &[NEWEST[3], "Hội thi giáo viên dạy giỏi cấp tỉnh"]),
        ("layout=\"card\" article=\"ke-hoach-nam-hoc-moi\"", &[NEWEST[2]]),
        // What makes no sense counts as not written.
        ("limit=\"many\" layout=\"round\" category=\"&lt;b&gt;\" from=\"tomorrow\" open=\"wide\"", &NEWEST),
    ];
    for (attributes, titles) in cases {
        page.open(&host.show("", news(&portal, attributes))).await?;
        page.until_texts(TITLES, titles).await.context(attributes.to_owned())?;
    }
    page.open(&host.show("", news(&portal, "heading=\"\" limit=\"1\""))).await?;
    page.until_texts(TITLES, &NEWEST[..1]).await?;
    same("headings", page.count("ban-tin >>> [part=heading]").await?, 0)?;
    page.open(
        &host.show("", news(&portal, "heading=\"Tin &lt;b&gt;của&lt;/b&gt; Sở\" lang=\"en\" limit=\"1\"")),
    )
    .await?;
    page.until_texts("ban-tin >>> [part=heading]", &["Tin <b>của</b> Sở"]).await?;
    page.until_texts("ban-tin >>> [part=more]", &["All news"]).await?;
    // A portal is also found by its entry, by a relative address, and without any as the one that the script is from.
    let relative =
        format!("<ban-tin src=\"//{}\">{OWN}</ban-tin>", portal.url("").trim_start_matches("http://"));
    let entry = format!("<ban-tin src=\"{}\">{OWN}</ban-tin>", portal.url("data/entry.json"));
    for element in [relative, entry, format!("<ban-tin>{OWN}</ban-tin>")] {
        page.open(&host.show("", Document::new(script(&portal) + &element))).await?;
        page.until_texts(TITLES, &NEWEST).await.context(element)?;
    }
    // There is no such category: neither at once, nor after a list of another.
    page.open(&host.show("", news(&portal, "category=\"khong-co\""))).await?;
    let missing = json!({ "source": portal.url(""), "reason": "not-found" });
    same("told", &until_told(&page, "error").await?, &missing)?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(true))?;
    page.open(&host.show("", news(&portal, ""))).await?;
    list_is_seen(&page).await?;
    page.run("document.querySelector('ban-tin').setAttribute('category', 'khong-co')", vec![]).await?;
    same("told", &until_told(&page, "error").await?, &missing)?;
    page.until(OWN_IS_SEEN).await?;
    same("articles of another category", page.count(TITLES).await?, 0)
}

async fn a_changed_attribute_changes_what_is_shown(page: Page) -> Outcome {
    let (_portal, _host) = opened(&page, "").await?;
    page.until_texts(TITLES, &NEWEST).await?;
    let set = |name: &'static str, value: &'static str| {
        let page = page.clone();
        async move {
            page.run(
                "document.querySelector('ban-tin').setAttribute(arguments[0], arguments[1])",
                vec![json!(name), json!(value)],
            )
            .await
        }
    };
    set("limit", "2").await?;
    page.until_texts(TITLES, &NEWEST[..2]).await?;
    set("category", "thong-bao").await?;
    page.until_texts(TITLES, &[NEWEST[2], "Thông báo cho học sinh nghỉ học để phòng chống bão"]).await?;
    set("to", "2020-12-31").await?;
    page.until_texts(TITLES, &["Thông báo cho học sinh nghỉ học để phòng chống bão"]).await?;
    set("lang", "en").await?;
    page.until_texts("ban-tin >>> [part=more]", &["All news"]).await?;
    set("heading", "Thông báo").await?;
    page.until_texts("ban-tin >>> [part=heading]", &["Thông báo"]).await?;
    set("layout", "cards").await?;
    page.until_there("ban-tin >>> [data-layout=cards]").await?;
    set("open", "new").await?;
    page.until_there("ban-tin >>> a[part=title][target=_blank]").await?;
    set("theme", "dark").await?;
    page.until("getComputedStyle(document.querySelector('ban-tin')).colorScheme === 'dark'").await?;
    // Several at once are one change.
    let loads = told(&page, "load").await?.len();
    let all = "for (const name of ['limit', 'category', 'to', 'lang', 'heading', 'layout', 'open']) \
               document.querySelector('ban-tin').removeAttribute(name)";
    // As the page's own script does it: WebKit takes each line of a driver's script for one of its own.
    page.run_inside(all).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    page.until_there("ban-tin >>> [data-layout=list]").await?;
    same("lists more", told(&page, "load").await?.len() - loads, 1)
}

async fn properties_are_attributes(page: Page) -> Outcome {
    let (portal, _host) = opened(&page, "").await?;
    page.until_texts(TITLES, &NEWEST).await?;
    page.run_inside("{ const e = document.querySelector('ban-tin'); e.limit = 3; e.category = 'tuyen-sinh'; e.to = '2021-06-01'; \
         e.lang = 'en'; e.refresh = 5; document.title = JSON.stringify([e.limit, e.category, e.to, e.lang, e.refresh, e.src, e.query, \
         e.heading, e.layout, e.getAttribute('limit'), e.getAttribute('refresh')]); }")
        .await?;
    let read: Value = serde_json::from_str(&page.text("document.title").await?)?;
    same(
        "read back",
        read,
        json!([3, "tuyen-sinh", "2021-06-01", "en", 5, portal.url(""), "", "", "", "3", "5"]),
    )?;
    page.until_texts(
        TITLES,
        &[
            "Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022",
            "Tuyển sinh vào lớp 10 năm học 2020-2021: những điểm mới",
        ],
    )
    .await?;
    page.run_inside(
        "{ const e = document.querySelector('ban-tin'); e.category = null; e.to = undefined; \
         document.title = [e.hasAttribute('category'), e.hasAttribute('to')].join(); }",
    )
    .await?;
    same("taken away", page.text("document.title").await?, "false,false")?;
    page.until_texts(TITLES, &NEWEST[..3]).await
}

async fn the_own_link_stands_until_the_list_is_there(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let gate = portal.gate("data/entry.json");
    page.open(&host.show("", news(&portal, ""))).await?;
    portal.until_asked("data/entry.json").await?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(true))?;
    same("articles before they are there", page.count(TITLES).await?, 0)?;
    gate.open();
    list_is_seen(&page).await
}

async fn the_own_link_comes_back_where_nothing_can_be_shown(page: Page) -> Outcome {
    let json = |text: &str| Response::new(200, "application/json", text);
    for (path, answer, reason) in [
        ("data/entry.json", Response::text(500, "no"), "refused"),
        ("data/entry.json", Response::text(403, "no"), "refused"),
        ("data/entry.json", json("{\"format\": 99}"), "other-version"),
        ("data/entry.json", json("{"), "damaged"),
        ("data/entry.json", json("[]"), "damaged"),
        ("data/feed/*", Response::text(404, "no"), "not-found"),
        ("data/feed/*", json("<!doctype html>"), "damaged"),
    ] {
        let (portal, host) = (page.portal()?, page.host()?);
        portal.answer(path, answer);
        page.open(&host.show("", news(&portal, ""))).await?;
        same(path, until_told(&page, "error").await?, json!({ "source": portal.url(""), "reason": reason }))?;
        same(&format!("{reason}: the own link is seen"), page.value(OWN_IS_SEEN).await?, json!(true))?;
        same("loads told", told(&page, "load").await?, [Value::Null; 0])?;
        if reason == "refused" {
            // Not what came and was no use: that is kept for a minute as everything is.
            portal.heal(path);
            page.run("document.querySelector('ban-tin').setAttribute('open', 'new')", vec![]).await?;
            list_is_seen(&page).await?;
        }
    }
    Ok(())
}

async fn the_own_link_stays_where_the_portal_has_gone(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let gone = page.portal()?;
    let source = gone.url("");
    // Only this journey's pages are asked whether they complain; the source is a server that is no more.
    let element = format!("<div style=\"height: 3000px\"></div><ban-tin src=\"{source}\">{OWN}</ban-tin>");
    page.open(&host.show("", Document::new(script(&portal) + &element))).await?;
    page.until("customElements.get('ban-tin') !== undefined").await?;
    drop(gone);
    page.run("document.querySelector('ban-tin').scrollIntoView()", vec![]).await?;
    same("told", until_told(&page, "error").await?, json!({ "source": source, "reason": "unreachable" }))?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(true))?;
    // The same where the program itself does not come.
    let (portal, host) = (page.portal()?, page.host()?);
    portal.answer("embed/list*", Response::text(500, "no"));
    portal.answer("nhung*", Response::text(500, "no"));
    page.open(&host.show("", news(&portal, ""))).await?;
    same(
        "told",
        until_told(&page, "error").await?,
        json!({ "source": portal.url(""), "reason": "unreachable" }),
    )?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(true))?;
    // And without the script there is nothing but the link.
    portal.answer("embed.js", Response::text(500, "no"));
    host.expect_complaint("error: undefined");
    page.open(&host.show("", news(&portal, ""))).await?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(true))
}

async fn an_error_in_the_program_shows_the_own_link(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    portal.answer("nhung*", Response::text(500, "no"));
    // As an extension, or an old polyfill of the page, may break what the program calls.
    let broken = "const create = document.createElement; \
        document.createElement = function (name, ...rest) { if (name === 'ul') throw new Error('no lists here'); return create.call(this, name, ...rest); };";
    page.open(&host.show("", news(&portal, "").script(broken))).await?;
    same("told", until_told(&page, "error").await?, json!({ "source": portal.url(""), "reason": "broken" }))?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(true))
}

async fn several_sources_are_one_list(page: Page) -> Outcome {
    let (portal, host, feeds) = (page.portal()?, page.host()?, page.portal()?);
    let double = json!({ "id": "x", "url": portal.url("bai-viet/khai-giang-nam-hoc-moi#tin"), "title": "Lễ khai giảng (đăng lại)",
        "content_text": "…", "date_published": "2021-09-05T10:00:00+07:00" });
    feeds.json(
        "ward.json",
        feed(
            "Phường Bến Nghé",
            &[item(10, "Tin của phường", "<p>a</p>"), item(4, "Tin cũ của phường", "<p>a</p>"), double],
        ),
    );
    feeds.answer("dead.json", Response::text(503, "no"));
    feeds.json("slow.json", feed("Xã Tân Khê", &[item(12, "Tin đến muộn", "<p>a</p>")]));
    let gate = feeds.gate("slow.json");
    let src =
        [portal.url(""), feeds.url("ward.json"), feeds.url("dead.json"), feeds.url("slow.json")].join(" ");
    let element = format!("<ban-tin src=\"{src}\">{OWN}</ban-tin>");
    page.open(&host.show("", Document::new(script(&portal) + &element))).await?;
    // Without the slow one, which still is on its way.
    page.until_texts(TITLES, &[NEWEST[0], "Tin của phường", NEWEST[1], "Tin cũ của phường", NEWEST[2]])
        .await?;
    feeds.until_asked("slow.json").await?;
    page.until_texts("ban-tin >>> [part=source]", &[UNIT, "Phường Bến Nghé", UNIT, "Phường Bến Nghé", UNIT])
        .await?;
    page.until_texts("ban-tin >>> [part=heading]", &["Tin mới nhất"]).await?;
    same(
        "told",
        told(&page, "error").await?,
        [json!({ "source": feeds.url("dead.json"), "reason": "refused" })],
    )?;
    same("loads told", told(&page, "load").await?, [Value::Null; 0])?;
    gate.open();
    page.until_texts(TITLES, &["Tin đến muộn", NEWEST[0], "Tin của phường", NEWEST[1], "Tin cũ của phường"])
        .await?;
    let counts: Vec<_> = [
        (portal.url(""), UNIT, 5),
        (feeds.url("ward.json"), "Phường Bến Nghé", 3),
        (feeds.url("slow.json"), "Xã Tân Khê", 1),
    ]
    .map(|(src, title, count)| json!({ "src": src, "title": title, "count": count }))
    .into();
    let loaded = until_told(&page, "load").await?;
    same("count", &loaded["count"], &json!(5))?;
    for source in counts {
        let sources = loaded["sources"].as_array().context("sources")?;
        ensure!(sources.contains(&source), "{source} is not in {sources:?}");
    }
    Ok(())
}

async fn a_broken_feed_leaves_a_link(page: Page) -> Outcome {
    let whole = feed("Phường", &[item(9, "Tin của phường", "<p>…</p>")]);
    let json = |text: &str| Response::new(200, "application/json", text);
    // WebKitGTK hands on what came before the connection was cut, as if it were all.
    let cut = if page.browser() == Browser::WebKit { "damaged" } else { "unreachable" };
    for (answer, reason) in [
        (json("<!doctype html><title>Đăng nhập</title>"), "damaged"),
        (json(&whole[..whole.len() / 2]), "damaged"),
        (json("{\"version\": \"https://jsonfeed.org/version/1.1\"}"), "damaged"),
        (json(&whole).cut_after(whole.len() / 2), cut),
        (Response::hang_up(), "unreachable"),
    ] {
        let (portal, host, feeds) = (page.portal()?, page.host()?, page.portal()?);
        feeds.answer("feed.json", answer);
        let element = format!("<ban-tin src=\"{}\">{OWN}</ban-tin>", feeds.url("feed.json"));
        page.open(&host.show("", Document::new(script(&portal) + &element))).await?;
        same(
            "told",
            until_told(&page, "error").await?,
            json!({ "source": feeds.url("feed.json"), "reason": reason }),
        )?;
        // What the page's policy may have refused is tried in a frame; that one has a link as well.
        let frame = inside("iframe[part=frame]");
        page.until(&format!("{OWN_IS_SEEN} || {frame}?.getBoundingClientRect().height > 15")).await?;
        same("lists", page.count(TITLES).await?, 0)?;
    }
    Ok(())
}

async fn a_feed_with_hostile_text_runs_nothing(page: Page) -> Outcome {
    let (portal, host, feeds) = (page.portal()?, page.host()?, page.portal()?);
    let title = "<img src=x onerror=\"globalThis.hacked = 1\"> Chào";
    let html = "<p onclick=\"hacked=2\">Xin chào</p><script>globalThis.hacked = 3</script><img src=\"x\" onerror=\"globalThis.hacked = 4\">\
        <a href=\"javascript:globalThis.hacked=5\">bấm</a><iframe srcdoc=\"<script>parent.hacked=6</script>\"></iframe>\
        <svg onload=\"globalThis.hacked = 7\"></svg><style>* { display: none }</style>\
        <math><mtext><table><mglyph><style><img src=x onerror=\"globalThis.hacked = 8\"></style></mglyph></table></mtext></math><p>Tạm biệt</p>";
    let mut first = item(9, title, html);
    first["summary"] = json!("<script>globalThis.hacked = 9</script>Tóm tắt");
    first["attachments"] = json!([{ "url": "javascript:globalThis.hacked=10", "title": "tệp" }]);
    let mut second = item(8, "Bấm vào đây", "<p>Không có gì</p>");
    second["url"] = json!("javascript:globalThis.hacked=11");
    let mut third = item(7, "Hình lạ", "<p>Không có gì</p>");
    third["image"] = json!("javascript:globalThis.hacked=12");
    third["url"] = json!(" java\nscript:globalThis.hacked=13");
    feeds.json("feed.json", feed("Phòng <b>khác</b>", &[first, second, third]));
    let element =
        format!("<ban-tin src=\"{}\" layout=\"cards\" open=\"here\">{OWN}</ban-tin>", feeds.url("feed.json"));
    page.open(&host.show("", Document::new(script(&portal) + &element))).await?;
    page.until_texts("ban-tin >>> [part=title]", &[title, "Bấm vào đây", "Hình lạ"]).await?;
    page.until_texts("ban-tin >>> [part=heading]", &["Phòng <b>khác</b>"]).await?;
    same(
        "what leads somewhere",
        page.attributes("ban-tin >>> [part=title]", "href").await?,
        ["https://phuong.example/tin/9"],
    )?;
    page.click((TITLES, title)).await?;
    page.until_texts("ban-tin >>> [part=article] [part=body] p", &["Xin chào", "bấm", "Tạm biệt"]).await?;
    page.until_texts("ban-tin >>> [part=article] [part=title]", &[title]).await?;
    let elements = "[...new Set([...document.querySelector('ban-tin').shadowRoot.querySelectorAll('*')].map(e => e.localName))].filter(name => \
         ['script', 'iframe', 'style', 'object', 'embed', 'link', 'svg', 'math', 'form'].includes(name)).join()";
    same("elements of the article", page.text(elements).await?, "")?;
    let attributes = "[...document.querySelector('ban-tin').shadowRoot.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => \
         a.name.startsWith('on') || a.name === 'style' && a.ownerElement.localName !== 'img' || ['href', 'src'].includes(a.name) && !/^https?:/.test(a.value)) \
         .map(a => a.name + '=' + a.value).join()";
    same("attributes of the article", page.text(attributes).await?, "")?;
    // Everything touched: nothing runs.
    page.run_inside("for (const e of document.querySelector('ban-tin').shadowRoot.querySelectorAll('[part=body] *')) e.click?.(); \
         document.documentElement.setAttribute('data-hacked', String(globalThis.hacked));")
        .await?;
    same("what ran", page.attributes("html", "data-hacked").await?, ["undefined"])
}

/// What of a page an element has no business with. Its own element and what is in it aside.
const PAGE: &str = "
    const databases = globalThis.indexedDB?.databases ? (await indexedDB.databases()).map(one => one.name) : [];
    const kept = globalThis.caches ? await caches.keys() : [];
    // Those with an underscore are the driver's.
    const names = of => Object.getOwnPropertyNames(of).filter(name => !/^(cdc|ret|se)_/.test(name)).sort();
    const others = [...document.querySelectorAll('head, head *, #host, #host *')];
    return {
        globals: names(window), document: names(document),
        prototypes: [Object, Array, String, Promise, Node, Element, HTMLElement, Document, Event, EventTarget, History].map(of => names(of.prototype).map(name => of.name + '.' + name)).flat(),
        title: document.title, address: location.href, history: history.length, state: history.state,
        local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage), cookie: document.cookie, databases, kept,
        sheets: document.styleSheets.length, adopted: document.adoptedStyleSheets.length, fonts: document.fonts.size,
        focus: document.activeElement.id, scroll: [scrollX, scrollY].join(), selected: String(getSelection()),
        elements: others.map(e => e.outerHTML.length).join(),
        attributes: [document.documentElement, document.body].map(e => [...e.attributes].map(a => a.name + '=' + a.value).join()).join(';'),
        styles: others.flatMap(e => ['', '::before', '::after', '::marker'].map(of => { const s = getComputedStyle(e, of);
            return [...s].map(name => name + ':' + s.getPropertyValue(name)).join(';'); })),
    };";

async fn snapshot(page: &Page) -> Result<Value> {
    page.run(&format!("return (async () => {{ {PAGE} }})();"), vec![]).await
}

/// What is in one list and not in the other.
fn missing(in_one: &Value, other: &Value) -> Vec<String> {
    let all = |value: &Value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    let other = all(other);
    all(in_one).into_iter().filter(|one| !other.contains(one)).map(|one| one.to_string()).collect()
}

fn unchanged(when: &str, before: &Value, after: &Value, but: &[&str]) -> Outcome {
    for (name, was) in before.as_object().context("what a page is")? {
        let is = &after[name];
        let told = || {
            format!("{when}, {name}: there is {:?} and no longer {:?}", missing(is, was), missing(was, is))
        };
        ensure!(but.contains(&&**name) || is == was, told());
    }
    Ok(())
}

/// A page of its own, with links, fields and styles, before the portal's script has come.
const HOST: &str = "<div id=\"host\"><h2>Phường</h2><p>Đoạn <em>văn</em>, <a id=\"away\" href=\"#away\">một liên kết</a></p>\
    <ul class=\"list\"><li part=\"item\">Một</li></ul><input id=\"field\" value=\"chữ\"><button id=\"press\">Bấm</button>\
    <div part=\"box\" class=\"heading\">Hộp</div><ban-tin-x>Khác</ban-tin-x></div><div id=\"place\"></div>";

async fn the_page_around_it_stays_as_it_was(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let keep =
        "localStorage.setItem('host', '1'); sessionStorage.setItem('host', '2'); document.cookie = 'host=3';";
    let hears = "globalThis.kept = []; for (const name of ['click', 'keydown', 'submit', 'wheel', 'touchstart']) \
         addEventListener(name, e => kept.push(name + ' ' + e.target.id + ' ' + e.defaultPrevented));";
    // With a bar from the beginning, so that what comes below changes no width.
    let document = Document::new(HOST)
        .style("html { overflow-y: scroll } li { color: green }")
        .script(keep)
        .script(hears);
    page.open(&host.show("", document)).await?;
    page.run("document.querySelector('#field').focus(); document.querySelector('#field').select();", vec![])
        .await?;
    let before = snapshot(&page).await?;
    let put = "const [src, own, inner] = arguments, script = document.createElement('script'), place = document.querySelector('#place'); \
         script.type = 'module'; script.src = src; place.append(script); \
         const element = document.createElement('ban-tin'); element.setAttribute('src', own); element.setAttribute('open', 'here'); \
         element.innerHTML = inner; place.append(element);";
    page.run(put, vec![json!(portal.url("embed.js")), json!(portal.url("")), json!(OWN)]).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    unchanged("with a list", &before, &snapshot(&page).await?, &[])?;
    page.run("document.querySelector('ban-tin').setAttribute('layout', 'calendar')", vec![]).await?;
    page.until_there("ban-tin >>> [part=calendar]").await?;
    page.run("document.querySelector('ban-tin').setAttribute('layout', 'ticker')", vec![]).await?;
    page.until_there("ban-tin >>> [part=ticker]").await?;
    unchanged("with a ticker", &before, &snapshot(&page).await?, &[])?;
    // What the reader does elsewhere in the page is nobody else's.
    page.click("#press").await?;
    page.press(&[], Key::Tab).await?;
    page.run("document.querySelector('#away').click()", vec![]).await?;
    page.until_at("#away").await?;
    let kept = page.value("kept.filter(one => !one.startsWith('keydown'))").await?;
    same("clicks", kept, json!(["click press false", "click away false"]))?;
    let kept = page.value("kept.filter(one => one.startsWith('keydown'))").await?;
    same("keys", kept, json!(["keydown press false"]))?;
    // And when it is gone, it is gone.
    page.run("history.back()", vec![]).await?;
    page.until("location.hash === ''").await?;
    page.run("document.querySelector('#place').replaceChildren()", vec![]).await?;
    // The reader has followed a link of the page since.
    unchanged(
        "without it",
        &before,
        &snapshot(&page).await?,
        &["history", "focus", "scroll", "selected", "styles"],
    )
}

async fn an_article_opens_inside_and_the_way_back_ends_where_it_began(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    page.open(&(host.show("tin/", news(&portal, "open=\"here\"")) + "?trang=1")).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    same("programs before", portal.requests("embed/more").len(), 0)?;
    let state = "[location.href, history.length, document.title, document.querySelectorAll('body > *').length].join(' ')";
    let before = page.text(state).await?;
    page.click((TITLES, NEWEST[0])).await?;
    page.until_focus("ban-tin >>> [part=article] [part=title]").await?;
    page.until_texts("ban-tin >>> [part=article] [part=title]", &[NEWEST[0]]).await?;
    page.until_contains("ban-tin >>> [part=body]", "Tại điểm cầu tỉnh Lạc Giang").await?;
    page.until_texts("ban-tin >>> [part=body] h4", &["Nội dung hội nghị"]).await?;
    same("the page", page.text(state).await?, &*before)?;
    same("lists beside the article", page.count("ban-tin >>> [part=list]").await?, 0)?;
    same("ways back", page.texts("ban-tin >>> [part=back]").await?, ["Quay lại danh sách"])?;
    same(
        "told",
        until_told(&page, "open").await?,
        json!({
            "url": portal.url("bai-viet/hoi-nghi-truc-tuyen"), "slug": "hoi-nghi-truc-tuyen", "title": NEWEST[0], "source": portal.url(""),
        }),
    )?;
    // What leads on leaves the page alone.
    let away = page.attributes("ban-tin >>> [part=article] a:not([download])", "target").await?;
    holds(
        &format!("links lead to other windows: {away:?}"),
        away.len() >= 3 && away.iter().all(|target| target == "_blank"),
    )?;
    page.click("ban-tin >>> [part=back]").await?;
    page.until_texts(TITLES, &NEWEST).await?;
    let focused = "document.querySelector('ban-tin').shadowRoot.activeElement?.textContent";
    same("the focus", page.value(focused).await?, json!(NEWEST[0]))?;
    same("the page", page.text(state).await?, &*before)?;
    // An article that stands alone leads back to nothing.
    page.open(
        &host.show("", news(&portal, "open=\"here\" layout=\"article\" article=\"ke-hoach-nam-hoc-moi\"")),
    )
    .await?;
    page.until_texts("ban-tin >>> [part=article] [part=title]", &[NEWEST[2]]).await?;
    until_told(&page, "load").await?;
    page.until_gone("ban-tin >>> [part=back]").await?;
    holds(
        "the focus is still the page's",
        page.value("document.activeElement === document.body").await? == json!(true),
    )
}

async fn a_page_may_open_articles_itself(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let own = "addEventListener('bantin:open', e => { e.preventDefault(); });";
    for open in ["portal", "here", "new"] {
        page.open(&host.show("", news(&portal, &format!("open=\"{open}\"")).script(own))).await?;
        page.until_texts(TITLES, &NEWEST).await?;
        page.click((TITLES, NEWEST[1])).await?;
        same(
            "told",
            until_told(&page, "open").await?,
            json!({
                "url": portal.url("bai-viet/khai-giang-nam-hoc-moi"), "slug": "khai-giang-nam-hoc-moi", "title": NEWEST[1], "source": portal.url(""),
            }),
        )?;
        same("the list", page.texts(TITLES).await?, NEWEST)?;
        same("the address", page.text("location.href").await?, host.url(""))?;
        same("windows", page.windows().await?, 1)?;
    }
    same("articles asked for", portal.requests("bai-viet").len(), 0)
}

async fn articles_open_where_the_page_wants_them(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    page.open(&host.show("", news(&portal, "open=\"new\""))).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    same("targets", page.attributes(TITLES, "target").await?, ["_blank"; 5])?;
    same("relations", page.attributes(TITLES, "rel").await?, ["noopener"; 5])?;
    page.open(&host.show("", news(&portal, "open=\"here\""))).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    same("targets", page.attributes(TITLES, "target").await?.len(), 0)?;
    // Held keys want a window of the reader's own; the element does not read them as "here".
    let held = "const link = document.querySelector('ban-tin').shadowRoot.querySelector('a[part=title]'); let prevented; \
         addEventListener('click', e => { prevented = e.defaultPrevented; e.preventDefault(); }, { once: true }); \
         link.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ctrlKey: true })); return prevented;";
    same("with a key held", page.run(held, vec![]).await?, json!(false))?;
    page.open(&host.show("", news(&portal, ""))).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    page.click((TITLES, NEWEST[2])).await?;
    page.until_at("bai-viet/ke-hoach-nam-hoc-moi").await?;
    page.heading(NEWEST[2]).await?;
    same("windows", page.windows().await?, 1)
}

async fn its_links_are_reached_and_followed_by_keyboard(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let body = format!(
        "{}<button id=\"first\">Trước</button>{}<button id=\"last\">Sau</button>",
        script(&portal),
        element(&portal, "open=\"here\" limit=\"2\"")
    );
    page.open(&host.show("", Document::new(body))).await?;
    page.until_texts(TITLES, &NEWEST[..2]).await?;
    page.run("document.querySelector('#first').focus()", vec![]).await?;
    for title in &NEWEST[..2] {
        page.press(&[], Key::Tab).await?;
        page.until(&format!(
            "document.querySelector('ban-tin').shadowRoot.activeElement?.textContent === {}",
            json!(title)
        ))
        .await?;
        let outline = "(e => getComputedStyle(e).outlineStyle + ' ' + parseFloat(getComputedStyle(e).outlineWidth))\
             (document.querySelector('ban-tin').shadowRoot.activeElement)";
        same("the ring", page.text(outline).await?, "solid 2")?;
    }
    page.press(&[], Key::Tab).await?;
    page.until_focus("ban-tin >>> [part=more] a").await?;
    page.press(&[], Key::Tab).await?;
    page.until_focus("#last").await?;
    page.press(&[Key::Shift], Key::Tab).await?;
    page.press(&[Key::Shift], Key::Tab).await?;
    page.press(&[], Key::Enter).await?;
    page.until_focus("ban-tin >>> [part=article] [part=title]").await?;
    page.press(&[Key::Shift], Key::Tab).await?;
    page.until_focus("ban-tin >>> [part=back]").await?;
    page.press(&[], Key::Enter).await?;
    page.until(&format!(
        "document.querySelector('ban-tin').shadowRoot.activeElement?.textContent === {}",
        json!(NEWEST[1])
    ))
    .await
}

async fn two_versions_on_one_page_do_not_clash(page: Page) -> Outcome {
    let (portal, other, host) = (page.portal()?, page.portal()?, page.host()?);
    let sum = page_sum(&portal)?.0;
    let body = format!(
        "{}<script type=\"module\" src=\"{}\"></script>{}<script type=\"module\" src=\"{}\"></script>\
         <ban-tin src=\"{}\" category=\"tuyen-sinh\" limit=\"1\"><a href=\"#\">Tin</a></ban-tin>",
        script(&portal),
        other.url(&sum),
        element(&portal, "limit=\"1\""),
        other.url("embed.js"),
        other.url(""),
    );
    page.open(&host.show("", Document::new(body))).await?;
    page.until_texts(TITLES, &[NEWEST[0], NEWEST[4]]).await?;
    // The first definition serves both, and every script had its turn.
    page.until("performance.getEntriesByType('resource').filter(one => /embed(-[0-9a-f]+)?\\.js$/.test(one.name)).length === 3").await?;
    same("programs of the second", other.requests("embed/").len(), 0)?;
    same("lists", told(&page, "load").await?.len(), 2)
}

/// Name and integrity of the script that never changes, as the portal's page says them.
pub(super) fn page_sum(_: &Portal) -> Result<(String, String)> {
    let page = std::fs::read_to_string(browser_tests::site_folder()?.join("index.html"))?;
    let told = page.split("name=\"bantin-embed\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
    let (name, sum) =
        told.and_then(|told| told.split_once(' ')).context("index.html does not say where the script is")?;
    Ok((name.to_owned(), sum.to_owned()))
}

async fn ten_of_them_ask_once(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let all: String = (1..=10).map(|n| element(&portal, &format!("limit=\"{n}\""))).collect();
    page.open(
        &host.show(
            "",
            Document::new(script(&portal) + &all).style("ban-tin { height: 20px; overflow: hidden }"),
        ),
    )
    .await?;
    page.until("told.filter(one => one[0] === 'load').length === 10").await?;
    same("articles", page.count(TITLES).await?, 55)?;
    for (path, times) in
        [("embed.js", 1), ("embed/list-", 2), ("embed/more-", 0), ("data/entry.json", 1), ("data/feed/", 1)]
    {
        let asked = portal.requests(path);
        ensure!(asked.len() == times, "{path} was asked for {asked:?} instead of {times} times");
    }
    Ok(())
}

async fn nothing_is_asked_for_before_it_comes_near(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let body =
        format!("{}<div style=\"height: 3000px\">Trước</div>{}", script(&portal), element(&portal, ""));
    page.open(&host.show("", Document::new(body))).await?;
    page.until("customElements.get('ban-tin') !== undefined").await?;
    // Whatever the browser does on seeing the page, it has done after two frames.
    page.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))", vec![])
        .await?;
    same("asked for", portal.requests(""), ["embed.js"])?;
    page.run("scrollTo(0, 3000)", vec![]).await?;
    list_is_seen(&page).await
}

/// Makes, moves and removes copies of the element, one after the other; each has its list before it goes.
const WEAR: &str = "const element = document.querySelector('ban-tin'), places = document.querySelectorAll('.place'); \
    const listed = one => new Promise(done => one.addEventListener('bantin:load', done, { once: true })); \
    (async () => { for (let i = 0; i < TIMES; i++) { \
        const copy = element.cloneNode(true), there = listed(copy); \
        places[0].append(copy); places[1].append(copy); places[0].append(copy); await there; copy.remove(); \
        const again = listed(element); element.remove(); places[i % 2].append(element); if (i % 10 === 0) await again; told.length = 0; \
    } document.documentElement.setAttribute('data-worn', TIMES); })();";

async fn wear(page: &Page, times: u32) -> Outcome {
    page.run_inside(&format!("{{ {} }}", WEAR.replace("TIMES", &times.to_string()))).await?;
    // Under load more than one patience of the harness.
    for _ in 0..4 {
        if page.until(&format!("document.documentElement.dataset.worn === '{times}'")).await.is_ok() {
            return Ok(());
        }
    }
    page.until(&format!("document.documentElement.dataset.worn === '{times}'")).await
}

/// Nodes, listeners and bytes that the page holds after everything that can go has gone.
async fn held(page: &Page) -> Result<[f64; 3]> {
    for _ in 0..2 {
        page.devtools("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let metrics = page.devtools("Performance.getMetrics", json!({})).await?;
    let metric = |name: &str| {
        let all = metrics["metrics"].as_array().into_iter().flatten();
        all.clone()
            .find(|one| one["name"] == name)
            .and_then(|one| one["value"].as_f64())
            .with_context(|| format!("Chromium does not tell {name}"))
    };
    Ok([metric("Nodes")?, metric("JSEventListeners")?, metric("JSHeapUsedSize")?])
}

async fn it_may_be_moved_copied_and_removed_two_hundred_times(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    // The program's own memory, which no collector looks into.
    let watch = "const all = globalThis.memories = []; for (const name of ['instantiate', 'instantiateStreaming']) { \
         const plain = WebAssembly[name]; WebAssembly[name] = async (...parts) => { const made = await plain.apply(WebAssembly, parts); \
         all.push((made.instance ?? made).exports.memory); return made; }; }";
    let body = format!(
        "{}<div class=\"place\">{}</div><div class=\"place\"></div>",
        script(&portal),
        element(&portal, "")
    );
    page.open(&host.show("", Document::new(body).script(watch))).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    let chromium = page.browser() == Browser::Chromium;
    if chromium {
        page.devtools("Performance.enable", json!({})).await?;
    }
    // First what is kept once for all.
    wear(&page, 20).await?;
    let memory = "memories.map(one => one.buffer.byteLength).join()";
    let (pages, before) = (page.text(memory).await?, if chromium { Some(held(&page).await?) } else { None });
    ensure!(!pages.is_empty(), "the program's memory was not seen");
    wear(&page, 200).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    same("elements", page.count("ban-tin").await?, 1)?;
    same("memory of the program", page.text(memory).await?, pages)?;
    same("programs", portal.requests("embed/").len(), 2)?;
    let asked = portal.requests("data/entry.json").len();
    // Once a minute at most, however slow the machine.
    ensure!(asked <= 4, "entry.json was asked for {asked} times");
    if let Some(before) = before {
        let after = held(&page).await?;
        let grown = |i: usize| after[i] - before[i];
        // A list alone has some sixty nodes; two hundred that stay would be twelve thousand.
        ensure!(
            grown(0) < 300.0 && grown(1) < 50.0 && grown(2) < 1_500_000.0,
            "nodes, listeners, bytes: {before:?} → {after:?}"
        );
    }
    Ok(())
}

/// The portal has another headline from now on, in a file of another name, as `newsroom index` publishes it.
fn publish(portal: &Portal, mut archive: Archive, title: &str, name: &str) -> Outcome {
    let path = archive.path("/all/file")?;
    let mut list: Value = serde_json::from_str(&Archive::file(path.trim_start_matches("data/"))?)?;
    list["newest"][0]["title"] = json!(title);
    portal.json(&format!("data/{name}"), list.to_string());
    archive.entry["all"]["file"] = json!(name);
    archive.publish(portal);
    Ok(())
}

async fn it_asks_again_when_it_should(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    // A minute passes in 0.3 seconds.
    let hurry = "const wait = setTimeout, real = performance.now.bind(performance); \
         globalThis.setTimeout = (f, ms, ...rest) => wait(f, ms / 200, ...rest); performance.now = () => real() * 200;";
    page.open(&host.show("", news(&portal, "refresh=\"1\" open=\"here\"").script(hurry))).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    let archive = Archive::read()?;
    publish(&portal, archive.clone(), "Tin vừa đăng", "feed/0000000000000001.json")?;
    page.until_texts(TITLES, &["Tin vừa đăng", NEWEST[1], NEWEST[2], NEWEST[3], NEWEST[4]]).await?;
    // Not while somebody reads, or stands in it.
    page.click((TITLES, NEWEST[1])).await?;
    page.until_focus("ban-tin >>> [part=article] [part=title]").await?;
    page.click("ban-tin >>> [part=back]").await?;
    page.until_texts(TITLES, &["Tin vừa đăng", NEWEST[1], NEWEST[2], NEWEST[3], NEWEST[4]]).await?;
    publish(&portal, archive, "Tin sửa lại", "feed/0000000000000002.json")?;
    page.run("document.querySelector('ban-tin').shadowRoot.activeElement.blur()", vec![]).await?;
    page.until_texts(TITLES, &["Tin sửa lại", NEWEST[1], NEWEST[2], NEWEST[3], NEWEST[4]]).await
}
