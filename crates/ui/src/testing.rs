//! Pictures of screens, drawn without a screen and compared with committed ones.
//!
//! A screen's crate enables the feature `testing` of this crate in its dev-dependencies, keeps its
//! pictures in `tests/pictures/*.png`, and has one process a test (nextest). With `UPDATE_PICTURES=1`
//! the pictures are written instead of compared.

use std::env;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::time::Duration;

use i_slint_backend_testing::{TestingBackend, TestingBackendOptions, mock_elapsed_time};
use slint::{PhysicalSize, Rgba8Pixel, SharedPixelBuffer};

use crate::fonts;

/// A channel may be off by this much: rounding differs a little between processors.
const CHANNEL_TOLERANCE: u8 = 32;
/// As many pixels may be off by more: fewer than one small figure has.
const PIXELS_TOLERATED: usize = 24;
/// Longer than any motion on a screen.
const MOTION: Duration = Duration::from_secs(2);

/// Draws in memory, with our fonts, and with a clock that moves only by `mock_elapsed_time`.
pub fn init_testing_backend() {
    let backend = TestingBackend::new(TestingBackendOptions {
        mock_time: true,
        threading: false,
        renderer_name: Some("software".into()),
    });
    slint::platform::set_platform(Box::new(backend)).expect("the first backend of this test");
    fonts::register();
}

/// Draws the window at the given size, as it is when all motion has ended.
pub fn picture_of(
    window: &slint::Window,
    width: u32,
    height: u32,
) -> SharedPixelBuffer<Rgba8Pixel> {
    window.set_size(PhysicalSize::new(width, height));
    // Motion begins when it is first drawn.
    for _ in 0..2 {
        mock_elapsed_time(MOTION);
        window.take_snapshot().expect("the software renderer draws");
    }
    window.take_snapshot().expect("the software renderer draws")
}

/// Fails when the picture is not `tests/pictures/<name>.png` of the crate under test; then what was
/// drawn is in `target/pictures/<crate>-<name>.png`.
#[track_caller]
pub fn assert_picture(name: &str, picture: &SharedPixelBuffer<Rgba8Pixel>) {
    let wanted = manifest_dir().join(format!("tests/pictures/{name}.png"));
    if env::var_os("UPDATE_PICTURES").is_some() {
        write(&wanted, picture);
        return;
    }
    let complaint = match read(&wanted) {
        None => format!("there is no picture {}", wanted.display()),
        Some(known) => match difference(&known, picture) {
            None => return,
            Some(difference) => format!("{}: {difference}", wanted.display()),
        },
    };
    let drawn = drawn_path(name);
    write(&drawn, picture);
    panic!(
        "{complaint}\ndrawn: {}\nUPDATE_PICTURES=1 takes it as the new picture",
        drawn.display()
    );
}

/// Why two pictures are not the same, in words.
fn difference(
    known: &SharedPixelBuffer<Rgba8Pixel>,
    drawn: &SharedPixelBuffer<Rgba8Pixel>,
) -> Option<String> {
    let sizes = [
        (known.width(), known.height()),
        (drawn.width(), drawn.height()),
    ];
    if sizes[0] != sizes[1] {
        return Some(format!("the size is {:?} and was {:?}", sizes[1], sizes[0]));
    }
    let pairs = known.as_slice().iter().zip(drawn.as_slice());
    let off = pairs
        .filter(|(known, drawn)| is_off(**known, **drawn))
        .count();
    (off > PIXELS_TOLERATED).then(|| format!("{off} pixels differ"))
}

fn is_off(known: Rgba8Pixel, drawn: Rgba8Pixel) -> bool {
    let channels = [(known.r, drawn.r), (known.g, drawn.g), (known.b, drawn.b)];
    channels
        .iter()
        .any(|(one, other)| one.abs_diff(*other) > CHANNEL_TOLERANCE)
}

fn read(path: &Path) -> Option<SharedPixelBuffer<Rgba8Pixel>> {
    let file = File::open(path).ok()?;
    let mut reader = png::Decoder::new(BufReader::new(file))
        .read_info()
        .expect("a PNG file");
    let size = reader
        .output_buffer_size()
        .expect("a picture that fits into memory");
    let mut bytes = vec![0; size];
    let frame = reader.next_frame(&mut bytes).expect("a whole picture");
    assert_eq!(frame.color_type, png::ColorType::Rgb, "{}", path.display());
    let pixels = bytes
        .chunks_exact(3)
        .map(|rgb| Rgba8Pixel::new(rgb[0], rgb[1], rgb[2], 255));
    let mut picture = SharedPixelBuffer::new(frame.width, frame.height);
    for (place, pixel) in picture.make_mut_slice().iter_mut().zip(pixels) {
        *place = pixel;
    }
    Some(picture)
}

fn write(path: &Path, picture: &SharedPixelBuffer<Rgba8Pixel>) {
    let folder = path.parent().expect("a picture is in a folder");
    fs::create_dir_all(folder).expect("a folder for pictures");
    let file = File::create(path).expect("a file for the picture");
    let mut encoder = png::Encoder::new(BufWriter::new(file), picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    // Flat colours pack best as they are.
    encoder.set_filter(png::Filter::NoFilter);
    let bytes: Vec<u8> = picture
        .as_slice()
        .iter()
        .flat_map(|p| [p.r, p.g, p.b])
        .collect();
    let mut writer = encoder.write_header().expect("a PNG header");
    writer
        .write_image_data(&bytes)
        .expect("the picture's bytes");
}

fn manifest_dir() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR")
        .expect("tests are run by cargo")
        .into()
}

/// In the workspace's `target/`, whichever crate is under test.
fn drawn_path(name: &str) -> PathBuf {
    let package = env::var("CARGO_PKG_NAME").expect("tests are run by cargo");
    let manifest = manifest_dir();
    let root = manifest
        .ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file());
    let root = root.expect("the workspace has a Cargo.lock");
    root.join(format!("target/pictures/{package}-{name}.png"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: u32, height: u32) -> SharedPixelBuffer<Rgba8Pixel> {
        let mut picture = SharedPixelBuffer::new(width, height);
        picture
            .make_mut_slice()
            .fill(Rgba8Pixel::new(90, 90, 90, 255));
        picture
    }

    #[test]
    fn a_picture_survives_its_file_and_a_changed_figure_is_noticed() {
        let folder = env::temp_dir().join(format!("aufruf-pictures-{}", std::process::id()));
        let path = folder.join("grey.png");
        let mut picture = grey(40, 30);
        write(&path, &picture);
        let known = read(&path).expect("the file just written");
        fs::remove_dir_all(&folder).expect("the folder just made");
        assert_eq!(difference(&known, &picture), None);
        picture.make_mut_slice()[..PIXELS_TOLERATED].fill(Rgba8Pixel::new(255, 0, 0, 255));
        assert_eq!(difference(&known, &picture), None);
        picture.make_mut_slice()[..=PIXELS_TOLERATED].fill(Rgba8Pixel::new(255, 0, 0, 255));
        assert_eq!(
            difference(&known, &picture),
            Some("25 pixels differ".to_owned())
        );
        assert!(difference(&known, &grey(30, 40)).is_some());
    }
}
