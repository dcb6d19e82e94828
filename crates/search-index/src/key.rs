//! What the index can be asked for: the keys of its lists, and where each is.

/// A key of the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// A folded syllable, number or foreign word.
    Term(String),
    /// The same in titles alone: a list that is short also where articles are very many.
    Title(String),
    /// Two Vietnamese syllables in this order, by their numbers.
    Pair(u16, u16),
    /// All documents of an office, with a tag, or with files: names that no text can have.
    Unit(String),
    Tag(String),
    Attachments,
}

/// Begins the names of pairs; no text begins with it.
pub(crate) const PAIR: u8 = 0xff;

impl Key {
    /// The office of this name.
    pub(crate) fn unit(name: &str) -> Self {
        Self::Unit(viet_text::slug(name, usize::MAX))
    }

    /// The tag of this name.
    pub(crate) fn tag(name: &str) -> Self {
        Self::Tag(viet_text::slug(name, usize::MAX))
    }

    /// The name of its record in a file.
    pub(crate) fn name(&self) -> Vec<u8> {
        match self {
            Self::Term(folded) => folded.as_bytes().to_vec(),
            Self::Title(folded) => format!("h/{folded}").into_bytes(),
            Self::Pair(first, second) => {
                let [_, high, middle, low] = (u32::from(*first) << 12 | u32::from(*second)).to_be_bytes();
                vec![PAIR, high, middle, low]
            }
            Self::Unit(slug) => format!("u/{slug}").into_bytes(),
            Self::Tag(slug) => format!("t/{slug}").into_bytes(),
            Self::Attachments => b"a/".to_vec(),
        }
    }
}

/// Bits of a hash: more than there will ever be files.
pub(crate) const HASH_BITS: u32 = 20;

/// Where a record stands among all: FNV-1a of its name, mixed, its highest bits. Part of the format.
pub(crate) fn hash(name: &[u8]) -> u32 {
    let hash = name.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    // FNV's high bits hardly know the last letters.
    let mixed = (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> (64 - HASH_BITS)) as u32
}

/// The file, among `1 << bits`, of a record with this hash.
pub(crate) fn file_of(hash: u32, bits: u32) -> u32 {
    hash >> (HASH_BITS - bits.min(HASH_BITS))
}
