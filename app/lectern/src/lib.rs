//! The `lectern` program as a library, so that tests reach every part of it.

pub mod assets;
pub mod commands;
pub mod compress;
pub mod disk;
pub mod media;
pub mod output;
pub mod server;
pub mod site;
pub mod typeset;
pub mod watch;
pub mod write;
