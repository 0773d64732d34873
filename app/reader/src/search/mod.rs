//! Search in the whole book: a worker that keeps the index, and the page's side of it.

pub mod client;
pub mod worker;

use serde::{Deserialize, Serialize};

/// What the page tells the worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Read the book and index it.
    Open {
        /// The book's root as an absolute address.
        root: String,
        /// The contents file, from the root.
        contents: String,
    },
    /// Search.
    Query {
        /// Comes back with the answer.
        id: u32,
        /// What the reader typed.
        text: String,
        /// Most results.
        limit: usize,
    },
}

/// What the worker tells the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// So much of the book is indexed; answers cover that much.
    Progress {
        /// Per cent of the chapters.
        percent: u32,
    },
    /// Some chapters could not be read.
    Failed {
        /// Why, in a few words.
        why: String,
    },
    /// The answer to a query.
    Results {
        /// The query's.
        id: u32,
        /// Best first.
        hits: Vec<Found>,
    },
}

/// A section that answers a query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Page address.
    pub page: String,
    /// Heading id, or empty.
    pub anchor: String,
    /// Names of the chapters and headings above it.
    pub path: Vec<String>,
    /// Its title in pieces: text, and whether it was asked for.
    pub title: Vec<(String, bool)>,
    /// Where its text answers, in pieces.
    pub snippet: Vec<(String, bool)>,
}
