//! Laws first, then cases.

use super::*;
use crate::body::inlines_text;
use proptest::prelude::*;

fn element(name: &str, attributes: &[(&str, &str)], children: Vec<Node>) -> Node {
    let attributes = attributes.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    Node::Element { name: name.to_owned(), attributes, children }
}

fn e(name: &str, children: Vec<Node>) -> Node {
    element(name, &[], children)
}

fn t(text: &str) -> Node {
    Node::Text(text.to_owned())
}

/// The body as the HTML that says exactly this: the other direction of `clean`, for the laws only.
fn render(body: &Body) -> Vec<Node> {
    blocks(&body.0)
}

fn blocks(blocks_: &[Block]) -> Vec<Node> {
    blocks_.iter().map(block).collect()
}

fn block(block: &Block) -> Node {
    match block {
        Block::Heading { level, text } => e(&format!("h{}", u8::from(*level)), inlines(text)),
        Block::Paragraph(text) => e("p", inlines(text)),
        Block::List { start, items } => {
            let items = items.iter().map(|item| e("li", blocks(item))).collect();
            match start {
                Some(n) => element("ol", &[("start", &n.to_string())], items),
                None => e("ul", items),
            }
        }
        Block::Table { caption, head, rows } => {
            let row = |row: &Row| e("tr", row.iter().map(cell).collect());
            let mut parts = Vec::new();
            if !caption.is_empty() {
                parts.push(e("caption", inlines(caption)));
            }
            if !head.is_empty() {
                parts.push(e("thead", head.iter().map(row).collect()));
            }
            parts.push(e("tbody", rows.iter().map(row).collect()));
            e("table", parts)
        }
        Block::Quote(inner) => e("blockquote", blocks(inner)),
        Block::Figure { image, caption } => {
            let mut parts = vec![picture(image)];
            if !caption.is_empty() {
                parts.push(e("figcaption", inlines(caption)));
            }
            e("figure", parts)
        }
        Block::Preformatted(text) => e("pre", vec![t(text)]),
        Block::Details { summary, blocks: inner } => {
            let mut parts = vec![e("summary", inlines(summary))];
            parts.extend(blocks(inner));
            e("details", parts)
        }
        Block::Rule => e("hr", vec![]),
    }
}

fn picture(image: &Image) -> Node {
    let (width, height) = (image.width.map(|n| n.to_string()), image.height.map(|n| n.to_string()));
    let mut attributes = vec![("src", image.src.as_str()), ("alt", &image.alt)];
    attributes.extend(width.as_deref().map(|n| ("width", n)));
    attributes.extend(height.as_deref().map(|n| ("height", n)));
    element("img", &attributes, vec![])
}

fn cell(cell: &Cell) -> Node {
    let (columns, rows) = (cell.columns.to_string(), cell.rows.to_string());
    let mut attributes = vec![("colspan", columns.as_str()), ("rowspan", rows.as_str())];
    let name = match cell.scope {
        None => "td",
        Some(scope) => {
            attributes.push(("scope", if scope == Scope::Col { "col" } else { "row" }));
            "th"
        }
    };
    element(name, &attributes, blocks(&cell.blocks))
}

fn inlines(text: &[Inline]) -> Vec<Node> {
    let one = |inline: &Inline| match inline {
        Inline::Text(text) => t(text),
        Inline::Strong(inner) => e("strong", inlines(inner)),
        Inline::Emphasis(inner) => e("em", inlines(inner)),
        Inline::Link { to, text } => element("a", &[("href", &String::from(to.clone()))], inlines(text)),
        Inline::Code(text) => e("code", vec![t(text)]),
        Inline::Subscript(inner) => e("sub", inlines(inner)),
        Inline::Superscript(inner) => e("sup", inlines(inner)),
        Inline::LineBreak => e("br", vec![]),
    };
    text.iter().map(one).collect()
}

