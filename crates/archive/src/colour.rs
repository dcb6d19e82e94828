//! A colour as web pages write it, and how well one is seen on another (WCAG 2).
//!
//! Not here: which colours a portal takes from its own (`accent`).

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A colour without transparency, of red, green and blue in sRGB; as text `#12457f`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(pub [u8; 3]);

/// Why a text is not a [`Colour`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a colour as #12457f")]
pub struct InvalidColour(String);

impl Colour {
    /// White.
    pub const WHITE: Self = Self([255; 3]);

    /// How far two colours are apart in lightness, in hundredths, rounded down: 100 for the same, 2100 for black and
    /// white. WCAG asks 450 of text.
    pub fn contrast(self, other: Self) -> u32 {
        let (a, b) = (self.luminance(), other.luminance());
        // The formula adds 0.05 to both, for the light that every screen reflects.
        let flare = FULL / 20;
        let ratio = (a.max(b) + flare) * 100 / (a.min(b) + flare);
        u32::try_from(ratio).unwrap_or(u32::MAX)
    }

    /// This colour with `part` of `of` parts of another one in it, as browsers mix in sRGB.
    pub(crate) fn mixed(self, other: Self, part: u32, of: u32) -> Self {
        let Self([r, g, b]) = self;
        let Self([other_r, other_g, other_b]) = other;
        let mix = |a: u8, b: u8| {
            let sum = u32::from(a) * of.saturating_sub(part) + u32::from(b) * part.min(of);
            u8::try_from((sum + of / 2) / of.max(1)).unwrap_or(u8::MAX)
        };
        Self([mix(r, other_r), mix(g, other_g), mix(b, other_b)])
    }

    /// How light it is, of [`FULL`].
    fn luminance(self) -> u64 {
        let Self([r, g, b]) = self;
        (2126 * linear(r) + 7152 * linear(g) + 722 * linear(b)) / 10_000
    }
}

/// The luminance of white.
const FULL: u64 = 10_000_000;

/// The light that a channel gives, of [`FULL`]: made whole at once, so that the last bit of a float, which differs
/// between machines, decides nothing.
fn linear(channel: u8) -> u64 {
    let c = f64::from(channel) / 255.0;
    let light = if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    (light * FULL as f64).round() as u64
}

impl FromStr for Colour {
    type Err = InvalidColour;

    fn from_str(text: &str) -> Result<Self, InvalidColour> {
        let invalid = || InvalidColour(text.chars().take(40).collect());
        // Parsing alone would take "+1" for a number.
        let digits = text.strip_prefix('#').filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        let hex = digits.filter(|hex| hex.len() == 6).ok_or_else(invalid)?;
        let number = u32::from_str_radix(hex, 16).map_err(|_| invalid())?;
        let [_, r, g, b] = number.to_be_bytes();
        Ok(Self([r, g, b]))
    }
}

impl TryFrom<String> for Colour {
    type Error = InvalidColour;

    fn try_from(text: String) -> Result<Self, InvalidColour> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([r, g, b]) = self;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn colour(text: &str) -> Colour {
        text.parse().expect("a colour")
    }

    proptest! {
        #[test]
        fn a_colour_is_read_as_it_was_written(channels in any::<[u8; 3]>()) {
            let colour = Colour(channels);
            prop_assert_eq!(colour.to_string().parse(), Ok(colour));
            prop_assert_eq!(colour.to_string().to_uppercase().parse(), Ok(colour));
        }

        #[test]
        fn any_text_is_a_colour_or_none(text in "#?[0-9a-fA-F+ ]{0,8}|\\PC{0,8}") {
            let read = text.parse::<Colour>();
            prop_assert!(read.is_err() || read.map(|colour| colour.to_string()) == Ok(text.to_ascii_lowercase()));
        }

        #[test]
        fn contrast_is_the_same_both_ways_and_between_1_and_21(a in any::<[u8; 3]>(), b in any::<[u8; 3]>()) {
            let (a, b) = (Colour(a), Colour(b));
            prop_assert_eq!(a.contrast(b), b.contrast(a));
            prop_assert!((100..=2100).contains(&a.contrast(b)));
            prop_assert_eq!(a.contrast(a), 100);
        }
    }

    #[test]
    fn contrasts_are_those_that_other_tools_tell() {
        for (a, b, hundredths) in [
            ("#000000", "#ffffff", 2100),
            ("#767676", "#ffffff", 454),
            ("#777777", "#ffffff", 447),
            ("#ff0000", "#ffffff", 399),
            ("#0000ff", "#ffffff", 859),
        ] {
            assert_eq!(colour(a).contrast(colour(b)), hundredths, "{a} on {b}");
        }
    }
}
