//! Smaller copies of one picture, for screens and lines that need no more: unpacked, turned as its camera says, made
//! smaller, packed as AVIF and as what every browser knows.
//!
//! The same bytes give the same copies: one thread a picture, no clock, no chance. Not here: which pictures have
//! copies and where the files go (`publish::copies`), how they are called (`archive::body`).

use archive::{
    Colour,
    body::{Format, Image},
};
use image::{
    DynamicImage, GenericImageView, ImageDecoder, ImageError, ImageFormat, ImageResult, Limits, RgbImage,
    codecs::{jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder},
    error::{LimitError, LimitErrorKind},
    imageops::FilterType,
    metadata::Orientation,
};
use serde::{Deserialize, Serialize};
use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Widths of copies in pixels: a card on a telephone, a telephone's whole width, a desk's column. Twice as wide each,
/// so that no reader gets more than four times the pixels that are shown.
const WIDTHS: [u32; 3] = [320, 640, 1280];

/// Stands for all that decides the bytes of a copy: the widths and numbers of this file, and the versions of the
/// encoders. With another number the copies have other names, and those of an earlier publication are not taken over.
pub(crate) const RECIPE: u32 = 0;

/// Photographs look as they did, at about half of what JPEG needs.
const AVIF_QUALITY: f32 = 60.0;
/// Of edges that one looks through; what is lost there is seen as a rim.
const AVIF_ALPHA_QUALITY: f32 = 80.0;
/// From 1, the slowest, to 10. 9 takes half the time and a quarter more bytes.
const AVIF_SPEED: u8 = 8;
const JPEG_QUALITY: u8 = 78;

/// Pictures with more pixels have no copies: to be unpacked and made smaller this many need 350 MB, and that on every
/// core at once.
pub(crate) const PIXELS_MAX: u64 = 50_000_000;
/// Unpacked bytes of a picture: four for each pixel. More have only pictures of 16 bits a colour.
const UNPACKED_MAX: u64 = 4 * PIXELS_MAX;
/// Bytes of a file that are read at all. Pictures that are allowed so many pixels have less when they are packed.
const FILE_MAX: usize = 150 << 20;
/// Pixels of a copy: 1280 wide and five times as high is more than any photograph. The encoder takes 65 bytes for
/// each, and for the most that there can be some half a minute.
const COPY_PIXELS_MAX: u64 = 8_000_000;

/// What is known of a picture that was unpacked, and which copies it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct About {
    /// As it is shown, in pixels.
    width: u32,
    height: u32,
    /// Of the copies that are there, the smallest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    widths: Vec<u32>,
    /// How many of them, from the smallest on, are there as [`Format::Plain`], too.
    #[serde(default)]
    plain: usize,
    #[serde(default)]
    transparent: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tint: Option<Colour>,
}

impl About {
    /// Writes down what is known.
    pub(crate) fn tell(&self, image: &mut Image) {
        (image.width, image.height) = (Some(self.width), Some(self.height));
        image.widths.clone_from(&self.widths);
        image.plain = (self.plain < self.widths.len()).then_some(self.plain);
        (image.transparent, image.tint, image.recipe) = (self.transparent, self.tint, RECIPE);
    }

    /// Width and kind of each copy.
    pub(crate) fn copies(&self) -> impl Iterator<Item = (u32, Format)> {
        let plain = self.widths.iter().take(self.plain).map(|&width| (width, Format::Plain));
        self.widths.iter().map(|&width| (width, Format::Avif)).chain(plain)
    }
}

/// The copies of a picture.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Copies {
    pub(crate) about: About,
    /// The bytes of each.
    pub(crate) files: Vec<(u32, Format, Vec<u8>)>,
}

/// Makes the copies of a picture. `None` for one that has none: a drawing, one that moves, a kind that is small
/// already.
///
/// # Errors
/// When it cannot be unpacked: the reason as a part of a sentence.
pub(crate) fn copies(bytes: &[u8]) -> Result<Option<Copies>, String> {
    // Decoders are made for any bytes and are not meant to give up; should one do so, it is one picture that has no
    // copies, and not an archive that cannot be published.
    catch_unwind(AssertUnwindSafe(|| make(bytes)))
        .unwrap_or_else(|_| Err("the program that unpacks it gave up".to_owned()))
}

/// Whether a camera was held so that width and height are exchanged when the picture is shown. The first bytes of a
/// JPEG are enough.
pub(crate) fn is_turned(bytes: &[u8]) -> bool {
    let turned = || {
        let orientation = match image::guess_format(bytes).ok()? {
            ImageFormat::Jpeg => JpegDecoder::new(Cursor::new(bytes)).ok()?.orientation().ok()?,
            ImageFormat::Png => {
                PngDecoder::with_limits(Cursor::new(bytes), limits()).ok()?.orientation().ok()?
            }
            ImageFormat::WebP => WebPDecoder::new(Cursor::new(bytes)).ok()?.orientation().ok()?,
            _ => return None,
        };
        Some(exchanges_sides(orientation))
    };
    catch_unwind(AssertUnwindSafe(turned)).ok().flatten().unwrap_or(false)
}

