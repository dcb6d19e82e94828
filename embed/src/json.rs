//! Reading JSON that the browser has parsed: it has a reader of JSON already, so that this library brings none. A list
//! of headlines has 45 KB, and serde with the types of `archive::published` would take three times as much.
//!
//! So the published form is read here a second time, by the names of its members. What `archive` writes is what this
//! reads: the tests of `source` say so, over the same types.

use archive::Moment;
use wasm_bindgen::{JsCast, JsValue};

/// A value of JSON, wherever it is kept. What is not of the kind that is asked for is not there.
pub trait Json: Sized {
    /// The member of an object.
    fn member(&self, name: &str) -> Option<Self>;
    /// A string.
    fn text(&self) -> Option<String>;
    /// A whole number.
    fn whole(&self) -> Option<i64>;
    /// The bytes of a file that is not JSON.
    fn bytes(&self) -> Option<Vec<u8>>;
    /// Whether it is `true`.
    fn yes(&self) -> bool;
    /// The items of an array; none of anything else.
    fn items(&self) -> Vec<Self>;

    /// A string as a name in an address has it: "Tuyển sinh" as `tuyen-sinh`; empty where it is none.
    fn slug(&self) -> String;

    /// The string of a member; empty where there is none.
    fn text_of(&self, name: &str) -> String {
        self.member(name).and_then(|value| value.text()).unwrap_or_default()
    }

    /// The items of a member.
    fn items_of(&self, name: &str) -> Vec<Self> {
        self.member(name).map(|value| value.items()).unwrap_or_default()
    }

    /// The strings of a member.
    fn texts_of(&self, name: &str) -> Vec<String> {
        self.items_of(name).iter().filter_map(Self::text).collect()
    }

    /// A moment.
    fn moment_of(&self, name: &str) -> Option<Moment> {
        Moment::from_unix(self.member(name)?.whole()?)
    }

    /// A number of things.
    fn count_of(&self, name: &str) -> Option<u64> {
        self.member(name)?.whole()?.try_into().ok()
    }

    /// A length in pixels.
    fn length_of(&self, name: &str) -> Option<u32> {
        self.member(name)?.whole()?.try_into().ok()
    }
}

impl Json for JsValue {
    fn member(&self, name: &str) -> Option<Self> {
        if !self.is_object() {
            return None;
        }
        js_sys::Reflect::get(self, &name.into())
            .ok()
            .filter(|value| !value.is_undefined() && !value.is_null())
    }

    fn text(&self) -> Option<String> {
        self.as_string()
    }

    fn whole(&self) -> Option<i64> {
        self.as_f64().filter(|number| number.is_finite()).map(|number| number as i64)
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        self.dyn_ref::<js_sys::Uint8Array>().map(js_sys::Uint8Array::to_vec)
    }

    fn yes(&self) -> bool {
        self.is_truthy()
    }

    /// `viet_text::slug` has tables of letters, 5 KB of them; the browser has its own.
    fn slug(&self) -> String {
        let text = self.dyn_ref::<js_sys::JsString>().map(|text| text.normalize("NFD").to_lower_case());
        let text = text.and_then(|text| text.as_string()).unwrap_or_default();
        let mut slug = String::new();
        for c in text.chars() {
            match c {
                'a'..='z' | '0'..='9' => slug.push(c),
                'đ' => slug.push('d'),
                // Marks, which stand behind their letters now.
                '\u{300}'..='\u{36f}' => {}
                _ if slug.is_empty() || slug.ends_with('-') => {}
                _ => slug.push('-'),
            }
        }
        if slug.ends_with('-') {
            slug.pop();
        }
        slug
    }

    fn items(&self) -> Vec<Self> {
        if js_sys::Array::is_array(self) { js_sys::Array::from(self).to_vec() } else { Vec::new() }
    }
}

#[cfg(test)]
impl Json for serde_json::Value {
    fn member(&self, name: &str) -> Option<Self> {
        self.get(name).filter(|value| !value.is_null()).cloned()
    }

    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn whole(&self) -> Option<i64> {
        self.as_i64()
    }

    /// Natively bytes are a list of numbers.
    fn bytes(&self) -> Option<Vec<u8>> {
        self.as_array()?.iter().map(|byte| byte.as_u64()?.try_into().ok()).collect()
    }

    fn yes(&self) -> bool {
        self.as_bool() == Some(true)
    }

    fn slug(&self) -> String {
        viet_text::slug(self.as_str().unwrap_or_default(), archive::Slug::MAX)
    }

    fn items(&self) -> Vec<Self> {
        self.as_array().cloned().unwrap_or_default()
    }
}
