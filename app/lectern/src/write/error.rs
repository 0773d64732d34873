//! Why a site could not be written, and what to do.

use std::error::Error;
use std::fmt::{Display, Formatter, Result};
use std::io;
use std::path::{Path, PathBuf};

/// Why a site could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// The output is a file.
    NotAFolder {
        /// What was to be the output folder.
        dir: PathBuf,
    },
    /// The output folder holds files, and no build of this program has written there.
    NotOurs {
        /// The output folder.
        dir: PathBuf,
    },
    /// A file of the site would replace one that no build has written.
    Foreign {
        /// The file in the way.
        path: PathBuf,
    },
    /// A folder of the site is a link, which may lead anywhere.
    Link {
        /// The link.
        path: PathBuf,
    },
    /// A file of the site has a name that leads out of the folder or that the build keeps for itself.
    Name {
        /// The path within the site.
        path: String,
    },
    /// The file system refused.
    Io {
        /// What was tried: "write the file".
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl WriteError {
    pub(super) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), source }
    }
}

impl Display for WriteError {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::NotAFolder { dir } => {
                write!(out, "{} is a file; name a folder with --out", dir.display())
            }
            Self::NotOurs { dir } => write!(
                out,
                "{} holds files that lectern did not write, and nothing was changed; name another folder with \
                 --out, or write among them with --force (files of the same names are replaced, the others stay)",
                dir.display()
            ),
            Self::Foreign { path } => write!(
                out,
                "{} was not written by lectern but has the name of a file of this site, and nothing was changed; \
                 move it away, or replace it with --force",
                path.display()
            ),
            Self::Link { path } => write!(
                out,
                "{} is a link where the site needs a folder of its own; remove the link and build again",
                path.display()
            ),
            Self::Name { path } => {
                write!(out, "a file of this site cannot be called {path:?}; rename it in the book")
            }
            Self::Io { action, path, source } => write!(
                out,
                "cannot {action} {}: {source}; set that right and build again, which finishes what is half done",
                path.display()
            ),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
