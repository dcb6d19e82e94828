//! The syllables that Vietnamese has, folded and numbered: an alphabet for whoever stores many of them.
//!
//! Every onset with every rhyme, so the list also holds a few that no word uses. Not here: which syllables a
//! text has.

/// Onsets as they are written, marks aside. The empty one is that of "an".
#[rustfmt::skip]
const ONSETS: [&str; 27] = [
    "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph",
    "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// Rhymes as they are written, marks aside, in the order of their bytes.
#[rustfmt::skip]
const RHYMES: [&str; 108] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "ech", "em",
    "en", "eng", "enh", "eo", "ep", "et", "eu", "i", "ia", "ich", "iec", "iem", "ien", "ieng", "iep", "iet",
    "ieu", "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang",
    "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc",
    "oong", "op", "ot", "u", "ua", "uan", "uang", "uat", "uay", "uc", "ue", "uech", "uenh", "ui", "um",
    "un", "ung", "uo", "uoc", "uoi", "uom", "uon", "uong", "uop", "uot", "uou", "up", "ut", "uu", "uy",
    "uya", "uych", "uyen", "uyet", "uynh", "uyt", "uyu", "y", "ych", "yem", "yen", "yet", "yeu", "ynh",
    "yt",
];

/// Most syllables that the inventory can ever have: they are numbered in 12 bits.
pub const MOST_SYLLABLES: usize = 1 << 12;

/// The number of a folded syllable, below [`MOST_SYLLABLES`]: the place of its longest onset that leaves a rhyme, times
/// the number of rhymes, plus the place of that rhyme. `None` for numbers, foreign words and what else is none.
pub fn syllable_number(folded: &str) -> Option<u16> {
    // Computed and not looked up: a browser would have to make the table before its first search.
    let cuts = ONSETS.iter().enumerate().filter_map(|(onset, letters)| {
        let rhyme = RHYMES.binary_search(&folded.strip_prefix(letters)?).ok()?;
        Some((letters.len(), onset * RHYMES.len() + rhyme))
    });
    // "gia" is "gi" and "a", not "g" and "ia".
    cuts.max().and_then(|(_, number)| u16::try_from(number).ok())
}

/// The syllable of a number that [`syllable_number`] gave.
pub fn numbered_syllable(number: u16) -> Option<String> {
    let number = usize::from(number);
    Some([*ONSETS.get(number / RHYMES.len())?, RHYMES[number % RHYMES.len()]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_go_both_ways_and_fit_twelve_bits() {
        const { assert!(ONSETS.len() * RHYMES.len() <= MOST_SYLLABLES) };
        assert!(RHYMES.is_sorted());
        let all: BTreeSet<String> =
            ONSETS.iter().flat_map(|onset| RHYMES.map(|rhyme| [*onset, rhyme].concat())).collect();
        let numbers: BTreeSet<u16> = all.iter().filter_map(|syllable| syllable_number(syllable)).collect();
        assert_eq!(numbers.len(), all.len());
        for syllable in all {
            assert_eq!(syllable_number(&syllable).and_then(numbered_syllable), Some(syllable));
        }
        assert_eq!(numbered_syllable(u16::MAX), None);
    }

    #[test]
    fn an_onset_takes_as_much_as_it_can() {
        let cut = |onset: &str, rhyme: &str| {
            let place = |of: &[&str], part: &str| of.iter().position(|known| *known == part).expect("a part");
            u16::try_from(place(&ONSETS, onset) * RHYMES.len() + place(&RHYMES, rhyme)).ok()
        };
        assert_eq!(syllable_number("gia"), cut("gi", "a"));
        assert_eq!(syllable_number("gi"), cut("g", "i"));
        assert_eq!(syllable_number("nghieng"), cut("ngh", "ieng"));
        assert_eq!(syllable_number("an"), cut("", "an"));
    }

    #[test]
    fn vietnamese_is_told_from_the_rest() {
        for syllable in "giao duc dao tao nghieng khuyu quynh yeu uong gi quoc ngoeo thuo y xuyen".split(' ')
        {
            assert!(syllable_number(syllable).is_some(), "{syllable}");
        }
        for other in ["covid", "2021", "gddt", "sing", "duk", "w", ""] {
            assert_eq!(syllable_number(other), None, "{other}");
        }
    }
}