fn exchanges_sides(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

fn make(bytes: &[u8]) -> Result<Option<Copies>, String> {
    if bytes.len() > FILE_MAX {
        return Err(format!("it has more than {} MB", FILE_MAX >> 20));
    }
    let Some(unpacked) = unpack(bytes).map_err(|e| e.to_string())? else { return Ok(None) };
    let (width, height) = unpacked.size();
    let sizes: Vec<(u32, u32)> = WIDTHS
        .into_iter()
        .filter(|&copy| copy < width)
        .map(|copy| (copy, height_of(copy, width, height)))
        .filter(|&(width, height)| u64::from(width) * u64::from(height) <= COPY_PIXELS_MAX)
        .collect();
    // From here on the original is gone from memory: the smaller ones are made of the largest copy.
    let largest = unpacked.finished(sizes.last().copied());
    let transparent = largest.color().has_alpha();
    let mut about = About {
        width,
        height,
        widths: Vec::new(),
        plain: 0,
        transparent,
        tint: (!transparent).then(|| average(&largest)).flatten(),
    };
    let mut files = Vec::new();
    for (place, size) in sizes.into_iter().enumerate() {
        let copy = resized(&largest, size);
        let copy = copy.as_ref().unwrap_or(&largest);
        let avif = avif(copy)?;
        // A copy that saves nothing is worse than the original; wider ones save even less.
        if avif.len() >= bytes.len() {
            break;
        }
        about.widths.push(size.0);
        files.push((size.0, Format::Avif, avif));
        if about.plain == place {
            let plain = if transparent { png(copy)? } else { jpeg(copy)? };
            if plain.len() < bytes.len() {
                about.plain += 1;
                files.push((size.0, Format::Plain, plain));
            }
        }
    }
    Ok(Some(Copies { about, files }))
}

/// The height in pixels of a copy that is `copy` pixels wide.
pub(crate) fn height_of(copy: u32, width: u32, height: u32) -> u32 {
    let (copy, width, height) = (u64::from(copy), u64::from(width), u64::from(height));
    u32::try_from((height * copy + width / 2) / width.max(1)).unwrap_or(u32::MAX).max(1)
}

/// A picture as it lies in its file: perhaps on its side, perhaps in colours of its own.
struct Unpacked {
    pixels: DynamicImage,
    orientation: Orientation,
    profile: Option<Vec<u8>>,
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(UNPACKED_MAX);
    limits
}

fn unpack(bytes: &[u8]) -> ImageResult<Option<Unpacked>> {
    let bytes = Cursor::new(bytes);
    Ok(match image::guess_format(bytes.get_ref())? {
        ImageFormat::Jpeg => Some(unpack_with(JpegDecoder::new(bytes)?)?),
        ImageFormat::Png => {
            let decoder = PngDecoder::with_limits(bytes, limits())?;
            if decoder.is_apng()? { None } else { Some(unpack_with(decoder)?) }
        }
        ImageFormat::WebP => {
            let decoder = WebPDecoder::new(bytes)?;
            if decoder.has_animation() { None } else { Some(unpack_with(decoder)?) }
        }
        _ => None,
    })
}

fn unpack_with(mut decoder: impl ImageDecoder) -> ImageResult<Unpacked> {
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(ImageError::Limits(LimitError::from_kind(LimitErrorKind::DimensionError)));
    }
    let mut limits = limits();
    limits.reserve(decoder.total_bytes())?;
    decoder.set_limits(limits)?;
    // Browsers show a picture whose notes are broken, too.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let pixels = DynamicImage::from_decoder(decoder)?;
    let pixels = match pixels.color().has_alpha() {
        true => DynamicImage::ImageRgba8(pixels.into_rgba8()),
        false => DynamicImage::ImageRgb8(pixels.into_rgb8()),
    };
    Ok(Unpacked { pixels, orientation, profile })
}

impl Unpacked {
    /// Width and height as it is shown.
    fn size(&self) -> (u32, u32) {
        let (width, height) = self.pixels.dimensions();
        if exchanges_sides(self.orientation) { (height, width) } else { (width, height) }
    }

    /// The picture as it is shown, in the colours of the web, in this size or its own. What has a transparent channel
    /// and does not use it loses it.
    fn finished(self, size: Option<(u32, u32)>) -> DynamicImage {
        let lying = size.map(|(w, h)| if exchanges_sides(self.orientation) { (h, w) } else { (w, h) });
        let smaller = lying.and_then(|size| resized(&self.pixels, size));
        let mut pixels = smaller.unwrap_or(self.pixels);
        if let Some(profile) = &self.profile {
            to_srgb(&mut pixels, profile);
        }
        pixels.apply_orientation(self.orientation);
        match &pixels {
            DynamicImage::ImageRgba8(seen) if seen.pixels().all(|pixel| pixel.0[3] == u8::MAX) => {
                DynamicImage::ImageRgb8(pixels.into_rgb8())
            }
            _ => pixels,
        }
    }
}

