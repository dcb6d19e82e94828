//! Where a syllable, or a pair of neighbours, stands in one document.
//!
//! Not here: what that is worth (`merit`), how it is stored (`format`).

/// Where a key stands in a document, in 16 bits, because there are very many. The default: nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Standing(u16);

impl Standing {
    /// Anywhere; of a pair, as neighbours.
    pub(crate) const TOGETHER: Self = Self(1);
    /// In the title; of a pair, as neighbours.
    pub(crate) const TITLE: Self = Self(2);
    /// In the lead; of a pair, as neighbours.
    pub(crate) const LEAD: Self = Self(4);
    /// Of a pair: [`MANY`](Self::MANY) times or more in the document.
    pub(crate) const OFTEN: Self = Self(8);

    /// What counts as often.
    pub(crate) const MANY: u32 = 3;
    /// Most that [`at`](Self::at) says.
    pub(crate) const LONGEST: u16 = 31;

    pub(crate) const fn has(self, flag: Self) -> bool {
        self.0 & flag.0 != 0
    }

    #[must_use]
    pub(crate) const fn with(self, flag: Self) -> Self {
        Self(self.0 | flag.0)
    }

    /// In the title at this place, counted from 0.
    #[must_use]
    pub(crate) fn in_title(self, at: usize) -> Self {
        Self(self.0 | Self::TITLE.0 | u16::try_from(at).unwrap_or(u16::MAX).min(Self::LONGEST) << 5)
    }

    pub(crate) const fn is_there(self) -> bool {
        self.0 != 0
    }

    /// The first place of a syllable in the title.
    pub(crate) const fn at(self) -> u16 {
        self.0 >> 5 & Self::LONGEST
    }

    /// All of it as a number.
    #[cfg(feature = "build")]
    pub(crate) const fn to_bits(self) -> u16 {
        self.0
    }

    /// From the number that [`to_bits`](Self::to_bits) gave.
    #[cfg(feature = "build")]
    pub(crate) const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// What two spellings of one key say together.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        let flags = (self.0 | other.0) & 15;
        let titled = |one: Self| one.has(Self::TITLE);
        let at = match (titled(self), titled(other)) {
            (true, true) => self.at().min(other.at()),
            (true, false) => self.at(),
            _ => other.at(),
        };
        Self(flags | at << 5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_together_stand_where_either_does() {
        let title = Standing::TOGETHER.in_title(4);
        let lead = Standing::TOGETHER.with(Standing::LEAD);
        let both = title.and(lead);
        assert!(both.has(Standing::TITLE) && both.has(Standing::LEAD) && !both.has(Standing::OFTEN));
        assert_eq!(both.at(), 4);
        assert_eq!(lead.and(title), both);
        assert_eq!(title.and(Standing::TOGETHER.in_title(2)).at(), 2);
        assert_eq!(title.and(Standing::default()), title);
        assert_eq!(Standing::default().in_title(90).at(), Standing::LONGEST);
    }
}
