//! Media types of a site's files, by the ending of their names.

/// What a file with one of `endings` is.
struct Kind {
    endings: &'static [&'static str],
    media_type: &'static str,
    /// Whether brotli and gzip make such files smaller.
    compresses: bool,
}

const fn text(endings: &'static [&'static str], media_type: &'static str) -> Kind {
    Kind { endings, media_type, compresses: true }
}

const fn packed(endings: &'static [&'static str], media_type: &'static str) -> Kind {
    Kind { endings, media_type, compresses: false }
}

/// A file that is none of [`KINDS`]: browsers offer to save it.
const UNKNOWN: Kind = packed(&[], "application/octet-stream");

/// Text has a charset, always UTF-8; `text/plain` for sources, so that a link to one shows it.
const KINDS: &[Kind] = &[
    text(&["html", "htm"], "text/html; charset=utf-8"),
    text(&["css"], "text/css; charset=utf-8"),
    text(&["js", "mjs"], "text/javascript; charset=utf-8"),
    text(&["json", "map", "ipynb"], "application/json"),
    text(&["webmanifest"], "application/manifest+json"),
    text(&["wasm"], "application/wasm"),
    text(&["svg"], "image/svg+xml"),
    text(&["xml"], "application/xml"),
    text(&["md", "markdown"], "text/markdown; charset=utf-8"),
    text(&["csv"], "text/csv; charset=utf-8"),
    text(&["vtt"], "text/vtt; charset=utf-8"),
    text(
        &[
            "txt", "toml", "yaml", "yml", "tsv", "bib", "log", "sh", "bash", "rs", "py", "c", "h", "cc",
            "cpp", "hpp", "cu", "go", "java", "ts", "rb", "lock", "cfg", "ini", "diff", "patch",
        ],
        "text/plain; charset=utf-8",
    ),
    text(&["ttf"], "font/ttf"),
    text(&["otf"], "font/otf"),
    text(&["eot"], "application/vnd.ms-fontobject"),
    text(&["ico"], "image/vnd.microsoft.icon"),
    text(&["bmp"], "image/bmp"),
    packed(&["woff2"], "font/woff2"),
    packed(&["woff"], "font/woff"),
    packed(&["png"], "image/png"),
    packed(&["jpg", "jpeg"], "image/jpeg"),
    packed(&["gif"], "image/gif"),
    packed(&["webp"], "image/webp"),
    packed(&["avif"], "image/avif"),
    packed(&["mp4", "m4v"], "video/mp4"),
    packed(&["webm"], "video/webm"),
    packed(&["mp3"], "audio/mpeg"),
    packed(&["m4a"], "audio/mp4"),
    packed(&["ogg", "oga", "opus"], "audio/ogg"),
    packed(&["wav"], "audio/wav"),
    packed(&["pdf"], "application/pdf"),
    packed(&["epub"], "application/epub+zip"),
    packed(&["zip"], "application/zip"),
    packed(&["gz", "tgz"], "application/gzip"),
];

/// The `Content-Type` of the file at `path`.
pub fn content_type(path: &str) -> &'static str {
    kind(path).media_type
}

/// Whether compression makes files like the one at `path` smaller.
pub fn compresses(path: &str) -> bool {
    kind(path).compresses
}

fn kind(path: &str) -> &'static Kind {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.')
        .and_then(|(_, ending)| {
            KINDS.iter().find(|kind| kind.endings.iter().any(|known| known.eq_ignore_ascii_case(ending)))
        })
        .unwrap_or(&UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_follow_the_ending() {
        assert_eq!(content_type("a/b.html"), "text/html; charset=utf-8");
        assert_eq!(content_type("PHOTO.JPG"), "image/jpeg");
        assert_eq!(content_type("lectern/reader-1f00ab12cd34.wasm"), "application/wasm");
        assert_eq!(content_type("html"), "application/octet-stream");
        assert_eq!(content_type("dir.html/data"), "application/octet-stream");
        assert_eq!(content_type("a.unheard-of"), "application/octet-stream");
    }

    #[test]
    fn text_says_its_charset_and_compresses() {
        for kind in KINDS.iter().filter(|kind| kind.media_type.starts_with("text/")) {
            assert!(kind.media_type.ends_with("; charset=utf-8"), "{}", kind.media_type);
            assert!(kind.compresses, "{}", kind.media_type);
        }
        assert!(compresses("a.wasm") && compresses("a.svg") && compresses("a.json"));
        assert!(!compresses("a.woff2") && !compresses("a.png") && !compresses("a"));
    }

    #[test]
    fn no_ending_is_listed_twice() {
        let mut endings: Vec<_> = KINDS.iter().flat_map(|kind| kind.endings).collect();
        let all = endings.len();
        endings.sort();
        endings.dedup();
        assert_eq!(endings.len(), all);
    }
}
