//! The page "Nhúng": what of the news another site is to show and how, how that looks there, and the code for it.
//!
//! The form is what its address says, so it is sent with every change. Not here: the code itself (`routes::snippet`), what
//! runs in the preview (`embed.js`).

use super::{Section, site};
use leptos::{html, prelude::*};
use routes::{Embed, Embedding, Lang, Layout, Open, Route, Theme, Width};

/// The form's name, for the field that stands beside the preview.
const FORM: &str = "embed-form";

/// One way to embed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Code {
    /// Its name.
    pub(crate) name: &'static str,
    /// When it is the right one.
    pub(crate) about: &'static str,
    /// What is pasted.
    pub(crate) text: Signal<String>,
    /// Lines that are seen.
    pub(crate) rows: &'static str,
    /// Puts it on the clipboard.
    pub(crate) copy: Callback<()>,
    /// What became of that.
    pub(crate) said: Signal<String>,
}

/// What is chosen, as [`Embedding::print`] says it.
type Chosen = Memo<String>;

/// The form, the preview and the code.
#[component]
pub(crate) fn EmbedBuilder(
    /// What is chosen.
    chosen: Chosen,
    /// Whether the script has a name that can be pinned.
    can_pin: bool,
    /// The page in the preview, as it is at first.
    host: String,
    /// The page in the preview is there.
    loaded: Callback<()>,
    /// The ways to embed.
    codes: Vec<Code>,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let embed = &words.embed;
    let form = NodeRef::<html::Form>::new();
    let accent = NodeRef::<html::Input>::new();
    // A field shows what the address says, also where that is not what was typed into it.
    let settle = move || {
        let reset = move || {
            if let Some(form) = form.try_get_untracked().flatten() {
                form.reset();
            }
        };
        set_timeout(reset, std::time::Duration::ZERO);
    };
    Effect::new(move |_| {
        chosen.track();
        settle();
    });
    let send = move || {
        if let Some(form) = form.get_untracked() {
            // Browsers that do not know it have the button.
            let _ = form.request_submit();
        }
    };
    let mut categories = vec![(String::new(), words.all_news.to_owned(), None)];
    for category in &site.portal.categories {
        categories.push((category.slug.to_string(), category.name.clone(), Some("vi")));
    }
    let option = |word: &str, name: &str, lang| (word.to_owned(), name.to_owned(), lang);
    let [in_portal, new, here] = embed.opens;
    let opens = vec![
        option(Open::Portal.word(), in_portal, None),
        option(Open::New.word(), new, None),
        option(Open::Here.word(), here, None),
    ];
    let [_, light, dark] = words.themes;
    let themes = vec![
        option(Theme::Auto.word(), embed.as_host, None),
        option(Theme::Light.word(), light, None),
        option(Theme::Dark.word(), dark, None),
    ];
    let languages = vec![
        option(Lang::Vi.word(), "Tiếng Việt", Some("vi")),
        option(Lang::En.word(), "English", Some("en")),
    ];
    let layouts: Vec<_> = Layout::ALL.iter().map(|layout| layout.word()).zip(embed.layouts).collect();
    let widths: Vec<_> = Width::ALL.iter().map(|width| width.word()).zip(embed.widths).collect();
    let usual_accent = site.portal.accent.as_ref().map(|accent| accent.light.accent.to_string());
    // Such a field has always a colour in it.
    let picked = text_of(chosen, "accent", usual_accent.unwrap_or_else(|| "#000000".to_owned()));
    let pick = move |event| {
        if let Some(accent) = accent.get_untracked() {
            accent.set_value(&event_target_value(&event));
        }
    };
    let width = text_of(chosen, "width", String::new());
    let field = move |label, name, kind| Field { label, name, kind, ..Field::default() };
    let number = move |label, name, usual: &str, [least, most]: [usize; 2]| Field {
        usual: usual.to_owned(),
        range: Some([least.to_string(), most.to_string()]),
        ..field(label, name, "number")
    };
    let sizes = [*Embedding::SIZES.start(), *Embedding::SIZES.end()].map(usize::from);
    let heading = Field {
        key: "heading",
        hint: site.portal.unit.clone(),
        lang: Some("vi"),
        ..field(embed.heading, "title", "text")
    };
    let query = Field { lang: Some("vi"), ..field(embed.query, "query", "text") };
    let part = |title: &'static str, inside: Vec<AnyView>| {
        view! { <fieldset class="embed-builder__part"><legend>{title}</legend>{inside}</fieldset> }.into_any()
    };
    // With the keyboard the colour is typed beside the picker, which WebKit leaves out of its order anyway.
    let accent = view! {
        <div>
            <label class="embed-builder__label" for="embed-accent">{embed.accent}</label>
            <span class="embed-builder__colour">
                <input type="color" tabindex="-1" aria-label=embed.accent_pick value=picked on:change=pick/>
                <input class="field" id="embed-accent" type="text" name="accent" placeholder="#" autocomplete="off"
                    value=text_of(chosen, "accent", String::new()) node_ref=accent/>
            </span>
        </div>
    };
    let parts = vec![
        radios(embed.layout, "layout", layouts, chosen),
        part(
            embed.what,
            vec![
                select(words.categories, "category", categories, chosen),
                query.view(chosen),
                pair(vec![
                    field(words.search_from, "from", "date").view(chosen),
                    field(words.search_to, "to", "date").view(chosen),
                ]),
                number(embed.limit, "limit", &Embed::LIMIT.to_string(), [1, Embed::MAX_LIMIT]).view(chosen),
                field(embed.one, "article", "text").view(chosen),
            ],
        ),
        part(
            embed.how,
            vec![
                heading.view(chosen),
                choice("checkbox", "heading", "", embed.no_heading, chosen, false),
                select(embed.open, "open", opens, chosen),
                select(words.theme, "theme", themes, chosen),
                select(embed.language, "lang", languages, chosen),
            ],
        ),
        part(
            embed.look,
            vec![pair(vec![accent.into_any(), number(embed.size, "size", "", sizes).view(chosen)])],
        ),
    ];
    let more = vec![
        number(embed.refresh, "refresh", "0", [0, Embed::MAX_REFRESH as usize]).view(chosen),
        field(embed.sources, "src", "text").view(chosen),
    ];
    view! {
        <div class="embed-builder">
            <form id=FORM class="embed-builder__form" method="get" action=site.href(&Route::Embedding(Box::default())) novalidate
                node_ref=form on:change=move |_| send() on:submit=move |_| settle()>
                {parts}
                <details class="embed-builder__part">
                    <summary>{embed.more}</summary>
                    {more}
                    {can_pin.then(|| choice("checkbox", "integrity", "1", embed.pin, chosen, false))}
                </details>
                <button class="button" type="submit">{embed.apply}</button>
            </form>
            <div class="embed-builder__result">
                <Section title=embed.preview>
                    // Not inside the form, so its changes do not come by there.
                    <div on:change=move |_| send()>{radios(embed.width, "width", widths, chosen)}</div>
                    <div class="embed-builder__preview">
                        <iframe srcdoc=host title=embed.preview on:load=move |_| loaded.run(()) data-width=width></iframe>
                    </div>
                </Section>
                <Section title=embed.code>
                    {codes.into_iter().map(|code| view! { <OneCode code=code/> }.into_any()).collect::<Vec<_>>()}
                </Section>
            </div>
        </div>
    }
}

