//! Headers that every answer carries to keep readers safe. To add one, add a line.

use axum::http::header::{HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::response::Response;

const HEADERS: [(HeaderName, HeaderValue); 2] = [
    // A picture that is really a script stays a picture.
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Other sites do not learn which page sent a reader.
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
];

/// `response` with [`HEADERS`]; one that a handler has set itself stays.
pub async fn protect(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}
