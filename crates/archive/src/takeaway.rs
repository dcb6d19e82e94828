//! A list of articles as a file to take away: JSON Feed 1.1, or a table for Excel.
//!
//! Pure: which articles, under which addresses and in whose words comes from outside. Not here: putting the file
//! into the reader's hands (the app's `platform::download`).

use crate::{
    Headline,
    body::{Image, ImageSource},
};

/// One article of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What lists show of it.
    pub headline: Headline,
    /// Its whole address.
    pub url: String,
    /// The name of its category; may be empty.
    pub category: String,
}

/// The list as a JSON Feed. `about` says what it is and whether it was cut. A picture stands in it where its address
/// is whole.
pub fn feed(title: &str, home: &str, about: &str, lines: &[Line]) -> String {
    feed_at("", title, home, about, lines)
}

/// A [`feed`] to which readers subscribe: `own` is its whole address.
pub fn feed_at(own: &str, title: &str, home: &str, about: &str, lines: &[Line]) -> String {
    // By hand: `serde_json::Value` would cost the app some KB of wasm for this one file.
    let mut feed = String::from("{\"version\":\"https://jsonfeed.org/version/1.1\"");
    field(&mut feed, "title", title);
    field(&mut feed, "home_page_url", home);
    if !own.is_empty() {
        field(&mut feed, "feed_url", own);
    }
    field(&mut feed, "description", about);
    field(&mut feed, "language", "vi");
    feed.push_str(",\"items\":[");
    for (number, Line { headline, url, category }) in lines.iter().enumerate() {
        feed.push_str(if number == 0 { "\n{\"id\":" } else { ",\n{\"id\":" });
        quote(&mut feed, url);
        field(&mut feed, "url", url);
        field(&mut feed, "title", &headline.title);
        // The format wants a text; the lead is what we have of it here.
        field(&mut feed, "content_text", &headline.summary);
        field(&mut feed, "date_published", &headline.published.rfc3339());
        if let Some(Image { src: ImageSource::External(address), .. }) = &headline.image {
            field(&mut feed, "image", address);
        }
        if !category.is_empty() {
            feed.push_str(",\"tags\":[");
            quote(&mut feed, category);
            feed.push(']');
        }
        feed.push('}');
    }
    feed.push_str("\n]}");
    feed
}

/// A further field of an object.
fn field(json: &mut String, name: &str, value: &str) {
    json.push(',');
    quote(json, name);
    json.push(':');
    quote(json, value);
}

/// A text in quotes; what JSON does not take as it is becomes `\u00XX`.
fn quote(json: &mut String, text: &str) {
    json.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '\0'..='\x1f') {
            let hex = |digit: u32| char::from_digit(digit, 16).unwrap_or('0');
            json.push_str("\\u00");
            json.extend([hex(c as u32 >> 4), hex(c as u32 & 15)]);
        } else {
            json.push(c);
        }
    }
    json.push('"');
}

/// The list as a table in UTF-8 with the mark by which Excel knows it: `columns` names title, day, category,
/// lead and address. `note` stands below the table when it is not empty.
pub fn csv(columns: [&str; 5], note: &str, lines: &[Line]) -> String {
    let mut table = String::from("\u{feff}");
    row(&mut table, columns);
    for Line { headline, url, category } in lines {
        let published = headline.published.rfc3339();
        // A form that Excel takes for a day in every language.
        let day = published.get(..10).unwrap_or_default();
        row(&mut table, [&headline.title, day, category, &headline.summary, url]);
    }
    if !note.is_empty() {
        row(&mut table, [note, "", "", "", ""]);
    }
    table
}

/// Every field in quotes. A text that a table would run as a formula gets an apostrophe before it: titles come
/// from others, and `=HYPERLINK(…)` must stay a text.
fn row(table: &mut String, fields: [&str; 5]) {
    for (number, field) in fields.into_iter().enumerate() {
        table.push_str(if number == 0 { "\"" } else { ",\"" });
        // Excel skips spaces before it looks for the sign.
        if field.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
            || field.starts_with(['\t', '\r', '\n'])
        {
            table.push('\'');
        }
        table.push_str(&field.replace('"', "\"\""));
        table.push('"');
    }
    table.push_str("\r\n");
}