/// A way to embed, and the button that takes its code away.
#[component]
fn OneCode(code: Code) -> impl IntoView {
    let embed = &site().words.embed;
    let Code { name, about, text, rows, copy, said } = code;
    view! {
        <div class="embed-builder__code">
            <h3>{name}</h3>
            <p>{about}</p>
            <textarea class="field" readonly rows=rows spellcheck="false" aria-label=[embed.code, ": ", name].concat() prop:value=text></textarea>
            <p class="embed-builder__ways">
                <button type="button" class="button button--quiet" aria-label=[embed.copy, ": ", name].concat()
                    on:click=move |_| copy.run(())>{embed.copy}</button>
                <span role="status">{said}</span>
            </p>
        </div>
    }
}

/// What is chosen, or else what is usual. One type for all fields: each other one would cost a kilobyte.
fn text_of(chosen: Chosen, key: &'static str, usual: String) -> Signal<String> {
    Signal::derive(move || {
        chosen.with(|chosen| Embedding::value(chosen, key)).unwrap_or_else(|| usual.clone())
    })
}

/// Whether this is chosen; `usual` says so where nothing is.
fn is_chosen(chosen: Chosen, key: &'static str, word: String, usual: bool) -> Signal<bool> {
    Signal::derive(move || {
        chosen.with(|chosen| Embedding::value(chosen, key)).map_or(usual, |value| value == word)
    })
}

