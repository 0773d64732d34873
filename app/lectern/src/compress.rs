//! Brotli and gzip variants of a site's files, for the folder that is written and for the server alike.

use std::io::Write;

use brotli::enc::{BrotliCompressCustomAlloc, BrotliEncoderParams, StandardAlloc};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::media;

/// Files smaller than this travel in one packet anyway.
pub const SMALLEST: usize = 200;

/// On the 168 pages (7.3 MB) of a real book and two cores: 4 takes 80 ms (23.4 % of the size), 5 88 ms (21.8 %), 6
/// 95 ms (21.8 %), 7 118 ms (21.7 %), 9 over two seconds.
const BROTLI_QUALITY: i32 = 6;

/// On the same pages: 4 takes 46 ms (23.4 %), 5 57 ms (23.3 %), 6 90 ms (23.1 %).
const GZIP_LEVEL: u32 = 5;

/// A way to make a file smaller that every browser can undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coding {
    /// Brotli (RFC 7932).
    Brotli,
    /// Gzip (RFC 1952).
    Gzip,
}

impl Coding {
    /// Every coding, the one that makes files smallest first.
    pub const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// The name in `Content-Encoding`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The ending that hosts look for beside a file: `page.html.br`.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }
}

/// `bytes` of the file at `path` in `coding`; `None` where that gains nothing.
pub fn variant(path: &str, bytes: &[u8], coding: Coding) -> Option<Bytes> {
    if bytes.len() < SMALLEST || !media::compresses(path) {
        return None;
    }
    let small = match coding {
        Coding::Brotli => brotli(bytes),
        Coding::Gzip => gzip(bytes),
    }?;
    (small.len() < bytes.len()).then(|| Bytes::from(small))
}

/// Writing to memory does not fail; `None` if the encoder itself ever does.
fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: window(bytes.len()),
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut buffers = (vec![0; 1 << 16], vec![0; 1 << 16]);
    let mut small = Vec::with_capacity(bytes.len() / 3);
    let mut source = bytes;
    BrotliCompressCustomAlloc(
        &mut source,
        &mut small,
        &mut buffers.0,
        &mut buffers.1,
        &params,
        StandardAlloc::default(),
    )
    .ok()?;
    Some(small)
}

/// The size of brotli's window, in bits, for a file of `length` bytes.
///
/// A window larger than the file finds nothing more and costs time; at 16 bits and below the encoder searches in
/// another way, which takes over ten times as long.
fn window(length: usize) -> i32 {
    (usize::BITS - length.leading_zeros()).clamp(17, 22).cast_signed()
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(GZIP_LEVEL));
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Read;

    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    use super::*;

    /// What a browser makes of `bytes` in `coding`.
    pub fn undo(bytes: &[u8], coding: Coding) -> Vec<u8> {
        let mut plain = Vec::new();
        match coding {
            Coding::Brotli => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain),
            Coding::Gzip => flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain),
        }
        .unwrap();
        plain
    }

    #[test]
    fn text_shrinks_and_comes_back() {
        // Over the largest window of the size class, so that the window's choice is tried too.
        let page = "<p>Systems that learn fail in ways of their own.</p>\n".repeat(5000);
        for coding in Coding::ALL {
            let small = variant("a.html", page.as_bytes(), coding).unwrap();
            assert!(small.len() < page.len() / 10);
            assert_eq!(undo(&small, coding), page.as_bytes());
        }
    }

    #[test]
    fn the_window_holds_the_file_within_what_the_encoder_is_good_at() {
        for (length, bits) in
            [(0, 17), (60_000, 17), (131_071, 17), (131_072, 18), (1_000_000, 20), (1 << 30, 22)]
        {
            assert_eq!(window(length), bits, "{length}");
        }
    }

    #[test]
    fn nothing_is_made_where_nothing_is_gained() {
        let page = "a page ".repeat(100);
        assert_eq!(variant("a.png", page.as_bytes(), Coding::Brotli), None);
        assert_eq!(variant("a.html", &page.as_bytes()[..SMALLEST - 1], Coding::Gzip), None);
        assert!(variant("a.html", &page.as_bytes()[..SMALLEST], Coding::Gzip).is_some());
        let noise: Vec<u8> = (0..100_u8).flat_map(|seed| Sha256::digest([seed])).collect();
        assert_eq!(variant("a.html", &noise, Coding::Brotli), None);
        assert_eq!(variant("a.html", &noise, Coding::Gzip), None);
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes in proptest::collection::vec(0..4_u8, SMALLEST..3000)) {
            for coding in Coding::ALL {
                if let Some(small) = variant("a.txt", &bytes, coding) {
                    prop_assert_eq!(undo(&small, coding), &bytes[..]);
                }
            }
        }
    }
}
