//! The browser's dice. Not for secrets.

/// A number drawn by chance.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0.0 to 2^32 is the range of u32"
)]
pub(crate) fn number() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
