//! What the page says about itself to the app.

use serde::Deserialize;

use crate::{dom, json};

/// The JSON that `lectern build` puts in each page.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageData {
    /// From the page to the book's root: `../` for each folder.
    pub root: String,
    /// The page's address from the root.
    pub address: String,
    /// The contents file, from the root.
    pub contents: String,
    /// Style of the panels, from the root.
    pub style: String,
    /// KaTeX's style, from the root.
    pub math_style: String,
    /// KaTeX itself, from the root.
    pub math_script: String,
    /// The host tells of new editions.
    pub live: bool,
}

impl PageData {
    /// Reads it from the page.
    pub fn read() -> Option<Self> {
        let text = dom::document().get_element_by_id("lectern")?.text_content()?;
        json::parse(&text).ok()
    }
}
