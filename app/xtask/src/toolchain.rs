//! The compiler for the reader: a pinned nightly that builds the standard library without panic messages.
//!
//! Those messages, their file names and the code that formats them are a tenth of what a first visit downloads, and
//! only a nightly can leave them out. Where it cannot be had, or `LECTERN_STABLE=1` asks for the messages, the toolchain
//! in use compiles the same sources.

use std::env;
use std::fmt;
use std::process::Command;

use crate::paths;
use crate::process::{Outcome, cargo, read, step};

/// Any later one will do; what it must understand is in [`small`].
const NIGHTLY: &str = "nightly-2026-05-20";

/// How the reader is built.
#[derive(Debug, Clone, Copy)]
pub struct Build {
    /// By the pinned nightly, without panic messages; `LECTERN_STABLE=1` asks for the toolchain in use.
    pub small: bool,
    /// With function names (`LECTERN_NAMES=1`), to see what its size is made of.
    pub names: bool,
}

impl Build {
    /// The smallest build for `target` that this machine can make and the environment asks for.
    pub fn here(target: &str) -> Self {
        Self {
            small: env::var_os("LECTERN_STABLE").is_none() && has_nightly(target),
            names: env::var_os("LECTERN_NAMES").is_some(),
        }
    }
}

impl fmt::Display for Build {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let toolchain = if self.small { NIGHTLY } else { "the toolchain in use" };
        write!(out, "{toolchain}{}", if self.names { ", with names" } else { "" })
    }
}

/// Compiles the reader for `target`.
pub fn compile(target: &str, how: Build) -> Outcome {
    let mut compile = if how.small { small(target) } else { cargo() };
    if !how.small {
        compile.arg("build");
    }
    compile.args(["--quiet", "--package", "reader", "--target", target, "--profile", "reader"]);
    step(&format!("reader: compiling to WebAssembly ({how})"), &mut compile)
}

/// Whether the nightly is here, after trying to bring it.
fn has_nightly(target: &str) -> bool {
    let sources = |sysroot: String| {
        let root = std::path::Path::new(sysroot.trim());
        root.join("lib/rustlib/src/rust/library").is_dir() && root.join("lib/rustlib").join(target).is_dir()
    };
    let is_here = || {
        let toolchain = format!("+{NIGHTLY}");
        read(Command::new("rustc").args([&toolchain, "--print", "sysroot"]).env("RUSTUP_AUTO_INSTALL", "0"))
            .is_ok_and(sources)
    };
    if is_here() {
        return true;
    }
    let mut install = Command::new("rustup");
    install
        .args(["toolchain", "install", NIGHTLY, "--profile", "minimal", "--component", "rust-src"])
        .args(["--target", target])
        .current_dir(paths::root());
    if let Err(why) = step("reader: bringing the compiler that makes it small", &mut install) {
        eprintln!("  {why}; the toolchain in use compiles it, about 30 kB larger");
        return false;
    }
    is_here()
}

fn small(target: &str) -> Command {
    // `cargo` here would be the one of the toolchain in use: the proxy picks by name.
    let mut command = Command::new("rustup");
    command
        .args(["run", NIGHTLY, "cargo", "build"])
        .args([
            "-Zbuild-std=std,panic_abort",
            "-Zbuild-std-features=optimize_for_size",
            "-Zpanic-immediate-abort",
        ])
        .args(["--config", "profile.reader.panic=\"immediate-abort\""])
        .env(
            format!("CARGO_TARGET_{}_RUSTFLAGS", target.to_uppercase().replace('-', "_")),
            "-Zunstable-options -Zlocation-detail=none -Zfmt-debug=none",
        )
        .current_dir(paths::root());
    for variable in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER"] {
        command.env_remove(variable);
    }
    command
}