/// Two fields beside each other.
fn pair(two: Vec<AnyView>) -> AnyView {
    view! { <div class="embed-builder__pair">{two}</div> }.into_any()
}

/// Something to be marked: a box, or one of several choices; `usual` says that it is marked where nothing is chosen.
fn choice(
    kind: &'static str,
    key: &'static str,
    word: &'static str,
    label: &'static str,
    chosen: Chosen,
    usual: bool,
) -> AnyView {
    let checked = is_chosen(chosen, key, word.to_owned(), usual);
    view! {
        <label class="embed-builder__choice">
            <input type=kind name=key value=word form=FORM checked=checked/>
            {label}
        </label>
    }
    .into_any()
}

/// Choices of which one is seen to be taken; the first is as usual.
fn radios(
    legend: &'static str,
    key: &'static str,
    choices: Vec<(&'static str, &'static str)>,
    chosen: Chosen,
) -> AnyView {
    let one = |(at, (word, name))| choice("radio", key, word, name, chosen, at == 0);
    let choices: Vec<_> = choices.into_iter().enumerate().map(one).collect();
    view! {
        <fieldset class="embed-builder__part embed-builder__tiles"><legend>{legend}</legend>{choices}</fieldset>
    }
    .into_any()
}

/// A choice from a list; the first is as usual. Each has its word, its name, and the name's language.
fn select(
    label: &'static str,
    key: &'static str,
    choices: Vec<(String, String, Option<&'static str>)>,
    chosen: Chosen,
) -> AnyView {
    let one = |(word, name, lang): (String, String, Option<&'static str>)| {
        let selected = is_chosen(chosen, key, word.clone(), false);
        view! { <option value=word selected=selected lang=lang>{name}</option> }.into_any()
    };
    let choices: Vec<_> = choices.into_iter().map(one).collect();
    view! {
        <label>
            <span class="embed-builder__label">{label}</span>
            <select class="field" name=key>{choices}</select>
        </label>
    }
    .into_any()
}

/// A field under its label.
#[derive(Debug, Default)]
struct Field {
    label: &'static str,
    /// What the form calls it.
    name: &'static str,
    /// What is chosen by it, where it is called otherwise.
    key: &'static str,
    kind: &'static str,
    /// What stands in it where nothing is chosen.
    usual: String,
    /// What is seen where nothing stands in it.
    hint: String,
    range: Option<[String; 2]>,
    lang: Option<&'static str>,
}

impl Field {
    fn view(self, chosen: Chosen) -> AnyView {
        let Self { label, name, key, kind, usual, hint, range, lang } = self;
        let key = if key.is_empty() { name } else { key };
        let [least, most] = range.map(|range| range.map(Some)).unwrap_or_default();
        let value = text_of(chosen, key, usual);
        // What is chosen to be nothing is not typed.
        let off = is_chosen(chosen, key, String::new(), false);
        view! {
            <label>
                <span class="embed-builder__label">{label}</span>
                <input class="field" type=kind name=name lang=lang min=least max=most placeholder=hint autocomplete="off"
                    value=value disabled=off/>
            </label>
        }
        .into_any()
    }
}
