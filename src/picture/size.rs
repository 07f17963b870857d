//! How large a picture is, from the first bytes of its file: PNG (<https://www.w3.org/TR/png-3/>), `GIF89a`, JPEG (ITU T.81,
//! with the orientation of Exif 2.3), WebP (RFC 9649), AVIF (ISO/IEC 23008-12) and SVG 2.

use super::Size;
use memchr::memmem;

/// The largest side that is believed, in pixels.
const LARGEST: u32 = 1 << 16;

/// The size of the picture that begins with `head`; `None` where it is none of those, or does not tell.
pub fn size(head: &[u8]) -> Option<Size> {
    let size = png(head).or_else(|| gif(head)).or_else(|| jpeg(head)).or_else(|| webp(head)).or_else(|| avif(head));
    let size = size.or_else(|| svg(head))?;
    let is_sane = |side: u32| (1..=LARGEST).contains(&side);
    (is_sane(size.width) && is_sane(size.height)).then_some(size)
}

fn bytes<const N: usize>(from: &[u8], at: usize) -> Option<[u8; N]> {
    from.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn be16(from: &[u8], at: usize) -> Option<u32> {
    bytes(from, at).map(|two| u32::from(u16::from_be_bytes(two)))
}

fn le16(from: &[u8], at: usize) -> Option<u32> {
    bytes(from, at).map(|two| u32::from(u16::from_le_bytes(two)))
}

fn be32(from: &[u8], at: usize) -> Option<u32> {
    bytes(from, at).map(u32::from_be_bytes)
}

fn png(head: &[u8]) -> Option<Size> {
    head.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    (head.get(12..16)? == b"IHDR").then_some(())?;
    Some(Size { width: be32(head, 16)?, height: be32(head, 20)? })
}

fn gif(head: &[u8]) -> Option<Size> {
    head.strip_prefix(b"GIF8")?;
    Some(Size { width: le16(head, 6)?, height: le16(head, 8)? })
}

fn jpeg(head: &[u8]) -> Option<Size> {
    head.strip_prefix(b"\xff\xd8")?;
    let (mut at, mut turned) = (2, false);
    loop {
        let [mark, kind] = bytes(head, at)?;
        if mark != 0xff {
            return None;
        }
        match kind {
            // Filling bytes, and marks that stand alone.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            // Frames, of which DHT, JPG and DAC are none.
            0xc0..=0xcf if !matches!(kind, 0xc4 | 0xc8 | 0xcc) => {
                let (height, width) = (be16(head, at + 5)?, be16(head, at + 7)?);
                return Some(if turned { Size { width: height, height: width } } else { Size { width, height } });
            }
            _ => {
                let length = be16(head, at + 2)? as usize;
                if kind == 0xe1 {
                    turned |= head.get(at + 4..at + 2 + length).and_then(is_turned).unwrap_or(false);
                }
                at += 2 + length.max(2);
            }
        }
    }
}

/// Whether Exif data say that the picture lies on its side.
fn is_turned(exif: &[u8]) -> Option<bool> {
    /// Exif 2.3, table 4: the tag `Orientation`, whose values from 5 stand for a quarter turn.
    const ORIENTATION: u32 = 0x0112;
    let tiff = exif.strip_prefix(b"Exif\0\0")?;
    let is_big = tiff.starts_with(b"MM");
    let two = |at| if is_big { be16(tiff, at) } else { le16(tiff, at) };
    let four = |at| bytes(tiff, at).map(if is_big { u32::from_be_bytes } else { u32::from_le_bytes });
    let fields = four(4)? as usize;
    let count = two(fields)? as usize;
    let field = (0..count).map(|nth| fields + 2 + 12 * nth).find(|at| two(*at) == Some(ORIENTATION))?;
    Some((5..=8).contains(&two(field + 8)?))
}

fn webp(head: &[u8]) -> Option<Size> {
    head.strip_prefix(b"RIFF")?;
    (head.get(8..12)? == b"WEBP").then_some(())?;
    match head.get(12..16)? {
        b"VP8 " => {
            (head.get(23..26)? == b"\x9d\x01\x2a").then_some(())?;
            Some(Size { width: le16(head, 26)? & 0x3fff, height: le16(head, 28)? & 0x3fff })
        }
        b"VP8L" => {
            let bits = bytes(head, 21).map(u32::from_le_bytes)?;
            Some(Size { width: (bits & 0x3fff) + 1, height: (bits >> 14 & 0x3fff) + 1 })
        }
        b"VP8X" => {
            let side = |at| Some((bytes(head, at).map(u32::from_le_bytes)? & 0x00ff_ffff) + 1);
            Some(Size { width: side(24)?, height: side(27)? })
        }
        _ => None,
    }
}

/// The largest of the extents that its properties state: others are those of its thumbnail.
fn avif(head: &[u8]) -> Option<Size> {
    (head.get(4..8)? == b"ftyp").then_some(())?;
    let extents = memmem::find_iter(head, b"ispe");
    let sizes = extents.filter_map(|at| Some(Size { width: be32(head, at + 8)?, height: be32(head, at + 12)? }));
    sizes.max_by_key(|size| u64::from(size.width) * u64::from(size.height))
}

fn svg(head: &[u8]) -> Option<Size> {
    let text = String::from_utf8_lossy(head);
    let root = text.get(memmem::find(text.as_bytes(), b"<svg")?..)?;
    let root = root.split('>').next()?;
    let side = |name: &str| pixels(attribute(root, name)?);
    if let (Some(width), Some(height)) = (side("width"), side("height")) {
        return Some(Size { width, height });
    }
    let mut window = attribute(root, "viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    Some(Size { width: pixels(window.next()?)?, height: pixels(window.next()?)? })
}

/// The value of an attribute in the text of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        tag.get(..at)?.ends_with(|c: char| c.is_ascii_whitespace()).then_some(())?;
        let value = tag.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value.get(1..)?.split(quote).next()
    })
}

