//! Live reload: a stream of server-sent events that names the edition at once and after every build.
//!
//! A page compares the name with its own and reloads when they differ, so that it also notices an edition that
//! came while it was not connected.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::state::AppState;

/// Shorter than the half minute after which proxies drop a silent connection.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How long a page waits before it connects again.
const RETRY: Duration = Duration::from_secs(1);

/// `GET /lectern/live`.
pub async fn stream(State(state): State<AppState>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = WatchStream::new(state.editions())
        .take_while(|edition| !edition.last)
        .map(|edition| Ok(event(&edition.name)));
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

fn event(edition: &str) -> Event {
    // A line break would end the event.
    let name: String = edition.chars().filter(|c| !c.is_control()).collect();
    Event::default().event("edition").retry(RETRY).data(name)
}
