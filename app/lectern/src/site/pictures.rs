//! How large a book's pictures are, so that pages keep room for each before it has arrived.

use crate::output::Output;

/// Path, width and height in pixels of every picture among the files, sorted by path.
pub fn sizes(output: &Output) -> Vec<(String, u32, u32)> {
    output
        .files
        .iter()
        .filter_map(|(path, file)| {
            let (width, height) = size(path, &file.bytes)?;
            Some((path.clone(), width, height))
        })
        .collect()
}

fn size(path: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
    match extension.as_str() {
        "svg" => svg(bytes),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "bmp" | "ico" => {
            let size = imagesize::blob_size(bytes).ok()?;
            Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
        }
        _ => None,
    }
    // A picture without extent keeps no room; an absurd one would push the text out of sight.
    .filter(|(width, height)| (1..=1 << 16).contains(width) && (1..=1 << 16).contains(height))
}

/// What `<svg width height>` say in pixels. A picture that only has a `viewBox` fills the line it stands in: no size of
/// its own is right for it.
fn svg(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let tag = text.get(text.find("<svg")? + 4..)?;
    let tag = tag.get(..tag.find('>')?)?;
    Some((length(tag, "width")?, length(tag, "height")?))
}

fn length(tag: &str, name: &str) -> Option<u32> {
    let start = tag.match_indices(name).map(|(index, _)| index).find(|&index| {
        let before = tag.get(..index).unwrap_or_default();
        let after = tag.get(index + name.len()..).unwrap_or_default();
        before.ends_with(char::is_whitespace) && after.trim_start().starts_with('=')
    })?;
    let value = tag.get(start + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let value = value.get(1..)?.split(quote).next()?.trim();
    let number: f64 = value.strip_suffix("px").unwrap_or(value).trim().parse().ok()?;
    (number.is_finite() && number >= 0.5).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::File;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0\0";

    #[test]
    fn sizes_come_from_the_files_themselves() {
        let mut output = Output::default();
        output.add("img/a.png", File::from(PNG.to_vec()));
        output.add(
            "b.svg",
            File::from("<?xml?><svg stroke-width=\"9\" width='120px' height=\"40.4\">".to_owned()),
        );
        output.add("c.txt", File::from(PNG.to_vec()));
        assert_eq!(sizes(&output), [("b.svg".to_owned(), 120, 40), ("img/a.png".to_owned(), 640, 480)]);
    }

    #[test]
    fn a_drawing_that_fills_its_line_and_broken_files_have_no_size() {
        for (path, bytes) in [
            ("a.svg", &b"<svg viewBox=\"0 0 24 24\">"[..]),
            ("b.svg", b"<svg width=\"100%\" height=\"100%\">"),
            ("c.svg", b"<svg width=\"1e9\" height=\"3\">"),
            ("d.svg", b"<svg width="),
            ("e.png", &PNG[..12]),
            ("f", PNG),
        ] {
            assert_eq!(size(path, bytes), None, "{path}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_file_stops_the_build(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200), tag in "<svg[ a-z=\"'0-9.]{0,40}>?") {
            for path in ["a.png", "a.jpg", "a.gif", "a.webp", "a.avif", "a.svg"] {
                let _ = size(path, &bytes);
                let _ = size(path, tag.as_bytes());
            }
        }
    }
}