/// A length in pixels, which has no other unit than that.
fn pixels(length: &str) -> Option<u32> {
    let length = length.trim();
    let number: f64 = length.strip_suffix("px").unwrap_or(length).trim_end().parse().ok()?;
    (number.is_finite() && number >= 0.5 && number <= f64::from(LARGEST)).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(head: &[u8]) -> Option<(u32, u32)> {
        size(head).map(|size| (size.width, size.height))
    }

    #[test]
    fn each_format_tells_its_size() {
        assert_eq!(shown(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02"), Some((640, 480)));
        assert_eq!(shown(b"GIF89a\x40\x01\xf0\x00\xf7"), Some((320, 240)));
        let frame = b"\xff\xc2\x00\x11\x08\x01\xe0\x02\x80\x03";
        let plain = [b"\xff\xd8\xff\xe0\x00\x04JF", &frame[..]].concat();
        assert_eq!(shown(&plain), Some((640, 480)));
        let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let turned = [b"\xff\xd8", &exif[..], frame].concat();
        assert_eq!(shown(&turned), Some((480, 640)));
        assert_eq!(shown(b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01"), Some((640, 480)));
        assert_eq!(shown(b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\x00"), Some((640, 480)));
        assert_eq!(shown(b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0\0"), Some((640, 480)));
        let avif = b"\0\0\0\x1cftypavif\0\0ispe\0\0\0\0\0\0\0\x10\0\0\0\x10ispe\0\0\0\0\0\0\x02\x80\0\0\x01\xe0";
        assert_eq!(shown(avif), Some((640, 480)));
        assert_eq!(shown(b"<?xml version=\"1.0\"?>\n<svg viewBox='0 0 640 480' stroke-width=\"2\">"), Some((640, 480)));
        assert_eq!(shown(b"<svg width=\"64.2px\" height=\"48\" viewBox=\"0 0 1 1\">"), Some((64, 48)));
    }

    #[test]
    fn what_does_not_tell_has_none() {
        for head in [
            &b""[..],
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\x01",
            b"\xff\xd8\xff\xe0\x00",
            b"\xff\xd8\xff\xc0\x00\x11\x08",
            b"<svg width=\"100%\" height=\"100%\">",
            b"<svg width=\"-1\" height=\"nan\" viewBox=\"0 0\">",
            b"GIF89a\x40",
            b"not a picture",
        ] {
            assert_eq!(shown(head), None, "{head:?}");
        }
    }
}
