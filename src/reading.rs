//! How a reader wants the pages to look: size of text, colours, length of lines.
//!
//! A choice is an attribute of the page's root, `data-<name>="<value>"`, which the style sheets read, and what is kept
//! in the browser is the list of these attributes, so that `boot.js` can set them before anything is drawn. Not here:
//! where it is kept (`state::preferences`), how it looks (`style/`).

/// What a reader has chosen; the default is what the device says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// Steps above the ordinary size, at most [`Reading::LARGEST`].
    pub text: u8,
    /// The colours.
    pub theme: Theme,
    /// Whether ink and rules are as strong as they can be.
    pub strong: bool,
    /// Whether lines may be longer than 42 letters' widths.
    pub wide: bool,
}

/// Which colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Those of the device.
    #[default]
    Device,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Reading {
    /// The highest step of [`Reading::text`].
    pub const LARGEST: u8 = 3;

    /// The attributes and their values; without a value the attribute is not there.
    pub fn attributes(self) -> [(&'static str, Option<&'static str>); 4] {
        let text = match self.text {
            0 => None,
            1 => Some("1"),
            2 => Some("2"),
            _ => Some("3"),
        };
        let theme = match self.theme {
            Theme::Device => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        };
        [
            ("text", text),
            ("theme", theme),
            ("contrast", self.strong.then_some("more")),
            ("measure", self.wide.then_some("wide")),
        ]
    }

    /// As it is kept: `text=2&theme=dark`.
    pub fn encode(self) -> String {
        let chosen = self.attributes().into_iter().filter_map(|(name, value)| Some([name, value?].join("=")));
        chosen.collect::<Vec<_>>().join("&")
    }

    /// Reads what is kept. What makes no sense is left out: it is a setting, and a reader can choose again.
    pub fn decode(text: &str) -> Self {
        let mut reading = Self::default();
        for part in text.split('&') {
            match part.split_once('=') {
                Some(("text", step)) => reading.text = step.parse().unwrap_or(0).min(Self::LARGEST),
                Some(("theme", "light")) => reading.theme = Theme::Light,
                Some(("theme", "dark")) => reading.theme = Theme::Dark,
                Some(("contrast", "more")) => reading.strong = true,
                Some(("measure", "wide")) => reading.wide = true,
                _ => {}
            }
        }
        reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_read_as_it_was_kept() {
        for text in 0..=Reading::LARGEST {
            for theme in [Theme::Device, Theme::Light, Theme::Dark] {
                for (strong, wide) in [(false, false), (false, true), (true, false), (true, true)] {
                    let reading = Reading { text, theme, strong, wide };
                    assert_eq!(Reading::decode(&reading.encode()), reading);
                }
            }
        }
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        assert_eq!(
            Reading::decode("text=99&theme=blue&&=&contrast&text"),
            Reading { text: 3, ..Reading::default() }
        );
        assert_eq!(Reading::decode("text=-1 {}"), Reading::default());
    }
}
