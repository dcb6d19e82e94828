//! Articles as editors keep them: a content folder for `newsroom`.
//!
//! Not here: publishing it (`newsroom`).

use crate::{
    articles::{Articles, CATEGORIES},
    ours::empty,
};
use anyhow::{Context, Result};
use archive::Moment;
use serde_json::json;
use std::{fs, path::Path};

/// Makes a content folder with a portal and no articles.
pub fn make(folder: &Path) -> Result<()> {
    empty(folder)?;
    let categories: Vec<_> =
        CATEGORIES.iter().map(|slug| json!({ "slug": slug, "name": slug.replace('-', " ") })).collect();
    let portal = json!({
        "name": "Cổng thông tin điện tử",
        "unit": "Sở Đo lường",
        "description": "Những bài do máy đặt, để đo.",
        "time_zone": "Asia/Ho_Chi_Minh",
        "categories": categories,
    });
    let path = folder.join("portal.json");
    fs::write(&path, portal.to_string()).with_context(|| format!("cannot write {}", path.display()))
}

/// Adds these articles.
pub fn add(folder: &Path, articles: &Articles, numbers: std::ops::Range<u32>) -> Result<()> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    for number in numbers {
        let article = articles.article(number)?;
        let headline = &article.headline;
        let mut html = String::new();
        for line in articles.words(number).body.lines().filter(|line| !line.trim().is_empty()) {
            html.push_str("<p>");
            html.push_str(&escaped(line));
            html.push_str("</p>");
        }
        let published = Moment::rfc3339(headline.published);
        let item = json!({
            "id": format!("bench-{number}"),
            "url": format!("/bai-viet/{}", headline.slug),
            "title": headline.title,
            "summary": headline.summary,
            "content_html": html,
            "date_published": published,
            "language": "vi",
            "authors": [{ "name": "Máy đặt bài" }],
            "_bantin": { "category": headline.category, "unit": "Phòng Đo lường", "source": "Phòng Đo lường" },
        });
        let month = folder.join("articles").join(&published[..4]).join(&published[5..7]);
        fs::create_dir_all(&month).with_context(|| format!("cannot make {}", month.display()))?;
        let path = month.join(format!("{}.json", headline.slug));
        fs::write(&path, item.to_string()).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
