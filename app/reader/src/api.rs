//! The one place where the app asks its host for anything.

use std::fmt;
use std::rc::Rc;

use book::wire::{Contents, PackText};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Why something could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchError {
    /// No answer: offline, or the host is gone.
    Unreachable,
    /// The host answered with this status.
    Status(u16),
    /// The answer was not what it should be.
    Malformed(String),
}

impl fmt::Display for FetchError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => out.write_str("no connection"),
            Self::Status(status) => write!(out, "HTTP {status}"),
            Self::Malformed(why) => write!(out, "{why}"),
        }
    }
}

/// Fetches the contents of a book; works in the page and in a worker.
///
/// # Errors
/// See [`FetchError`].
// Not generic, so that the code that reads them is in the module once and not at each call.
pub async fn contents(address: String) -> Result<Box<Contents>, FetchError> {
    json(&address).await.map(Box::new)
}

/// Fetches a pack of chapters; works in the page and in a worker.
///
/// # Errors
/// See [`FetchError`].
pub async fn pack(address: String) -> Result<Rc<PackText>, FetchError> {
    json(&address).await.map(Rc::new)
}

async fn json<T: DeserializeOwned>(address: &str) -> Result<T, FetchError> {
    let text = text(address).await?;
    crate::json::parse(&text).map_err(FetchError::Malformed)
}

async fn text(address: &str) -> Result<String, FetchError> {
    let global = js_sys::global();
    let fetch: js_sys::Function = js_sys::Reflect::get(&global, &"fetch".into())
        .ok()
        .and_then(|fetch| fetch.dyn_into().ok())
        .ok_or(FetchError::Unreachable)?;
    let promise: js_sys::Promise = fetch
        .call1(&global, &JsValue::from_str(address))
        .map_err(|_| FetchError::Unreachable)?
        .unchecked_into();
    let response: Response =
        JsFuture::from(promise).await.map_err(|_| FetchError::Unreachable)?.unchecked_into();
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let body = response.text().map_err(|_| FetchError::Unreachable)?;
    let body = JsFuture::from(body).await.map_err(|_| FetchError::Unreachable)?;
    body.as_string().ok_or_else(|| FetchError::Malformed("not text".to_owned()))
}
