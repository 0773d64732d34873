//! Requests to the whole server, without a socket.

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use bytes::Bytes;
use tokio_stream::StreamExt;
use tower::ServiceExt;

use super::*;
use crate::compress::Coding;
use crate::compress::tests::undo;
use crate::output::{File, Output};

fn page(word: &str) -> String {
    format!("<p>{word}</p>\n").repeat(100)
}

fn output() -> Output {
    let mut output = Output::default();
    for (path, content) in [
        ("index.html", page("home")),
        ("ch01.html", page("one")),
        ("guide/index.html", page("guide")),
        ("a b/é.html", page("accents")),
        ("data.bin", "0123456789".to_owned()),
        ("empty.txt", String::new()),
        ("lectern/reader-1f00ab12cd34.js", page("reader")),
        ("404.html", page("lost")),
    ] {
        assert!(output.add(path, File::from(content)));
    }
    output
}

fn router(options: Options) -> Router {
    app(AppState::new(output(), "first", options))
}

fn under(base: &str) -> Options {
    Options { base: base.parse().unwrap(), live: true }
}

async fn send(router: &Router, method: &str, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn get(path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    send(&router(Options::default()), "GET", path, headers).await
}

async fn body(response: Response<Body>) -> Bytes {
    to_bytes(response.into_body(), usize::MAX).await.unwrap()
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_page_comes_with_its_headers() {
    let response = get("/ch01.html", &[]).await;
    assert_eq!(response.status(), StatusCode::OK);
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-cache"),
        ("vary", "Accept-Encoding"),
        ("accept-ranges", "bytes"),
        ("content-encoding", ""),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
    ] {
        assert_eq!(header(&response, name), value, "{name}");
    }
    assert_eq!(body(response).await, page("one"));
}

#[tokio::test]
async fn a_hashed_file_holds_forever() {
    let response = get("/lectern/reader-1f00ab12cd34.js", &[]).await;
    assert_eq!(header(&response, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header(&response, "content-type"), "text/javascript; charset=utf-8");
}

#[tokio::test]
async fn folders_lead_to_their_index() {
    assert_eq!(body(get("/", &[]).await).await, page("home"));
    assert_eq!(body(get("/guide/", &[]).await).await, page("guide"));
    let response = get("/guide?q=1", &[]).await;
    assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(header(&response, "location"), "/guide/?q=1");
    assert_eq!(header(&response, "cache-control"), "no-cache");
}

#[tokio::test]
async fn a_page_comes_in_the_coding_that_the_browser_likes_best() {
    for (accept, coding) in [
        ("gzip, deflate, br", Some(Coding::Brotli)),
        ("gzip", Some(Coding::Gzip)),
        ("br;q=0.1, gzip;q=0.2", Some(Coding::Gzip)),
        ("identity", None),
    ] {
        let response = get("/ch01.html", &[("accept-encoding", accept)]).await;
        assert_eq!(header(&response, "content-encoding"), coding.map_or("", Coding::name), "{accept}");
        assert_eq!(header(&response, "vary"), "Accept-Encoding");
        let sent = body(response).await;
        let plain = coding.map_or_else(|| sent.to_vec(), |coding| undo(&sent, coding));
        assert_eq!(plain, page("one").as_bytes(), "{accept}");
    }
    let tiny = get("/data.bin", &[("accept-encoding", "br")]).await;
    assert_eq!(header(&tiny, "content-encoding"), "");
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again() {
    let router = router(Options::default());
    let accept = ("accept-encoding", "br");
    let brotli = send(&router, "GET", "/ch01.html", &[accept]).await;
    let tag = header(&brotli, "etag").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() > 20, "{tag}");

    let response = send(&router, "GET", "/ch01.html", &[accept, ("if-none-match", &tag)]).await;
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(header(&response, "etag"), tag);
    assert_eq!(header(&response, "vary"), "Accept-Encoding");
    assert_eq!(header(&response, "cache-control"), "no-cache");
    assert!(body(response).await.is_empty());

    // The same file in another coding is other bytes.
    let plain = send(&router, "GET", "/ch01.html", &[("if-none-match", &tag)]).await;
    assert_eq!(plain.status(), StatusCode::OK);
    assert_ne!(header(&plain, "etag"), tag);
}

#[tokio::test]
async fn a_part_of_a_file_is_sent() {
    // Parts are of the plain file even for a browser that likes brotli.
    let response = get("/data.bin", &[("range", "bytes=2-4"), ("accept-encoding", "br")]).await;
    assert_eq!(response.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(header(&response, "content-range"), "bytes 2-4/10");
    assert_eq!(header(&response, "content-encoding"), "");
    let tag = header(&response, "etag").to_owned();
    assert_eq!(body(response).await, "234");

    let page_part = get("/ch01.html", &[("range", "bytes=-6"), ("accept-encoding", "br")]).await;
    assert_eq!(body(page_part).await, "e</p>\n");

    let outside = get("/data.bin", &[("range", "bytes=10-")]).await;
    assert_eq!(outside.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(header(&outside, "content-range"), "bytes */10");

    let several = get("/data.bin", &[("range", "bytes=0-1,4-5")]).await;
    assert_eq!(several.status(), StatusCode::OK);

    let same = get("/data.bin", &[("range", "bytes=0-0"), ("if-range", &tag)]).await;
    assert_eq!(same.status(), StatusCode::PARTIAL_CONTENT);
    let changed = get("/data.bin", &[("range", "bytes=0-0"), ("if-range", "\"other\"")]).await;
    assert_eq!(changed.status(), StatusCode::OK);
    assert_eq!(body(changed).await, "0123456789");
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let router = router(Options::default());
    let response = send(&router, "HEAD", "/data.bin", &[("range", "bytes=2-4")]).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(header(&response, "content-length"), "10");
    assert!(body(response).await.is_empty());
}

#[tokio::test]
async fn other_methods_are_refused() {
    let router = router(Options::default());
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let response = send(&router, method, "/ch01.html", &[]).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(header(&response, "allow"), "GET,HEAD");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let response = get("/empty.txt", &[("accept-encoding", "br, gzip")]).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(body(response).await.is_empty());
}

#[tokio::test]
async fn an_unknown_address_gets_the_books_own_page() {
    for path in ["/ch99.html", "/ch01.html/", "/guide/x", "/GUIDE/", "/lectern/", "/lectern/live"] {
        let response = get(path, &[("accept-encoding", "br")]).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(header(&response, "cache-control"), "no-cache");
        assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8");
        assert_eq!(header(&response, "etag"), "");
        assert_eq!(undo(&body(response).await, Coding::Brotli), page("lost").as_bytes());
    }
    let bare = app(AppState::new(Output::default(), "none", Options::default()));
    let response = send(&bare, "GET", "/", &[]).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nothing_outside_the_site_is_reached() {
    for path in [
        "/../Cargo.toml",
        "/..%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "/guide/../ch01.html",
        "/guide/%2e%2e/ch01.html",
        "/guide%5c..%5cch01.html",
        "/ch01.html%00",
        "//ch01.html",
        "//evil.example/guide",
        "/./ch01.html",
        "/guide%2findex.html",
        "/etc/passwd",
    ] {
        assert_eq!(get(path, &[]).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn names_are_percent_decoded_once() {
    assert_eq!(body(get("/a%20b/%C3%A9.html", &[]).await).await, page("accents"));
    assert_eq!(get("/a%2520b/%C3%A9.html", &[]).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(body(get("/%63h01.html", &[]).await).await, page("one"));
}

#[tokio::test]
async fn a_base_path_comes_before_everything() {
    let router = router(under("/book/"));
    let home = send(&router, "GET", "/book/", &[]).await;
    assert_eq!(body(home).await, page("home"));
    let response = send(&router, "GET", "/book?x", &[]).await;
    assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(header(&response, "location"), "/book/?x");
    let response = send(&router, "GET", "/book/guide", &[]).await;
    assert_eq!(header(&response, "location"), "/book/guide/");
    for path in ["/", "/ch01.html", "/lectern/live", "/bookish/", "/book/../ch01.html"] {
        assert_eq!(send(&router, "GET", path, &[]).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let live = send(&router, "GET", "/book/lectern/live", &[]).await;
    assert_eq!(header(&live, "content-type"), "text/event-stream");
}

#[tokio::test]
async fn a_new_edition_is_served_at_once() {
    let state = AppState::new(output(), "first", Options::default());
    let router = app(state.clone());
    let before = send(&router, "GET", "/ch01.html", &[]).await;
    let tag = header(&before, "etag").to_owned();
    let mut next = output();
    next.add("ch01.html", File::from(page("two")));
    next.files.remove("data.bin");
    state.replace(next, "second");

    // An answer that began before ends as it began.
    assert_eq!(body(before).await, page("one"));
    let after = send(&router, "GET", "/ch01.html", &[("if-none-match", &tag)]).await;
    assert_eq!(after.status(), StatusCode::OK);
    assert_eq!(body(after).await, page("two"));
    assert_eq!(send(&router, "GET", "/data.bin", &[]).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(start_paused = true)]
async fn pages_hear_of_new_editions() {
    let state = AppState::new(output(), "first", Options { live: true, ..Options::default() });
    let response = send(&app(state.clone()), "GET", "/lectern/live", &[]).await;
    assert_eq!(header(&response, "content-type"), "text/event-stream");
    assert_eq!(header(&response, "cache-control"), "no-cache");
    assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    let mut chunks = response.into_body().into_data_stream();
    let event = |name: &str| format!("event: edition\nretry: 1000\ndata: {name}\n\n");

    assert_eq!(chunks.next().await.unwrap().unwrap(), event("first"));
    state.replace(output(), "sec\r\nond");
    assert_eq!(chunks.next().await.unwrap().unwrap(), event("second"));

    let quiet_since = tokio::time::Instant::now();
    assert_eq!(chunks.next().await.unwrap().unwrap(), ":\n\n");
    assert_eq!(quiet_since.elapsed().as_secs(), 15);

    state.close();
    assert!(chunks.next().await.is_none());
}