/// Any tree of any elements, well-formed HTML or not.
fn any_nodes() -> impl Strategy<Value = Vec<Node>> {
    let names: Vec<&'static str> = [
        DROPPED,
        INLINE,
        BLOCK,
        LOST_BLOCK,
        &[
            "b",
            "i",
            "em",
            "strong",
            "a",
            "a",
            "img",
            "img",
            "br",
            "hr",
            "h1",
            "h2",
            "h3",
            "h6",
            "ul",
            "ol",
            "li",
            "dl",
            "table",
            "td",
            "th",
            "tr",
            "thead",
            "caption",
            "figure",
            "figcaption",
            "details",
            "summary",
            "pre",
            "code",
            "sub",
            "sup",
            "blockquote",
            "q",
            "u",
            "o:p",
            "x-y",
            "wbr",
            "p",
            "p",
            "p",
        ],
    ]
    .concat();
    let text = prop_oneof![
        "[a-zà-ỹ \u{a0}\n\t]{0,12}",
        Just(" ".to_owned()),
        Just("\u{a0}\u{a0}".to_owned()),
        "\\PC{0,6}",
        Just("\u{1}".to_owned()),
    ];
    let attribute = prop_oneof![
        (
            "href",
            prop_oneof![
                Just("/bai-viet/a"),
                Just("https://a.example/ b"),
                Just("javascript:x"),
                Just("a.png")
            ]
        ),
        ("src", prop_oneof![Just("media/a.png"), Just("data:x"), Just("https://a.example/a  b.png")]),
        ("colspan", prop_oneof![Just("0"), Just("3"), Just("99999999999"), Just("x")]),
        ("start", prop_oneof![Just("4"), Just("-1")]),
        ("scope", prop_oneof![Just("row"), Just("col")]),
        ("alt", prop_oneof![Just(""), Just(" ảnh\u{a0} một "), Just("\u{a0}")]),
        ("style", Just("color:red")),
        ("width", prop_oneof![Just("640px"), Just("100%"), Just("0")]),
    ];
    let attributes = prop::collection::vec(attribute, 0..4)
        .prop_map(|list| list.into_iter().map(|(n, v): (_, &str)| (n, v.to_owned())).collect::<Vec<_>>());
    let leaf = text.prop_map(Node::Text);
    let node = leaf.prop_recursive(7, 60, 6, move |inner| {
        (prop::sample::select(names.clone()), attributes.clone(), prop::collection::vec(inner, 0..6))
            .prop_map(|(name, attributes, children)| Node::Element {
                name: name.to_owned(),
                attributes,
                children,
            })
    });
    prop::collection::vec(node, 0..6)
}

fn words(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.extend(text.chars().filter(|c| !is_space(*c) && !c.is_control())),
            Node::Element { name, children, .. } if !DROPPED.contains(&&**name) => words(children, out),
            Node::Element { .. } => {}
        }
    }
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| !is_space(*c)).collect();
    letters.sort_unstable();
    letters
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn cleaning_what_was_cleaned_changes_and_loses_nothing(nodes in any_nodes()) {
        let (body, _) = clean(&nodes);
        let (again, losses) = clean(&render(&body));
        prop_assert_eq!(&again, &body);
        prop_assert_eq!(losses, vec![]);
    }

    #[test]
    fn every_letter_outside_dropped_elements_survives(nodes in any_nodes()) {
        // Quotation marks of <q> and names of linked pictures are added; without them nothing comes or goes.
        let plain = |nodes: &[Node]| {
            let mut nodes = nodes.to_vec();
            strip(&mut nodes);
            nodes
        };
        fn strip(nodes: &mut Vec<Node>) {
            nodes.retain(|n| !matches!(n, Node::Element { name, .. } if name == "img" || name == "q"));
            for node in nodes {
                if let Node::Element { children, .. } = node {
                    strip(children);
                }
            }
        }
        let nodes = plain(&nodes);
        let (body, _) = clean(&nodes);
        let mut written = String::new();
        words(&nodes, &mut written);
        prop_assert_eq!(sorted(&body.plain_text()), sorted(&written));
    }

    #[test]
    fn a_clean_body_can_be_stored_and_read_back(nodes in any_nodes()) {
        let (body, _) = clean(&nodes);
        let json = serde_json::to_string(&body).expect("a body can be written");
        prop_assert_eq!(serde_json::from_str::<Body>(&json).expect("and read"), body);
    }

    #[test]
    fn plain_text_is_cleaned_as_its_paragraphs_would_be(text in "[a-zà-ỹ \u{a0}\t\n\r<&]{0,80}") {
        let body = text_to_body(&text);
        let (again, losses) = clean(&render(&body));
        prop_assert_eq!(again, body);
        prop_assert!(losses.is_empty());
    }
}

