//! What all requests share: the edition of the site that is served now, and how it is served.

use std::sync::Arc;

use tokio::sync::watch;

use super::base::Base;
use super::site::Site;
use crate::output::Output;

/// How a site is served.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Where the site's root is.
    pub base: Base,
    /// Pages hear of new editions.
    pub live: bool,
}

/// The state of a server; clones are the same server.
#[derive(Debug, Clone)]
pub struct AppState {
    options: Arc<Options>,
    /// The channel holds the edition that is served and tells of the next one.
    current: Arc<watch::Sender<Edition>>,
}

/// One edition of a site.
#[derive(Debug, Clone)]
pub struct Edition {
    /// What pages compare with their own edition.
    pub name: Arc<str>,
    /// Its files.
    pub site: Arc<Site>,
    /// The last one: the server is about to end.
    pub last: bool,
}

impl AppState {
    /// A server of `output`, which is edition `edition`.
    pub fn new(output: Output, edition: &str, options: Options) -> Self {
        let edition = Edition::new(output, edition, &Site::default());
        Self { options: Arc::new(options), current: Arc::new(watch::Sender::new(edition)) }
    }

    /// Serves `output` from now on and tells pages of it. Answers that have begun end with the files they began
    /// with.
    pub fn replace(&self, output: Output, edition: &str) {
        let previous = self.current();
        self.current.send_replace(Edition::new(output, edition, &previous.site));
    }

    /// How the site is served.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The edition that is served now.
    pub(super) fn current(&self) -> Edition {
        self.current.borrow().clone()
    }

    /// The edition that is served now and every later one.
    pub(super) fn editions(&self) -> watch::Receiver<Edition> {
        self.current.subscribe()
    }

    /// Ends every stream of editions, which otherwise would keep the server from ending.
    pub(super) fn close(&self) {
        self.current.send_modify(|edition| edition.last = true);
    }
}

impl Edition {
    fn new(output: Output, name: &str, previous: &Site) -> Self {
        Self { name: name.into(), site: Arc::new(Site::new(output, previous)), last: false }
    }
}
