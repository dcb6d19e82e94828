//! What holds for every copy, and the pictures that are unlike others.

use super::*;
use image::{ImageEncoder, Rgb, Rgba, RgbaImage, codecs::webp::WebPEncoder};
use proptest::prelude::*;

/// A picture with so much in it that its copies are smaller, the same each time.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [noise, ..] = state.to_be_bytes();
        Rgb([(x / 2) as u8 ^ noise, (y * 3) as u8 ^ (noise >> 1), noise])
    })
}

fn as_png(pixels: impl Into<DynamicImage>) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels.into().write_to(&mut bytes, ImageFormat::Png).expect("a picture can be packed");
    bytes.into_inner()
}

fn as_webp(pixels: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes)
        .write_image(pixels, pixels.width(), pixels.height(), image::ExtendedColorType::Rgb8)
        .expect("a picture can be packed");
    bytes
}

fn as_jpeg(pixels: &RgbImage, orientation: u8, profile: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    let exif =
        [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".as_slice(), &[orientation, 0, 0, 0, 0, 0, 0, 0]];
    encoder.add_exif_metadata(&exif.concat()).expect("it is short");
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).expect("it is short");
    }
    let (width, height) = (pixels.width() as u16, pixels.height() as u16);
    encoder.encode(pixels, width, height, jpeg_encoder::ColorType::Rgb).expect("a picture can be packed");
    bytes
}

/// One part of a PNG.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = u32::MAX;
    for byte in kind.iter().chain(data) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
        }
    }
    [&(data.len() as u32).to_be_bytes()[..], kind, data, &(!crc).to_be_bytes()].concat()
}

fn some(bytes: &[u8]) -> Copies {
    copies(bytes).expect("it can be unpacked").expect("it is of a kind that has copies")
}

fn file(copies: &Copies, width: u32, format: Format) -> &[u8] {
    let found = copies.files.iter().find(|file| (file.0, file.1) == (width, format));
    &found.expect("the copy is there").2
}

/// Width, height, and whether it is AVIF.
fn looked_at(bytes: &[u8]) -> (u32, u32, bool) {
    let kind = imagesize::image_type(bytes).expect("a kind");
    let size = imagesize::blob_size(bytes).expect("a size");
    let avif = matches!(kind, imagesize::ImageType::Heif(imagesize::Compression::Av1));
    (size.width as u32, size.height as u32, avif)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn copies_are_narrower_and_smaller_and_the_same_each_time(
        width in 1u32..700, height in 1u32..60, kind in 0u8..3, flat: bool,
    ) {
        let pixels = if flat { RgbImage::from_pixel(width, height, Rgb([9, 99, 199])) } else { noise(width, height) };
        let bytes = match kind {
            0 => as_png(pixels),
            1 => as_jpeg(&pixels, 1, None),
            _ => as_webp(&pixels),
        };
        let made = some(&bytes);
        prop_assert_eq!((made.about.width, made.about.height), (width, height));
        prop_assert!(made.about.tint.is_some() && !made.about.transparent);
        prop_assert!(made.about.widths.iter().all(|&copy| copy < width && WIDTHS.contains(&copy)));
        prop_assert!(made.about.widths.is_sorted() && made.about.plain <= made.about.widths.len());
        prop_assert!(flat || made.about.widths.len() == WIDTHS.iter().filter(|&&copy| copy < width).count());
        let mut told: Vec<_> = made.about.copies().collect();
        for (copy, format, packed) in &made.files {
            let place = told.iter().position(|told| *told == (*copy, *format));
            told.remove(place.expect("what is made is told"));
            prop_assert!(packed.len() < bytes.len());
            prop_assert_eq!(looked_at(packed), (*copy, height_of(*copy, width, height), *format == Format::Avif));
            if *format == Format::Plain {
                prop_assert!(image::load_from_memory(packed).is_ok());
            }
        }
        prop_assert!(told.is_empty(), "what is told is made");
        prop_assert_eq!(made, some(&bytes));
    }
}