fn text(s: &str) -> Vec<Inline> {
    vec![Inline::Text(s.to_owned())]
}

fn p(s: &str) -> Block {
    Block::Paragraph(text(s))
}

fn cleaned(nodes: Vec<Node>) -> Vec<Block> {
    clean(&nodes).0.0
}

fn losses(nodes: Vec<Node>) -> Vec<String> {
    clean(&nodes).1.iter().map(ToString::to_string).collect()
}

#[test]
fn however_deep_the_html_nests_nothing_breaks() {
    for name in
        ["div", "ul", "blockquote", "b", "details", "table", "dl", "figure", "pre", "h2", "q", "a", "td"]
    {
        let mut node = t("đáy");
        for _ in 0..5_000 {
            node = e(name, vec![node]);
        }
        let (body, losses) = clean(std::slice::from_ref(&node));
        assert!(losses.iter().any(|loss| loss.kind == LossKind::Depth), "{name}");
        let json = serde_json::to_string(&body).expect("a body can be written");
        assert!(serde_json::from_str::<Body>(&json).is_ok(), "{name}");
        // Dropping such a tree is recursive too: take it apart by hand.
        while let Node::Element { children, .. } = &mut node {
            match children.pop() {
                Some(inner) => node = inner,
                None => break,
            }
        }
    }
}

#[test]
fn blocks_that_nest_too_deep_are_unwrapped_and_their_text_stays() {
    let mut node = t("đáy");
    for _ in 0..40 {
        node = e("ul", vec![e("li", vec![node])]);
    }
    let (body, losses) = clean(&[node]);
    assert_eq!(body.plain_text(), "đáy");
    assert_eq!(losses, [Loss { kind: LossKind::Formatting, name: "ul".into(), count: 20 }]);
    let json = serde_json::to_string(&body).expect("a body can be written");
    assert_eq!(serde_json::from_str::<Body>(&json).expect("and read"), body);
}

#[test]
fn white_space_collapses_as_in_html_and_indents_go() {
    let nodes = vec![
        e(
            "p",
            vec![t("\u{a0}\u{a0} \u{a0}Năm   học\n 2021"), e("b", vec![t(" mới ")]), t(" đã \u{a0} đến ")],
        ),
        e("p", vec![t(" \u{a0}\n")]),
        e("p", vec![e("br", vec![]), t("a "), e("br", vec![]), t(" b"), e("br", vec![])]),
        t("100\u{a0}km"),
    ];
    let strong = Inline::Strong(text("mới "));
    assert_eq!(
        cleaned(nodes),
        [
            Block::Paragraph(vec![
                Inline::Text("Năm học 2021 ".into()),
                strong,
                Inline::Text("đã đến".into())
            ]),
            Block::Paragraph(vec![Inline::Text("a".into()), Inline::LineBreak, Inline::Text("b".into())]),
            p("100\u{a0}km"),
        ]
    );
}

#[test]
fn text_and_formats_in_no_block_become_paragraphs() {
    let nodes =
        vec![t("một "), e("b", vec![t("hai"), e("p", vec![t("ba")]), t("bốn")]), e("div", vec![t("năm")])];
    assert_eq!(
        cleaned(nodes),
        [
            Block::Paragraph(vec![Inline::Text("một ".into()), Inline::Strong(text("hai"))]),
            Block::Paragraph(vec![Inline::Strong(text("ba"))]),
            Block::Paragraph(vec![Inline::Strong(text("bốn"))]),
            p("năm"),
        ]
    );
}

fn image(src: &str, alt: &str) -> Image {
    Image::new(ImageSource::parse(src).expect("a picture"), alt.into())
}

