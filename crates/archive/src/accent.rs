//! The colours that a portal takes from its department's own one: links and buttons, the masthead, pale grounds,
//! each for light and dark pages, and each so that what stands on it can be read.
//!
//! Whole numbers only, so that the same colour gives the same ones everywhere. Not here: the colours of a portal
//! that names none, and everything else on the page (`style/tokens.css` of the app, which the papers and inks
//! below are copied from).

use crate::Colour;
use serde::{Deserialize, Serialize};

/// What [`Accent::of`] makes of one colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accent {
    /// On light pages.
    pub light: Roles,
    /// On dark pages.
    pub dark: Roles,
}

/// One colour in its roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// Links, and what can be pressed.
    pub accent: Colour,
    /// The masthead and the foot.
    pub deep: Colour,
    /// A pale ground.
    pub wash: Colour,
}

/// Links in this colour could not be read on white.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{given} has a contrast of {}.{:02}:1 on white and needs 4.5:1; {nearest} has it", .contrast / 100, .contrast % 100)]
pub struct TooPale {
    /// The colour.
    pub given: Colour,
    /// Its contrast on white in hundredths, rounded down.
    pub contrast: u32,
    /// The nearest of its hue that can be read.
    pub nearest: Colour,
}

/// What WCAG asks of text (AA), in hundredths.
const TEXT: u32 = 450;
/// What it asks of text where it is strict (AAA): the masthead is on every page.
const STRICT: u32 = 700;
/// What links on dark pages have at least; those of the usual blue have 9.4.
const ON_DARK_PAPER: u32 = 800;

/// `--paper` and `--paper-sunk` on light pages.
const LIGHT_PAPERS: [Colour; 2] = [Colour::WHITE, Colour([0xf5, 0xf3, 0xee])];
/// `--paper` on dark pages.
const DARK_PAPER: Colour = Colour([0x11, 0x16, 0x1d]);
/// `--paper-sunk` and `--paper-raised` on dark pages.
const DARK_PAPERS: [Colour; 2] = [Colour([0x18, 0x1f, 0x28]), Colour([0x1b, 0x23, 0x2d])];
/// `--on-accent-deep`.
const ON_DEEP: Colour = Colour([0xf4, 0xf7, 0xfb]);
/// `--on-accent-deep-soft` and `--gold`, which stand on the deep colour, too.
const SOFT_ON_DEEP: [Colour; 2] = [Colour([0xb9, 0xcb, 0xe0]), Colour([0xf2, 0xc1, 0x4e])];

/// The palest and the strongest wash of light pages, as steps of [`Shades`]; the strongest is that of the usual blue.
const WASHES: std::ops::RangeInclusive<u32> = 481..=496;
/// The masthead on dark pages: no brighter than the paper, as the usual one.
const DEEP_ON_DARK: u32 = 55;
/// A third of this in the dark paper is the wash of dark pages: as light as that of the usual blue.
const WASH_ON_DARK: u32 = 160;

impl Accent {
    /// The roles of a colour. On light pages links have the colour itself where it can be read on all grounds, else
    /// the nearest darker one.
    ///
    /// # Errors
    /// When the colour cannot be read on white: then a department should choose, and not a program.
    pub fn of(given: Colour) -> Result<Self, TooPale> {
        let shades = Shades::of(given);
        let contrast = given.contrast(Colour::WHITE);
        if contrast < TEXT {
            let nearest = shades.darker().find(|shade| shade.contrast(Colour::WHITE) >= TEXT);
            return Err(TooPale { given, contrast, nearest: nearest.unwrap_or(Colour([0; 3])) });
        }
        Ok(Self { light: light(given, &shades), dark: dark(&shades) })
    }
}

fn light(given: Colour, shades: &Shades) -> Roles {
    let read_on = |accent: Colour, wash: Colour| {
        LIGHT_PAPERS.iter().chain([&wash]).all(|&ground| accent.contrast(ground) >= TEXT)
    };
    // A paler wash is a smaller loss than another colour than the department's.
    let wash = WASHES.map(|step| shades.at(step)).find(|&wash| read_on(given, wash));
    let wash = wash.unwrap_or_else(|| shades.at(*WASHES.end()));
    let accent = [given].into_iter().chain(shades.darker()).find(|&accent| read_on(accent, wash));
    // The usual masthead is seven tenths as light as the usual blue.
    let deep = (0..=shades.own * 7 / 10).rev().map(|step| shades.at(step)).find(|&deep| {
        deep.contrast(ON_DEEP) >= STRICT && SOFT_ON_DEEP.iter().all(|&ink| deep.contrast(ink) >= TEXT)
    });
    let black = Colour([0; 3]);
    Roles { accent: accent.unwrap_or(black), deep: deep.unwrap_or(black), wash }
}

fn dark(shades: &Shades) -> Roles {
    let wash = DARK_PAPER.mixed(shades.at(WASH_ON_DARK), 1, 3);
    let accent = (0..=Shades::LAST).map(|step| shades.at(step)).find(|&accent| {
        accent.contrast(DARK_PAPER) >= ON_DARK_PAPER
            && DARK_PAPERS.iter().chain([&wash]).all(|&ground| accent.contrast(ground) >= TEXT)
    });
    Roles { accent: accent.unwrap_or(Colour::WHITE), deep: shades.at(DEEP_ON_DARK), wash }
}

/// A colour from black to white in its own hue and saturation (those of HSL).
struct Shades {
    /// The colour half way, which all others are made of.
    half: Colour,
    /// The step that the colour itself stands on.
    own: u32,
}

impl Shades {
    /// The step of white; that of black is 0. A step is the sum of the least and the greatest channel.
    const LAST: u32 = 510;

