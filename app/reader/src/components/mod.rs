//! What the app shows over the page; each component's style stands beside it.

pub mod dialog;
pub mod notices;
pub mod preview;
pub mod quiz;
pub mod search;
pub mod settings;
pub mod zoom;