fn img(src: &str, alt: &str) -> Node {
    element("img", &[("src", src), ("alt", alt)], vec![])
}

#[test]
fn a_picture_in_a_paragraph_stands_between_two() {
    let nodes = vec![e("p", vec![t("trước "), img("media/a.png", "Ảnh"), t(" sau")])];
    let figure = Block::Figure { image: image("media/a.png", "Ảnh"), caption: vec![] };
    assert_eq!(cleaned(nodes), [p("trước"), figure, p("sau")]);
}

#[test]
fn a_link_around_a_picture_moves_into_its_caption() {
    let link = |href: &str, inner| element("a", &[("href", href)], inner);
    let caption =
        |href: &str, s: &str| vec![Inline::Link { to: Target::parse(href).expect("a link"), text: text(s) }];
    let figure = |caption| vec![Block::Figure { image: image("media/a.png", "Ảnh"), caption }];
    let pic = || img("media/a.png", "Ảnh");
    let site = "https://a.example/";
    assert_eq!(cleaned(vec![link(site, vec![pic()])]), figure(caption(site, "Ảnh")));
    let with_caption = e("figure", vec![link(site, vec![pic()]), e("figcaption", vec![t("Lễ khai giảng")])]);
    assert_eq!(cleaned(vec![with_caption]), figure(caption(site, "Lễ khai giảng")));
    // A link to the picture itself shows nothing that is not shown.
    assert_eq!(cleaned(vec![link("media/a.png", vec![pic()])]), figure(vec![]));
    assert_eq!(losses(vec![link("media/a.png", vec![pic()])]), Vec::<String>::new());
    assert_eq!(losses(vec![link("media/to.png", vec![pic()])]), ["link media/to.png"]);
}

#[test]
fn figures_keep_captions_of_pictures_and_tables() {
    let caption = |s: &str| e("figcaption", vec![t(s)]);
    let table = || e("table", vec![e("tr", vec![e("td", vec![t("1")])])]);
    let cell = Cell { scope: None, columns: 1, rows: 1, blocks: vec![p("1")] };
    assert_eq!(
        cleaned(vec![
            e("figure", vec![e("p", vec![img("media/a.png", "")]), caption("Một")]),
            e("figure", vec![table(), caption("Hai")]),
            e("figure", vec![caption("Ba"), e("p", vec![t("lời")])]),
        ]),
        [
            Block::Figure { image: image("media/a.png", ""), caption: text("Một") },
            Block::Table { caption: text("Hai"), head: vec![], rows: vec![vec![cell]] },
            p("lời"),
            p("Ba"),
        ]
    );
}

#[test]
fn headings_keep_their_order_below_the_title() {
    let levels = |nodes: Vec<Node>| {
        cleaned(nodes)
            .iter()
            .map(|block| match block {
                Block::Heading { level, .. } => u8::from(*level),
                other => panic!("not a heading: {other:?}"),
            })
            .collect::<Vec<_>>()
    };
    let h = |n: u8| e(&format!("h{n}"), vec![t("mục")]);
    assert_eq!(levels((2..=6).map(h).collect()), [2, 3, 4, 4, 4]);
    assert_eq!(levels((1..=4).map(h).collect()), [2, 3, 4, 4]);
}

#[test]
fn a_heading_holds_text_and_hands_its_picture_on() {
    let nodes = vec![e("h2", vec![e("p", vec![t("một")]), img("media/a.png", ""), e("div", vec![t("hai")])])];
    assert_eq!(
        cleaned(nodes),
        [
            Block::Heading { level: HeadingLevel::Two, text: text("một hai") },
            Block::Figure { image: image("media/a.png", ""), caption: vec![] },
        ]
    );
}

