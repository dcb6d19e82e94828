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
    pub(crate) rows: u8,
}

/// What is chosen, by key; what is as usual is not in it.
type Chosen = Memo<Vec<(&'static str, String)>>;

/// The form, the preview and the code.
#[component]
pub(crate) fn EmbedBuilder(
    /// What is chosen.
    chosen: Signal<Box<Embedding>>,
    /// Whether the script has a name that can be pinned.
    can_pin: bool,
    /// The page in the preview, as it is at first.
    host: String,
    /// The page in the preview is there.
    loaded: Callback<()>,
    /// The ways to embed.
    codes: Vec<Code>,
    /// Puts a text on the clipboard and hands over what became of it, with the text.
    copy: Callback<(String, WriteSignal<(String, &'static str)>)>,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let embed = &words.embed;
    let form = NodeRef::<html::Form>::new();
    let accent = NodeRef::<html::Input>::new();
    let chosen: Chosen = Memo::new(move |_| chosen.read().pairs());
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
    let categories = site
        .portal
        .categories
        .iter()
        .map(|category| (category.slug.to_string(), category.name.clone(), Some("vi")));
    let all = (String::new(), words.all_news.to_owned(), None);
    let categories: Vec<_> = std::iter::once(all).chain(categories).collect();
    let option = |word: &str, name: &str, lang| (word.to_owned(), name.to_owned(), lang);
    let opens = Open::ALL.iter().zip(embed.opens).map(|(open, name)| option(open.word(), name, None));
    let [_, light, dark] = words.themes;
    let themes = Theme::ALL.iter().zip([embed.as_host, light, dark]);
    let themes = themes.map(|(theme, name)| option(theme.word(), name, None));
    let languages = Lang::ALL.iter().zip([("Tiếng Việt", "vi"), ("English", "en")]);
    let languages = languages.map(|(lang, (name, tag))| option(lang.word(), name, Some(tag)));
    let no_heading = move || chosen.with(|pairs| pairs.contains(&("heading", String::new())));
    let usual_accent = site.portal.accent.as_ref().map(|accent| accent.light.accent.to_string());
    let picked = move || chosen_value(chosen, "accent").or_else(|| usual_accent.clone());
    let pick = move |event| {
        if let Some(accent) = accent.get_untracked() {
            accent.set_value(&event_target_value(&event));
        }
    };
    let width = move || chosen_value(chosen, "width").map(|width| [&width, "px"].concat());
    view! {
        <div class="embed-builder">
            <form id=FORM class="embed-builder__form" method="get" action=site.href(&Route::Embedding(Box::default())) novalidate
                node_ref=form on:change=move |_| send() on:submit=move |_| settle()>
                {radios(embed.layout, "layout", Layout::ALL.iter().map(|l| l.word()).zip(embed.layouts).collect(), chosen)}
                <fieldset class="embed-builder__part">
                    <legend>{embed.what}</legend>
                    {select(words.categories, "category", categories, chosen)}
                    {field(embed.query, "query", "text", Some("vi"), chosen)}
                    <div class="embed-builder__pair">
                        {field(words.search_from, "from", "date", None, chosen)}
                        {field(words.search_to, "to", "date", None, chosen)}
                    </div>
                    {number(embed.limit, "limit", Some(Embed::LIMIT), [1, Embed::MAX_LIMIT], chosen)}
                    {field(embed.one, "article", "text", None, chosen)}
                </fieldset>
                <fieldset class="embed-builder__part">
                    <legend>{embed.how}</legend>
                    <label>
                        <span class="embed-builder__label">{embed.heading}</span>
                        <input class="field" type="text" name="title" maxlength=Embed::MAX_HEADING.to_string() placeholder=site.portal.unit.clone() lang="vi"
                            value=move || chosen_value(chosen, "heading") disabled=no_heading/>
                    </label>
                    <label class="embed-builder__choice">
                        <input type="checkbox" name="heading" value="" checked=no_heading/>
                        {embed.no_heading}
                    </label>
                    {select(embed.open, "open", opens.collect(), chosen)}
                    {select(words.theme, "theme", themes.collect(), chosen)}
                    {select(embed.language, "lang", languages.collect(), chosen)}
                </fieldset>
                <fieldset class="embed-builder__part">
                    <legend>{embed.look}</legend>
                    <div class="embed-builder__pair">
                        <div>
                            <label class="embed-builder__label" for="embed-accent">{embed.accent}</label>
                            <span class="embed-builder__colour">
                                <input type="color" aria-label=embed.accent_pick value=picked on:change=pick/>
                                <input class="field" id="embed-accent" type="text" name="accent" maxlength="7" placeholder="#" autocomplete="off"
                                    value=move || chosen_value(chosen, "accent") node_ref=accent/>
                            </span>
                        </div>
                        {number(embed.size, "size", None, [*Embedding::SIZES.start(), *Embedding::SIZES.end()].map(usize::from), chosen)}
                    </div>
                </fieldset>
                <details class="embed-builder__part">
                    <summary>{embed.more}</summary>
                    {number(embed.refresh, "refresh", Some(0), [0, Embed::MAX_REFRESH as usize], chosen)}
                    {field(embed.sources, "src", "text", None, chosen)}
                    {can_pin.then(|| view! {
                        <label class="embed-builder__choice">
                            <input type="checkbox" name="integrity" value="1" checked=move || chosen_value(chosen, "integrity").is_some()/>
                            {embed.pin}
                        </label>
                    })}
                </details>
                <button class="button" type="submit">{embed.apply}</button>
            </form>
            <div class="embed-builder__result">
                <Section title=embed.preview>
                    // Not inside the form, so its changes do not come by there.
                    <div on:change=move |_| send()>
                        {radios(embed.width, "width", Width::ALL.iter().map(|w| w.word()).zip(embed.widths).collect(), chosen)}
                    </div>
                    <div class="embed-builder__preview">
                        <iframe srcdoc=host title=embed.preview on:load=move |_| loaded.run(()) style:max-inline-size=width></iframe>
                    </div>
                </Section>
                <Section title=embed.code>
                    {codes.into_iter().map(|code| view! { <OneCode code=code copy=copy/> }).collect_view()}
                </Section>
            </div>
        </div>
    }
}

/// A way to embed, and the button that takes its code away.
#[component]
fn OneCode(code: Code, copy: Callback<(String, WriteSignal<(String, &'static str)>)>) -> impl IntoView {
    let embed = &site().words.embed;
    let Code { name, about, text, rows } = code;
    let (became, set_became) = signal((String::new(), ""));
    // What was said of another code than the one that stands there is no longer true.
    let said =
        move || became.with(|(copied, said)| if text.with(|text| text == copied) { *said } else { "" });
    view! {
        <div class="embed-builder__code">
            <h3>{name}</h3>
            <p>{about}</p>
            <textarea class="field" readonly rows=rows.to_string() spellcheck="false" aria-label=[embed.code, ": ", name].concat() prop:value=text></textarea>
            <p class="embed-builder__ways">
                <button type="button" class="button button--quiet" aria-label=[embed.copy, ": ", name].concat()
                    on:click=move |_| copy.run((text.get_untracked(), set_became))>{embed.copy}</button>
                <span role="status">{said}</span>
            </p>
        </div>
    }
}

/// What is chosen, where it is not as usual.
fn chosen_value(chosen: Chosen, key: &str) -> Option<String> {
    chosen.with(|pairs| pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone()))
}

/// Choices of which one is seen to be taken; the first is as usual.
fn radios(
    legend: &'static str,
    key: &'static str,
    choices: Vec<(&'static str, &'static str)>,
    chosen: Chosen,
) -> AnyView {
    let usual = choices.first().map(|(word, _)| *word);
    let choices = choices.into_iter().map(|(word, name)| {
        let checked = move || chosen_value(chosen, key).as_deref().or(usual) == Some(word);
        view! {
            <label class="embed-builder__choice">
                <input type="radio" name=key value=word form=FORM checked=checked/>
                {name}
            </label>
        }
    });
    view! {
        <fieldset class="embed-builder__part embed-builder__tiles">
            <legend>{legend}</legend>
            {choices.collect_view()}
        </fieldset>
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
    let choices = choices.into_iter().map(|(word, name, lang)| {
        let value = word.clone();
        let selected = move || chosen_value(chosen, key).is_some_and(|chosen| chosen == word);
        view! { <option value=value selected=selected lang=lang>{name}</option> }
    });
    view! {
        <label>
            <span class="embed-builder__label">{label}</span>
            <select class="field" name=key>{choices.collect_view()}</select>
        </label>
    }
    .into_any()
}

fn field(
    label: &'static str,
    key: &'static str,
    kind: &'static str,
    lang: Option<&'static str>,
    chosen: Chosen,
) -> AnyView {
    view! {
        <label>
            <span class="embed-builder__label">{label}</span>
            <input class="field" type=kind name=key lang=lang autocomplete="off"
                value=move || chosen_value(chosen, key)/>
        </label>
    }
    .into_any()
}

fn number(
    label: &'static str,
    key: &'static str,
    usual: Option<usize>,
    range: [usize; 2],
    chosen: Chosen,
) -> AnyView {
    let usual = usual.map(|usual| usual.to_string());
    let [least, most] = range.map(|end| end.to_string());
    view! {
        <label>
            <span class="embed-builder__label">{label}</span>
            <input class="field" type="number" name=key min=least max=most
                value=move || chosen_value(chosen, key).or_else(|| usual.clone())/>
        </label>
    }
    .into_any()
}
