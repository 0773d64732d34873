//! Search in the whole book: a worker that keeps the index, and the page's side of it.

pub mod client;
mod rows;
pub mod worker;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

/// What the page tells the worker. On the way it is an array whose first entry says which of these it is.
#[derive(Debug, Clone, PartialEq)]
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
        limit: u32,
    },
}

impl Request {
    fn to_js(&self) -> JsValue {
        match self {
            Self::Open { root, contents } => {
                Array::of3(&"open".into(), &root.into(), &contents.into()).into()
            }
            Self::Query { id, text, limit } => {
                Array::of4(&"query".into(), &(*id).into(), &text.into(), &(*limit).into()).into()
            }
        }
    }

    fn of_js(message: &JsValue) -> Option<Self> {
        let parts = message.dyn_ref::<Array>()?;
        match parts.get(0).as_string()?.as_str() {
            "open" => {
                Some(Self::Open { root: parts.get(1).as_string()?, contents: parts.get(2).as_string()? })
            }
            "query" => Some(Self::Query {
                id: number(&parts.get(1))?,
                text: parts.get(2).as_string()?,
                limit: number(&parts.get(3))?,
            }),
            _ => None,
        }
    }
}

/// What the worker tells the page.
#[derive(Debug, Clone, PartialEq)]
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
        /// How many.
        count: u32,
        /// The rows of the list that are seen at once, best first.
        rows: String,
        /// The other rows.
        more: String,
    },
}

impl Reply {
    fn to_js(&self) -> JsValue {
        match self {
            Self::Progress { percent } => Array::of2(&"progress".into(), &(*percent).into()).into(),
            Self::Failed { why } => Array::of2(&"failed".into(), &why.into()).into(),
            Self::Results { id, count, rows, more } => {
                Array::of5(&"results".into(), &(*id).into(), &(*count).into(), &rows.into(), &more.into())
                    .into()
            }
        }
    }

    fn of_js(message: &JsValue) -> Option<Self> {
        let parts = message.dyn_ref::<Array>()?;
        match parts.get(0).as_string()?.as_str() {
            "progress" => Some(Self::Progress { percent: number(&parts.get(1))? }),
            "failed" => Some(Self::Failed { why: parts.get(1).as_string()? }),
            "results" => Some(Self::Results {
                id: number(&parts.get(1))?,
                count: number(&parts.get(2))?,
                rows: parts.get(3).as_string()?,
                more: parts.get(4).as_string()?,
            }),
            _ => None,
        }
    }
}

fn number(value: &JsValue) -> Option<u32> {
    value.as_f64().map(|number| number as u32)
}
