//! The server: answers from a finished site in memory, which a new edition replaces in one step.
//!
//! A request passes, in this order:
//! 1. [`security`]: headers that every answer carries;
//! 2. the route table in [`app`]: live reload, else a file;
//! 3. [`location`]: the address becomes a path within the site, below the [`base`] path;
//! 4. [`site`]: the path becomes an entry, with its variants and their entity tags;
//! 5. [`encoding`], [`conditional`], [`range`], [`caching`]: which bytes to send, if any, and for how long they hold;
//! 6. [`files`]: the answer, put together.
//!
//! Nothing on disk is ever looked up for a request: what is not in the site does not exist.

mod base;
mod caching;
mod conditional;
mod encoding;
mod files;
mod live;
mod location;
mod range;
mod run;
mod security;
mod site;
mod state;

use axum::Router;
use axum::middleware::map_response;
use axum::routing::get;

pub use self::base::{Base, BaseError};
pub use self::run::run;
pub use self::state::{AppState, Options};

/// Where pages hear of new editions, from the site's root.
pub const LIVE: &str = "lectern/live";

/// Every route of the server.
pub fn app(state: AppState) -> Router {
    let mut router = Router::new();
    if state.options().live {
        router = router.route(&state.options().base.join(LIVE), get(live::stream));
    }
    router
        .fallback_service(get(files::answer).with_state(state.clone()))
        .layer(map_response(security::protect))
        .with_state(state)
}

#[cfg(test)]
mod tests;