    fn of(colour: Colour) -> Self {
        let Colour(channels) = colour;
        let (least, most) = channels
            .iter()
            .fold((u32::from(u8::MAX), 0), |(least, most), &c| (least.min(c.into()), most.max(c.into())));
        let own = least + most;
        let up = |c: u32, sum: u32| match sum {
            0 => 127,
            _ => (c * 255 + sum / 2) / sum,
        };
        let half = channels.map(|c| {
            let c = u32::from(c);
            let half = if own <= 255 { up(c, own) } else { 255 - up(255 - c, Self::LAST - own).min(255) };
            u8::try_from(half).unwrap_or(u8::MAX)
        });
        Self { half: Colour(half), own }
    }

    fn at(&self, step: u32) -> Colour {
        match step {
            0..=255 => Colour([0; 3]).mixed(self.half, step, 255),
            _ => self.half.mixed(Colour::WHITE, (step - 255).min(255), 255),
        }
    }

    /// From the next darker one down to black.
    fn darker(&self) -> impl Iterator<Item = Colour> {
        (0..self.own).rev().map(|step| self.at(step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn colour(text: &str) -> Colour {
        text.parse().expect("a colour")
    }

    fn assert_readable(Accent { light, dark }: Accent) {
        for (text, ground, least) in [
            (light.accent, Colour::WHITE, 450),
            (light.accent, colour("#f5f3ee"), 450),
            (light.accent, light.wash, 450),
            (dark.accent, colour("#11161d"), 450),
            (dark.accent, colour("#181f28"), 450),
            (dark.accent, colour("#1b232d"), 450),
            (dark.accent, dark.wash, 450),
            // Words on a button.
            (colour("#ffffff"), light.accent, 450),
            (colour("#0b1420"), dark.accent, 450),
            // Running text on a pale ground.
            (colour("#16202c"), light.wash, 700),
            (colour("#e8ebef"), dark.wash, 700),
            (colour("#f4f7fb"), light.deep, 700),
            (colour("#f4f7fb"), dark.deep, 700),
            (colour("#b9cbe0"), light.deep, 450),
            (colour("#b9cbe0"), dark.deep, 450),
            (colour("#f2c14e"), light.deep, 450),
            (colour("#f2c14e"), dark.deep, 450),
        ] {
            assert!(text.contrast(ground) >= least, "{text} on {ground}: {light:?} {dark:?}");
        }
    }

    proptest! {
        #[test]
        fn every_colour_that_can_be_read_on_white_can_be_read_in_all_its_roles(channels in any::<[u8; 3]>()) {
            let given = Colour(channels);
            match Accent::of(given) {
                Ok(accent) => {
                    prop_assert!(given.contrast(Colour::WHITE) >= 450);
                    assert_readable(accent);
                }
                Err(TooPale { contrast, nearest, .. }) => {
                    prop_assert!(contrast == given.contrast(Colour::WHITE) && contrast < 450);
                    let accent = Accent::of(nearest).expect("what is proposed passes");
                    assert_readable(accent);
                }
            }
        }

        #[test]
        fn shades_get_lighter_from_black_to_white_and_hold_the_colour_itself(channels in any::<[u8; 3]>()) {
            let shades = Shades::of(Colour(channels));
            prop_assert_eq!((shades.at(0), shades.at(Shades::LAST)), (Colour([0; 3]), Colour::WHITE));
            for step in 0..Shades::LAST {
                let (Colour(a), Colour(b)) = (shades.at(step), shades.at(step + 1));
                prop_assert!(a.iter().zip(b).all(|(&a, b)| a <= b), "{a:?} {b:?}");
            }
            let Colour(own) = shades.at(shades.own);
            prop_assert!(own.iter().zip(channels).all(|(&a, b)| a.abs_diff(b) <= 1), "{own:?}");
        }
    }

    #[test]
    fn a_departments_colour_stays_what_it_is_where_it_can_be_read() {
        for text in ["#12457f", "#b3261e", "#0b6b3a", "#6a1b9a", "#000000", "#5d4037"] {
            assert_eq!(Accent::of(colour(text)).expect("dark enough").light.accent, colour(text), "{text}");
        }
    }

    #[test]
    fn the_usual_blue_gives_about_the_usual_roles() {
        let found = Accent::of(colour("#12457f")).expect("dark enough");
        let usual = Accent {
            light: Roles { accent: colour("#12457f"), deep: colour("#0e2f57"), wash: colour("#e9f0f8") },
            dark: Roles { accent: colour("#8ec1f5"), deep: colour("#0c1a2b"), wash: colour("#1a2a3d") },
        };
        let pairs = |a: Roles, b: Roles| [(a.accent, b.accent), (a.deep, b.deep), (a.wash, b.wash)];
        for (found, usual) in pairs(found.light, usual.light).into_iter().chain(pairs(found.dark, usual.dark))
        {
            let (Colour(a), Colour(b)) = (found, usual);
            assert!(a.iter().zip(b).all(|(&a, b)| a.abs_diff(b) <= 28), "{found} for {usual}");
        }
    }

    #[test]
    fn a_colour_that_is_too_pale_names_its_contrast_and_one_that_passes() {
        let pale = Accent::of(colour("#ff0000")).expect_err("too pale");
        assert_eq!(
            pale.to_string(),
            "#ff0000 has a contrast of 3.99:1 on white and needs 4.5:1; #ee0000 has it"
        );
        assert_eq!(Accent::of(colour("#ffffff")).expect_err("white").nearest, colour("#767676"));
        assert_eq!(pale.nearest, colour("#ee0000"));
    }
}
