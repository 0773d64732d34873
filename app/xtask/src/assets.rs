//! A folder of files named by their content, with compressed siblings and a table from plain to hashed name.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::process::Outcome;

/// Files being gathered; [`Assets::finish`] writes the table that `lectern` reads.
pub struct Assets {
    folder: PathBuf,
    names: BTreeMap<String, String>,
}

impl Assets {
    /// An empty folder at `folder`; what was there is removed.
    pub fn new(folder: &Path) -> Outcome<Self> {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self { folder: folder.to_owned(), names: BTreeMap::new() })
    }

    /// Adds `bytes` as `name`; gives the hashed name, e.g. `reader-1f00ab12cd34.js`.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Outcome<String> {
        let hash: String = Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let hashed = format!("{stem}-{hash}.{extension}");
        self.write(&hashed, bytes)?;
        // Fonts are compressed already.
        if extension != "woff2" {
            self.write(&format!("{hashed}.br"), &brotli(bytes)?)?;
            self.write(&format!("{hashed}.gz"), &gzip(bytes)?)?;
        }
        self.names.insert(name.to_owned(), hashed.clone());
        Ok(hashed)
    }

    /// `text` with `url(NAME)` of every known file replaced by its hashed name.
    pub fn with_hashed_names(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, hashed) in &self.names {
            for quote in ["", "\"", "'"] {
                text = text.replace(&format!("url({quote}{name}{quote})"), &format!("url({hashed})"));
            }
        }
        text
    }

    /// Writes `assets.json`, last, so that its age is the age of the whole.
    pub fn finish(self) -> Outcome {
        let rows: Vec<_> =
            self.names.iter().map(|(name, hashed)| format!("  {name:?}: {hashed:?}")).collect();
        self.write("assets.json", format!("{{\n{}\n}}\n", rows.join(",\n")).as_bytes())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Outcome {
        let path = self.folder.join(name);
        fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))
    }
}

fn brotli(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters)
        .map_err(|error| format!("brotli: {error}"))?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(|error| format!("gzip: {error}"))
}