proptest! {
    #[test]
    fn any_bytes_give_copies_or_a_reason(
        kind in 0u8..4, at: prop::sample::Index, with: u8, cut: prop::sample::Index,
        junk in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let pixels = noise(24, 16);
        let mut bytes = match kind {
            0 => as_png(pixels),
            1 => as_jpeg(&pixels, 6, Some(&junk)),
            2 => as_webp(&pixels),
            _ => junk,
        };
        let _ = (is_turned(&bytes), copies(&bytes));
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = with;
            let _ = (is_turned(&bytes), copies(&bytes));
            bytes.truncate(cut.index(bytes.len()));
            let _ = (is_turned(&bytes), copies(&bytes));
        }
    }

    #[test]
    fn a_copy_is_as_high_as_its_picture_is_in_proportion(copy in 1u32..2000, width in 1u32..60_000, height in 1u32..60_000) {
        let exact = f64::from(height) * f64::from(copy) / f64::from(width);
        let found = height_of(copy, width, height);
        prop_assert!(found >= 1 && (f64::from(found) - exact).abs() <= 1.0);
    }
}

#[test]
fn a_picture_taken_on_the_side_is_turned_before_it_is_made_smaller() {
    // Red above blue, to be turned clockwise: red comes to the right.
    let lying = RgbImage::from_fn(200, 400, |x, y| {
        let grain = (x * 7 + y * 13) as u8 % 32;
        if y < 200 { Rgb([223 + grain, grain, 0]) } else { Rgb([0, grain, 223 + grain]) }
    });
    let bytes = as_jpeg(&lying, 6, None);
    assert!(is_turned(&bytes) && is_turned(&bytes[..1000]) && !is_turned(&as_jpeg(&lying, 3, None)));
    let made = some(&bytes);
    assert_eq!((made.about.width, made.about.height, made.about.widths.as_slice()), (400, 200, &[320][..]));
    let copy = image::load_from_memory(file(&made, 320, Format::Plain)).expect("a picture").to_rgb8();
    assert_eq!(copy.dimensions(), (320, 160));
    let (Rgb(left), Rgb(right)) = (*copy.get_pixel(20, 80), *copy.get_pixel(300, 80));
    assert!(right[0] > 200 && right[2] < 60 && left[2] > 200 && left[0] < 60, "{left:?} {right:?}");
    assert_eq!(looked_at(file(&made, 320, Format::Avif)), (320, 160, true));
}

#[test]
fn only_what_can_be_seen_through_stays_so_and_has_no_colour_in_its_place() {
    let noise = noise(400, 100);
    let with = |alpha: u8| {
        RgbaImage::from_fn(400, 100, |x, y| {
            let Rgb([_, _, b]) = *noise.get_pixel(x, y);
            // What nobody sees is black. The rim lies within a pixel of the copy, which is partly seen.
            if x < 202 { Rgba([200, 200, b, 255]) } else { Rgba([0, 0, 0, alpha]) }
        })
    };
    let made = some(&as_png(with(0)));
    assert!(made.about.transparent && made.about.tint.is_none());
    let copy = image::load_from_memory(file(&made, 320, Format::Plain)).expect("a picture").to_rgba8();
    assert_eq!((copy.get_pixel(40, 40).0[3], copy.get_pixel(300, 40).0[3]), (255, 0));
    let rim: Vec<_> = copy.pixels().filter(|pixel| (30..250).contains(&pixel.0[3])).collect();
    assert!(!rim.is_empty());
    for &Rgba([r, g, _, alpha]) in rim {
        assert!(r.abs_diff(200) < 20 && g.abs_diff(200) < 20, "black in the rim: {r} {g} {alpha}");
    }
    let made = some(&as_png(with(255)));
    assert!(!made.about.transparent && made.about.tint.is_some());
    assert!(file(&made, 320, Format::Plain).starts_with(b"\xff\xd8"), "JPEG");
}