#[test]
fn tables_keep_heads_scopes_and_clamped_spans() {
    let th = |scope: &[(&str, &str)], s: &str| element("th", scope, vec![t(s)]);
    let td = |a: &[(&str, &str)], s: &str| element("td", a, vec![t(s)]);
    let nodes = vec![e(
        "table",
        vec![
            e("caption", vec![t("Bảng 1")]),
            e("thead", vec![e("tr", vec![th(&[], "Đơn vị"), th(&[("scope", "colgroup")], "Số lớp")])]),
            e(
                "tbody",
                vec![e("tr", vec![th(&[], "Hòa Xuyên"), td(&[("colspan", "5000"), ("rowspan", "0")], "12")])],
            ),
            e("tfoot", vec![e("tr", vec![td(&[("rowspan", "x")], "")])]),
        ],
    )];
    let cell = |scope, columns, s: &str| Cell { scope, columns, rows: 1, blocks: vec![p(s)] };
    assert_eq!(
        cleaned(nodes.clone()),
        [Block::Table {
            caption: text("Bảng 1"),
            head: vec![vec![cell(Some(Scope::Col), 1, "Đơn vị"), cell(Some(Scope::Col), 1, "Số lớp")]],
            rows: vec![
                vec![cell(Some(Scope::Row), 1, "Hòa Xuyên"), cell(None, 100, "12")],
                vec![Cell { scope: None, columns: 1, rows: 1, blocks: vec![] }],
            ],
        }]
    );
    assert_eq!(losses(nodes), Vec::<String>::new());
}

#[test]
fn a_table_in_a_cell_is_unwrapped_to_its_blocks() {
    let row = |inner| e("tr", vec![e("td", vec![inner])]);
    let nodes = vec![e("table", vec![row(e("table", vec![row(t("một")), row(t("hai"))]))])];
    let cell = Cell { scope: None, columns: 1, rows: 1, blocks: vec![p("một"), p("hai")] };
    assert_eq!(
        cleaned(nodes.clone()),
        [Block::Table { caption: vec![], head: vec![], rows: vec![vec![cell]] }]
    );
    assert_eq!(losses(nodes), ["formatting <table in a table>"]);
}

#[test]
fn lists_keep_numbers_and_take_in_what_stands_between_items() {
    let li = |s: &str| e("li", vec![t(s)]);
    let nodes = vec![
        element("ol", &[("start", "3")], vec![t("\n"), li("ba"), li(""), e("ol", vec![li("con")]), t(" ")]),
        e("ul", vec![li(" "), li("một")]),
        e("ul", vec![li(""), t(" ")]),
    ];
    let inner = Block::List { start: Some(1), items: vec![vec![p("con")]] };
    assert_eq!(
        cleaned(nodes),
        [
            Block::List { start: Some(3), items: vec![vec![p("ba")], vec![inner]] },
            Block::List { start: None, items: vec![vec![p("một")]] },
        ]
    );
}

#[test]
fn terms_and_their_explanations_become_a_list() {
    let nodes = vec![e(
        "dl",
        vec![e("dt", vec![t("GDTX")]), e("dd", vec![t("Giáo dục thường xuyên")]), e("dt", vec![t("THPT")])],
    )];
    let strong = |s: &str| Block::Paragraph(vec![Inline::Strong(text(s))]);
    let items = vec![vec![strong("GDTX"), p("Giáo dục thường xuyên")], vec![strong("THPT")]];
    assert_eq!(cleaned(nodes), [Block::List { start: None, items }]);
}

#[test]
fn details_need_a_handle_and_something_to_hide() {
    let summary = |s: &str| e("summary", vec![t(s)]);
    assert_eq!(
        cleaned(vec![
            e("details", vec![summary("Xem"), e("p", vec![t("một")]), t("hai")]),
            e("details", vec![t("ba")]),
            e("details", vec![summary("bốn")]),
        ]),
        [Block::Details { summary: text("Xem"), blocks: vec![p("một"), p("hai")] }, p("ba"), p("bốn")]
    );
}

#[test]
fn preformatted_text_keeps_its_lines() {
    let nodes = vec![e("pre", vec![t("\na  b\n"), e("code", vec![t("  c")]), e("br", vec![]), t("d\n")])];
    assert_eq!(cleaned(nodes), [Block::Preformatted("a  b\n  c\nd".into())]);
}

