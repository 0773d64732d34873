//! The book as the app holds it: its contents, and the packs of chapters fetched so far.

use std::cell::RefCell;
use std::rc::Rc;

use book::navigation;
use book::wire::{ChapterEntry, ChapterText, Contents, Made, PackText, VERSION};

use crate::api::{self, FetchError};
use crate::page_data::PageData;

/// A chapter as it lies in its pack.
pub struct Loaded {
    pack: Rc<PackText>,
    index: usize,
}

impl Loaded {
    /// Its text.
    pub fn text(&self) -> &ChapterText {
        // A `Loaded` is only made for a chapter that the pack has.
        &self.pack.chapters[self.index]
    }

    /// Formulas and diagrams made at build time.
    pub fn made(&self) -> &Made {
        &self.pack.made
    }
}

/// The contents and every pack fetched so far.
pub struct Library {
    /// The book's root as an absolute address, with a slash at its end.
    pub root: String,
    /// The book's root as a path from the origin's root; names what is stored for this book.
    pub root_path: String,
    /// What the page said.
    pub page: PageData,
    /// The table of contents.
    pub contents: Box<Contents>,
    packs: RefCell<Vec<Option<Rc<PackText>>>>,
}

impl Library {
    /// Fetches the contents of the book that `page` belongs to, whose root is `root`.
    ///
    /// # Errors
    /// Says why they cannot be had; reading goes on without the app.
    pub async fn open(page: PageData, root: String, root_path: String) -> Result<Self, FetchError> {
        let contents = api::contents(format!("{root}{}", page.contents)).await?;
        if contents.version != VERSION {
            return Err(FetchError::Malformed(format!(
                "contents of version {}, this app reads version {VERSION}",
                contents.version
            )));
        }
        let packs = RefCell::new(vec![None; contents.packs.len()]);
        Ok(Self { root, root_path, page, contents, packs })
    }

    /// The chapter at `address`; the root stands for the first chapter.
    pub fn entry(&self, address: &str) -> Option<&ChapterEntry> {
        navigation::chapter(&self.contents, address)
    }

    /// The chapter at `address`, from memory or the host. `None` if the book has no such page.
    ///
    /// # Errors
    /// Says why it cannot be had.
    pub async fn chapter(&self, address: &str) -> Result<Option<Loaded>, FetchError> {
        let Some((address, pack)) =
            self.entry(address).and_then(|entry| Some((entry.address.clone()?, entry.pack)))
        else {
            return Ok(None);
        };
        let pack = self.pack(pack).await?;
        match pack.chapters.iter().position(|chapter| chapter.address == address) {
            Some(index) => Ok(Some(Loaded { pack, index })),
            None => Err(FetchError::Malformed(format!("the pack of {address} does not hold it"))),
        }
    }

    /// Fetches the pack numbered `index` unless it is here.
    ///
    /// # Errors
    /// Says why it cannot be had.
    pub async fn pack(&self, index: usize) -> Result<Rc<PackText>, FetchError> {
        if let Some(Some(pack)) = self.packs.borrow().get(index) {
            return Ok(Rc::clone(pack));
        }
        let pack = self
            .contents
            .packs
            .get(index)
            .ok_or_else(|| FetchError::Malformed(format!("there is no pack {index}")))?;
        let text = api::pack(format!("{}lectern/{}", self.root, pack.file)).await?;
        if let Some(place) = self.packs.borrow_mut().get_mut(index) {
            *place = Some(Rc::clone(&text));
        }
        Ok(text)
    }

    /// Whether the chapter at `address` is in memory.
    pub fn has(&self, address: &str) -> bool {
        self.entry(address).is_some_and(|entry| matches!(self.packs.borrow().get(entry.pack), Some(Some(_))))
    }
}
