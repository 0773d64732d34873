//! Answers a request for a file: finds it, picks its variant, and sends all, part or none of it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName,
    IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use super::location::{Location, locate};
use super::range::{Part, part};
use super::site::{Entry, Site, Variant};
use super::state::AppState;
use super::{caching, conditional, encoding};
use crate::media;

/// `GET` and `HEAD` of any address that is no route.
pub async fn answer(State(state): State<AppState>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let site = state.current().site;
    let path = match locate(&state.options().base, uri.path()) {
        Location::Path(path) => path,
        Location::BaseWithoutSlash => return with_slash(&uri),
        Location::Nowhere => return missing(&site, &headers).await,
    };
    if path.is_empty() || path.ends_with('/') {
        return match site.get(&format!("{path}index.html")) {
            Some(entry) => found(entry, &method, &headers).await,
            None => missing(&site, &headers).await,
        };
    }
    match site.get(&path) {
        Some(entry) => found(entry, &method, &headers).await,
        None if site.get(&format!("{path}/index.html")).is_some() => with_slash(&uri),
        None => missing(&site, &headers).await,
    }
}

/// A folder's links are relative to it, so that its address must end in a slash.
fn with_slash(uri: &Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let to = format!("{}/{query}", uri.path());
    (StatusCode::PERMANENT_REDIRECT, [(LOCATION, to), (CACHE_CONTROL, caching::ASK.to_owned())])
        .into_response()
}

async fn found(entry: &Arc<Entry>, method: &Method, headers: &HeaderMap) -> Response {
    // Parts are parts of the plain file; a range means something to GET alone.
    let range = text(headers, &RANGE).filter(|_| method == Method::GET);
    let variant = match range {
        Some(_) => entry.plain().clone(),
        None => entry.variant(&encoding::accepted(headers)).await,
    };
    let has_it = |given| conditional::none_match_names(given, &variant.tag);
    if text(headers, &IF_NONE_MATCH).is_some_and(has_it) {
        return entity(StatusCode::NOT_MODIFIED, entry, &variant, Bytes::new());
    }
    let same = |given| conditional::if_range_names(given, &variant.tag);
    let range = range.filter(|_| text(headers, &IF_RANGE).is_none_or(same));
    let length = variant.bytes.len();
    match range.map_or(Part::Whole, |range| part(range, length)) {
        Part::Whole => entity(StatusCode::OK, entry, &variant, variant.bytes.clone()),
        Part::Bytes(bytes) => {
            let position = format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1);
            let body = variant.bytes.slice(bytes);
            let mut response = entity(StatusCode::PARTIAL_CONTENT, entry, &variant, body);
            set(&mut response, CONTENT_RANGE, &position);
            response
        }
        Part::Outside => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            set(&mut response, CONTENT_RANGE, &format!("bytes */{length}"));
            set(&mut response, CACHE_CONTROL, caching::ASK);
            response
        }
    }
}

/// The site's own page for addresses that lead nowhere.
async fn missing(site: &Site, headers: &HeaderMap) -> Response {
    let Some(entry) = site.get("404.html") else {
        return (StatusCode::NOT_FOUND, [(CACHE_CONTROL, caching::ASK)], "404 Not Found\n").into_response();
    };
    let variant = entry.variant(&encoding::accepted(headers)).await;
    let mut response = entity(StatusCode::NOT_FOUND, entry, &variant, variant.bytes.clone());
    // Another page may come to this address, or this page to another.
    response.headers_mut().remove(ETAG);
    response.headers_mut().remove(ACCEPT_RANGES);
    response
}

/// An answer about `variant` of `entry`, with `body` from it.
fn entity(status: StatusCode, entry: &Entry, variant: &Variant, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    set(&mut response, ETAG, &variant.tag);
    set(&mut response, CACHE_CONTROL, caching::cache_control(entry.path()));
    set(&mut response, VARY, "Accept-Encoding");
    if status == StatusCode::NOT_MODIFIED {
        return response;
    }
    set(&mut response, CONTENT_TYPE, media::content_type(entry.path()));
    match variant.coding {
        Some(coding) => set(&mut response, CONTENT_ENCODING, coding.name()),
        None => set(&mut response, ACCEPT_RANGES, "bytes"),
    }
    response
}

/// Sets a header whose value is made of visible characters, as all of ours are.
fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