/// In another size; `None` where it has it already. The filter has no sines, whose last bit differs between machines.
fn resized(pixels: &DynamicImage, (width, height): (u32, u32)) -> Option<DynamicImage> {
    if pixels.dimensions() == (width, height) {
        return None;
    }
    let DynamicImage::ImageRgba8(seen) = pixels else {
        return Some(pixels.resize_exact(width, height, FilterType::CatmullRom));
    };
    // Weighed by how much is seen of it: else the colour of what nobody sees, mostly black, bleeds into the rims.
    let mut weighed = seen.clone();
    for image::Rgba([r, g, b, alpha]) in weighed.pixels_mut() {
        for channel in [r, g, b] {
            *channel = u8::try_from((u32::from(*channel) * u32::from(*alpha) + 127) / 255).unwrap_or(u8::MAX);
        }
    }
    let mut small = image::imageops::resize(&weighed, width, height, FilterType::CatmullRom);
    for image::Rgba([r, g, b, alpha]) in small.pixels_mut() {
        for channel in [r, g, b] {
            let (seen, alpha) = (u32::from(*channel), u32::from(*alpha));
            *channel = (seen * 255 + alpha / 2)
                .checked_div(alpha)
                .map_or(0, |channel| u8::try_from(channel).unwrap_or(u8::MAX));
        }
    }
    Some(DynamicImage::ImageRgba8(small))
}

/// From the colours of a camera to those of the web. A profile that cannot be read changes nothing, as in browsers.
fn to_srgb(pixels: &mut DynamicImage, profile: &[u8]) {
    use moxcms::{ColorProfile, Layout, TransformOptions};
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    let layout = if pixels.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let options = TransformOptions::default();
    let transform = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, options);
    let channels: &mut [u8] = match pixels {
        DynamicImage::ImageRgb8(pixels) => pixels,
        DynamicImage::ImageRgba8(pixels) => pixels,
        _ => return,
    };
    let mut changed = vec![0; channels.len()];
    if transform.is_ok_and(|transform| transform.transform(channels, &mut changed).is_ok()) {
        channels.copy_from_slice(&changed);
    }
}

/// The mean of each channel.
fn average(pixels: &DynamicImage) -> Option<Colour> {
    let DynamicImage::ImageRgb8(pixels) = pixels else { return None };
    let count = u64::from(pixels.width()) * u64::from(pixels.height());
    let sum = pixels.pixels().fold([0_u64; 3], |mut sum, pixel| {
        sum.iter_mut().zip(pixel.0).for_each(|(sum, channel)| *sum += u64::from(channel));
        sum
    });
    Some(Colour(
        sum.map(|sum| u8::try_from((sum + count / 2).checked_div(count).unwrap_or(0)).unwrap_or(u8::MAX)),
    ))
}

fn avif(pixels: &DynamicImage) -> Result<Vec<u8>, String> {
    use ravif::{Encoder, Img, RGB8, RGBA8};
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let encoder = Encoder::new()
        .with_quality(AVIF_QUALITY)
        .with_alpha_quality(AVIF_ALPHA_QUALITY)
        .with_speed(AVIF_SPEED)
        // The number of threads decides where the encoder cuts a picture, and so the bytes.
        .with_num_threads(Some(1));
    let encoded = match pixels {
        DynamicImage::ImageRgba8(pixels) => {
            let pixels: Vec<RGBA8> =
                pixels.pixels().map(|&image::Rgba([r, g, b, a])| RGBA8::new(r, g, b, a)).collect();
            encoder.encode_rgba(Img::new(&pixels, width, height))
        }
        _ => {
            let pixels = rgb(pixels);
            let pixels: Vec<RGB8> =
                pixels.pixels().map(|&image::Rgb([r, g, b])| RGB8::new(r, g, b)).collect();
            encoder.encode_rgb(Img::new(&pixels, width, height))
        }
    };
    encoded.map(|encoded| encoded.avif_file).map_err(|e| format!("it cannot be packed as AVIF: {e}"))
}

fn jpeg(pixels: &DynamicImage) -> Result<Vec<u8>, String> {
    let wrong = |why: String| format!("it cannot be packed as JPEG: {why}");
    let pixels = rgb(pixels);
    let side = |side: u32| u16::try_from(side).map_err(|e| wrong(e.to_string()));
    let (width, height) = (side(pixels.width())?, side(pixels.height())?);
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, JPEG_QUALITY);
    // The whole picture is seen, if blurred, when a fifth of it is there.
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).map_err(|e| wrong(e.to_string()))?;
    Ok(bytes)
}

fn png(pixels: &DynamicImage) -> Result<Vec<u8>, String> {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    pixels.write_with_encoder(encoder).map_err(|e| format!("it cannot be packed as PNG: {e}"))?;
    Ok(bytes)
}

fn rgb(pixels: &DynamicImage) -> std::borrow::Cow<'_, RgbImage> {
    match pixels {
        DynamicImage::ImageRgb8(pixels) => std::borrow::Cow::Borrowed(pixels),
        other => std::borrow::Cow::Owned(other.to_rgb8()),
    }
}

#[cfg(test)]
mod tests;