#[test]
fn colours_of_a_camera_become_those_of_the_web() {
    let pixels = RgbImage::from_pixel(8, 8, Rgb([200, 100, 100]));
    let profile = moxcms::ColorProfile::new_display_p3().encode().expect("a profile");
    let tint = |profile: Option<&[u8]>| some(&as_jpeg(&pixels, 1, profile)).about.tint.expect("a colour");
    let (Colour([plain, ..]), Colour([r, g, _])) = (tint(None), tint(Some(&profile)));
    assert!(r > plain + 5 && g < 100, "{r} {g} for {plain}");
    assert_eq!(tint(Some(b"no profile")), tint(None));
}

#[test]
fn the_place_of_a_picture_has_its_average_colour() {
    let pixels = RgbImage::from_fn(10, 10, |x, _| if x < 5 { Rgb([255, 0, 10]) } else { Rgb([0, 0, 21]) });
    assert_eq!(some(&as_png(pixels)).about.tint, Some(Colour([128, 0, 16])));
    let grey = image::GrayImage::from_pixel(3, 3, image::Luma([77]));
    assert_eq!(some(&as_png(grey)).about.tint, Some(Colour([77; 3])));
}

#[test]
fn what_moves_and_what_is_small_already_has_no_copies() {
    let still = as_png(noise(400, 20));
    let (head, rest) = still.split_at(33);
    let moving = [head, &chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]), rest].concat();
    assert_eq!(copies(&moving), Ok(None));
    let still = as_webp(&noise(400, 20));
    let riff = |kind: &[u8; 4], data: &[u8]| {
        [kind.as_slice(), &(data.len() as u32).to_le_bytes(), data, &[0][..data.len() % 2]].concat()
    };
    let (width, height) = ([0x8f, 1, 0], [19, 0, 0]);
    let frame = [&[0; 6][..], &width, &height, &[100, 0, 0, 0], &still[12..]].concat();
    let moving = [
        b"WEBP".as_slice(),
        &riff(b"VP8X", &[&[2, 0, 0, 0][..], &width, &height].concat()),
        &riff(b"ANIM", &[0; 6]),
        &riff(b"ANMF", &frame),
    ]
    .concat();
    assert_eq!(copies(&riff(b"RIFF", &moving)), Ok(None));
    assert_eq!(copies(b"GIF89a\x01\0\x01\0\0\0\0"), Ok(None));
    // A copy that is larger than the whole picture is of no use; that of one kind may be, and that of another not.
    let flat = RgbImage::from_pixel(1400, 10, Rgb([1, 2, 3]));
    let made = some(&as_webp(&flat));
    assert_eq!((made.about.widths.len(), made.files.len()), (0, 0));
    let made = some(&as_png(flat));
    assert_eq!((made.about.widths.as_slice(), made.about.plain, made.files.len()), (&WIDTHS[..], 0, 3));
}

#[test]
fn pictures_that_would_fill_the_memory_are_not_unpacked() {
    let header = |width: u32, height: u32, depth: u8| {
        let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
        header.extend([depth, 6, 0, 0, 0]);
        [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", &header), &chunk(b"IDAT", &[])].concat()
    };
    for (width, height, depth) in [(10_000, 5_001, 8), (7_000, 7_000, 16), (u32::MAX >> 1, 1, 8)] {
        assert!(copies(&header(width, height, depth)).is_err(), "{width} × {height}");
    }
    // A strip so long has no copies, but is shown.
    let strip = some(&as_png(image::GrayImage::from_pixel(321, 25_200, image::Luma([9]))));
    assert_eq!((strip.about.height, strip.files.len()), (25_200, 0));
}

#[test]
fn the_recipe_counts_the_versions_of_what_makes_the_bytes() {
    let lock = include_str!("../../../../Cargo.lock");
    let version = |name: &str| {
        let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).expect("it is used");
        rest.split('"').next().unwrap_or_default()
    };
    let found = ["image", "jpeg-encoder", "png", "rav1e", "ravif", "zune-jpeg"]
        .map(|name| format!("{name} {}", version(name)))
        .join(", ");
    // Another version may make other bytes, and the same names would stay in caches: count RECIPE up.
    assert_eq!(
        (RECIPE, found.as_str()),
        (0, "image 0.25.10, jpeg-encoder 0.7.1, png 0.18.1, rav1e 0.8.1, ravif 0.13.0, zune-jpeg 0.5.15")
    );
}
