//! JSON by the browser's own parser: one inside the module would be a tenth of what a first visit downloads.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The value that `text` is.
///
/// # Errors
/// Says what is wrong with the text.
#[cfg(target_arch = "wasm32")]
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let value = js_sys::JSON::parse(text).map_err(|error| message(&error))?;
    serde_wasm_bindgen::from_value(value).map_err(|error| message(&error.into()))
}

#[cfg(target_arch = "wasm32")]
fn message(error: &wasm_bindgen::JsValue) -> String {
    use wasm_bindgen::JsCast;
    error.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| error.message().into())
}

/// `value` as text; `None` where it has no form in JSON.
#[cfg(target_arch = "wasm32")]
pub fn stringify<T: Serialize>(value: &T) -> Option<String> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()?;
    js_sys::JSON::stringify(&value).ok()?.as_string()
}

/// Where there is no browser, in unit tests, a library does the same.
#[cfg(not(target_arch = "wasm32"))]
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Where there is no browser, in unit tests, a library does the same.
#[cfg(not(target_arch = "wasm32"))]
pub fn stringify<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}
