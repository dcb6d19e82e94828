//! The syllables that Vietnamese has, folded and numbered: an alphabet for whoever stores many of them.
//!
//! Every onset with every rhyme, so the list also holds a few that no word uses. Not here: which syllables a
//! text has.

use std::sync::OnceLock;

/// Onsets as they are written, marks aside. The empty one is that of "an".
const ONSETS: &str = " b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x";

/// Rhymes as they are written, marks aside.
const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec \
iem ien ieng iep iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo \
oet oi om on ong ooc oong op ot u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop \
uot uou up ut uu uy uya uych uyen uyet uynh uyt uyu y ych yem yen yet yeu ynh yt";

/// Most syllables that the inventory can ever have: they are numbered in 12 bits.
pub const MOST_SYLLABLES: usize = 1 << 12;

fn all() -> &'static [String] {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    ALL.get_or_init(|| {
        let onsets = ONSETS.split(' ');
        let mut all: Vec<_> =
            onsets.flat_map(|onset| RHYMES.split(' ').map(move |rhyme| format!("{onset}{rhyme}"))).collect();
        all.sort_unstable();
        all.dedup();
        all
    })
}

/// The number of a folded syllable in the order of the bytes, below [`MOST_SYLLABLES`]; `None` for numbers, foreign
/// words and what else is none.
pub fn syllable_number(folded: &str) -> Option<u16> {
    // The longest is "nghuyech".
    if folded.len() > 8 {
        return None;
    }
    let at = all().binary_search_by(|known| known.as_str().cmp(folded)).ok()?;
    u16::try_from(at).ok()
}

/// The syllable of a number that [`syllable_number`] gave.
pub fn numbered_syllable(number: u16) -> Option<&'static str> {
    all().get(usize::from(number)).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_both_ways_and_fit_twelve_bits() {
        assert!(all().len() <= MOST_SYLLABLES, "{}", all().len());
        for (number, syllable) in all().iter().enumerate() {
            let number = u16::try_from(number).expect("twelve bits");
            assert_eq!(syllable_number(syllable), Some(number));
            assert_eq!(numbered_syllable(number), Some(syllable.as_str()));
        }
        assert_eq!(numbered_syllable(u16::MAX), None);
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