/// The name of the file: `tim-kiem-khai-giang.csv`.
pub fn file_name(words: &str, ending: &str) -> String {
    /// Longest part of the name that is made of words: longer ones are cut by file managers.
    const MOST: usize = 60;
    let words = viet_text::slug(words, MOST);
    let dash = if words.is_empty() { "" } else { "-" };
    ["tim-kiem", dash, &words, ".", ending].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Moment, published::Promotion};
    use proptest::prelude::*;
    use serde_json::Value;

    fn line(title: &str, summary: &str) -> Line {
        let headline = Headline {
            slug: "tin".parse().expect("a slug"),
            title: title.into(),
            summary: summary.into(),
            category: None,
            published: Moment::from_unix(1_631_330_460).expect("in range"),
            modified: None,
            image: None,
            hot: Promotion::None,
            featured: Promotion::None,
        };
        Line { headline, url: "https://so.example/bai-viet/tin".into(), category: "Thông báo".into() }
    }

    const COLUMNS: [&str; 5] = ["Tiêu đề", "Ngày đăng", "Chuyên mục", "Tóm tắt", "Địa chỉ"];

    /// A CSV reader of the plainest kind.
    fn read(table: &str) -> Vec<Vec<String>> {
        let mut rows = vec![vec![String::new()]];
        let mut quoted = false;
        let mut chars = table.trim_start_matches('\u{feff}').chars().peekable();
        while let Some(c) = chars.next() {
            let row = rows.last_mut().expect("a row");
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    row.last_mut().expect("a field").push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(String::new()),
                '\r' if !quoted => {}
                '\n' if !quoted => rows.push(vec![String::new()]),
                c => row.last_mut().expect("a field").push(c),
            }
        }
        rows.pop();
        rows
    }

    #[test]
    fn a_table_has_its_mark_its_columns_and_a_line_for_each_article() {
        let table = csv(COLUMNS, "", &[line("Lễ \"khai giảng\", năm học mới", "Dòng 1\nDòng 2")]);
        assert!(table.starts_with("\u{feff}\"Tiêu đề\",\"Ngày đăng\""));
        let rows = read(&table);
        assert_eq!(rows.len(), 2);
        assert_eq!(
            rows[1],
            [
                "Lễ \"khai giảng\", năm học mới",
                "2021-09-11",
                "Thông báo",
                "Dòng 1\nDòng 2",
                "https://so.example/bai-viet/tin"
            ]
        );
    }

    #[test]
    fn a_title_is_never_a_formula() {
        for title in ["=HYPERLINK(\"http://x\")", "+84 123", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"] {
            let rows = read(&csv(COLUMNS, "", &[line(title, "")]));
            assert_eq!(rows[1][0], format!("'{title}"));
        }
    }

    #[test]
    fn a_table_that_was_cut_says_so_below() {
        let rows = read(&csv(COLUMNS, "Chỉ gồm 1.000 tin bài đầu", &[line("Tin", "")]));
        assert_eq!(rows[2], ["Chỉ gồm 1.000 tin bài đầu", "", "", "", ""]);
    }

    #[test]
    fn a_feed_is_one_that_we_read_ourselves() {
        let text = feed("Tìm kiếm", "https://so.example/", "27 tin bài", &[line("Tin \"một\"", "Sa-pô")]);
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(value["items"][0]["date_published"], "2021-09-11T10:21:00+07:00");
        assert_eq!(value["items"][0]["content_text"], "Sa-pô");
        assert_eq!(value["items"][0]["tags"][0], "Thông báo");
        let read = crate::source::feed::read_feed(&text, "https://so.example/feed.json").expect("a feed");
        assert_eq!(read.items.len(), 1);
    }

    #[test]
    fn a_feed_to_subscribe_to_says_where_it_lies_and_shows_pictures_of_whole_addresses() {
        let picture = |src: &str| {
            let src = ImageSource::parse(src).expect("a picture");
            Some(Image::new(src, String::new()))
        };
        let (mut first, mut second) = (line("Một", ""), line("Hai", ""));
        first.headline.image = picture("https://so.example/data/media/a.webp");
        second.headline.image = picture("media/a.webp");
        let text = feed_at("https://so.example/f.json", "Tin", "https://so.example/", "", &[first, second]);
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            (&value["feed_url"], &value["language"]),
            (&"https://so.example/f.json".into(), &"vi".into())
        );
        assert_eq!(value["items"][0]["image"], "https://so.example/data/media/a.webp");
        assert!(value["items"][1].get("image").is_none());
        let read = crate::source::feed::read_feed(&text, "https://so.example/f.json").expect("a feed");
        assert_eq!((read.items.len(), read.left_out), (2, 0), "also without leads");
    }

    #[test]
    fn a_file_is_named_by_what_was_asked() {
        assert_eq!(file_name("Khai giảng: 2021/2022", "csv"), "tim-kiem-khai-giang-2021-2022.csv");
        assert_eq!(file_name("…", "json"), "tim-kiem.json");
    }

    proptest! {
        #[test]
        fn every_text_comes_back_out_of_the_feed(title in "(\\PC|\\s|[\"\\\\\u{0}-\u{1f}]){0,40}") {
            let text = feed(&title, "", "", &[line(&title, &title)]);
            let value: Value = serde_json::from_str(&text).expect("JSON");
            prop_assert_eq!(value["title"].as_str(), Some(&*title));
            prop_assert_eq!(value["items"][0]["content_text"].as_str(), Some(&*title));
        }

        #[test]
        fn every_text_comes_back_out_of_the_table(title in "\\PC{0,40}", summary in "(\\PC|[\r\n\"]){0,40}") {
            let rows = read(&csv(COLUMNS, "", &[line(&title, &summary)]));
            prop_assert_eq!(rows.len(), 2);
            let guarded = |text: &String| text.strip_prefix('\'').unwrap_or(text).to_owned();
            prop_assert!(rows[1][0] == title || guarded(&rows[1][0]) == title);
            prop_assert!(rows[1][3] == summary || guarded(&rows[1][3]) == summary);
        }
    }
}