#[test]
fn formats_are_canonical() {
    let nodes = vec![e(
        "p",
        vec![
            e("b", vec![e("strong", vec![t("a")])]),
            e("b", vec![t("b")]),
            e("code", vec![e("i", vec![t("c")])]),
            e("b", vec![t(" ")]),
            e("q", vec![t("d")]),
        ],
    )];
    let code = Inline::Emphasis(vec![Inline::Code("c".into())]);
    let expected = vec![Inline::Strong(text("ab")), code, Inline::Text(" “d”".into())];
    assert_eq!(cleaned(nodes), [Block::Paragraph(expected)]);
}

#[test]
fn every_loss_is_named() {
    let styled = |n: usize| (0..n).map(|_| element("p", &[("style", "x"), ("class", "y")], vec![t("a")]));
    let mut nodes: Vec<Node> = styled(12).collect();
    nodes.extend([
        e("script", vec![t("alert(1)")]),
        e("p", vec![element("a", &[("href", "javascript:alert(1)"), ("onclick", "x")], vec![t("bấm")])]),
        img("data:image/png;base64,AAAA", ""),
        e("p", vec![e("u", vec![t("gạch")]), e("u", vec![t("chân")])]),
        e("form", vec![e("label", vec![t("Tên")]), e("input", vec![])]),
    ]);
    assert_eq!(
        losses(nodes),
        [
            "element <input> with its content",
            "element <script> with its content",
            "formatting <form>",
            "formatting <u>, 2 times",
            "attribute class on 12 elements",
            "attribute onclick on 1 element",
            "attribute style on 12 elements",
            "link javascript:alert(1)",
            "picture with data: address",
        ]
    );
}

#[test]
fn what_a_body_says_is_no_loss() {
    let nodes = vec![
        element(
            "p",
            &[("lang", "en"), ("dir", "ltr")],
            vec![element(
                "a",
                &[("href", "/x"), ("title", " z "), ("target", "_blank"), ("rel", "noopener")],
                vec![t("z")],
            )],
        ),
        element("img", &[("src", "media/a.png"), ("alt", "x"), ("width", "3"), ("height", "4px")], vec![]),
        e("div", vec![e("span", vec![t("a")])]),
        element("img", &[("src", "media/a.png"), ("alt", "x"), ("title", "x")], vec![]),
        e("details", vec![e("summary", vec![t("a")]), t("b")]),
    ];
    assert_eq!(losses(nodes), Vec::<String>::new());
}

#[test]
fn words_that_only_a_pointer_shows_and_links_without_words_are_losses() {
    let link = |attributes: &[(&str, &str)], inside| losses(vec![element("a", attributes, inside)]);
    assert_eq!(link(&[("href", "/x"), ("title", "y")], vec![t("z")]), ["attribute title on 1 element"]);
    assert_eq!(link(&[("href", "/x")], vec![]), ["link /x"]);
    assert_eq!(link(&[], vec![]), Vec::<String>::new());
    let picture = element("img", &[("src", "media/a.png"), ("alt", "x"), ("title", "y")], vec![]);
    assert_eq!(losses(vec![picture.clone()]), ["attribute title on 1 element"]);
    assert_eq!(link(&[("href", "/x")], vec![picture]), ["attribute title on 1 element"]);
    let open = element("details", &[("open", "")], vec![e("summary", vec![t("a")]), t("b")]);
    assert_eq!(losses(vec![open]), ["attribute open on 1 element"]);
}

#[test]
fn plain_text_becomes_paragraphs_and_line_breaks() {
    let body = text_to_body(
        "\u{feff}Kính gửi:\r\n  các đơn vị\n\n \u{a0}\n\nTrân trọng <b>.\n".trim_start_matches('\u{feff}'),
    );
    let first = vec![Inline::Text("Kính gửi:".into()), Inline::LineBreak, Inline::Text("các đơn vị".into())];
    assert_eq!(body.0, [Block::Paragraph(first), p("Trân trọng <b>.")]);
    assert_eq!(text_to_body(" \n\n").0, []);
    let mut words = String::new();
    if let Some(Block::Paragraph(last)) = body.0.last() {
        inlines_text(last, &mut words);
    }
    assert_eq!(words, "Trân trọng <b>.");
}
