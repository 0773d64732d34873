//! The compiled reader that travels inside the program.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::output::File;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The reader's files by plain name (`reader.js`), each with its hashed name.
pub struct Reader {
    names: BTreeMap<String, String>,
}

/// The program was built without the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoReader;

impl std::fmt::Display for NoReader {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("this lectern was built without the reader inside; build it with `cargo xtask build`")
    }
}

impl Reader {
    /// What was embedded.
    ///
    /// # Errors
    /// [`NoReader`] if the program was compiled before the reader was.
    pub fn embedded() -> Result<Self, NoReader> {
        let table = bytes("assets.json").ok_or(NoReader)?;
        let names = serde_json::from_slice(table).map_err(|_| NoReader)?;
        Ok(Self { names })
    }

    /// The hashed name of `plain`, or `plain` itself if there is no such file.
    pub fn name<'a>(&'a self, plain: &'a str) -> &'a str {
        self.names.get(plain).map_or(plain, String::as_str)
    }

    /// The bytes of the file called `plain`.
    pub fn bytes(&self, plain: &str) -> &'static [u8] {
        bytes(self.name(plain)).unwrap_or_default()
    }

    /// The text of the file called `plain`.
    pub fn text(&self, plain: &str) -> &'static str {
        std::str::from_utf8(self.bytes(plain)).unwrap_or_default()
    }

    /// Hashed name and content of every file called by a name that `wanted` accepts.
    pub fn files(&self, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = (&str, File)> {
        self.names.iter().filter(move |(plain, _)| wanted(plain)).map(|(_, hashed)| {
            let variant = |ending: &str| bytes(&format!("{hashed}{ending}")).map(Bytes::from_static);
            let file = File {
                bytes: Bytes::from_static(bytes(hashed).unwrap_or_default()),
                brotli: variant(".br"),
                gzip: variant(".gz"),
            };
            (hashed.as_str(), file)
        })
    }
}

fn bytes(name: &str) -> Option<&'static [u8]> {
    FILES.binary_search_by(|(file, _)| (*file).cmp(name)).ok().map(|index| FILES[index].1)
}
