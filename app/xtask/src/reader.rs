//! Compiling the reader: rustc → wasm-bindgen → wasm-opt → hashed, compressed assets in `target/reader-assets`.

use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::assets::Assets;
use crate::process::{Outcome, read, step};
use crate::{npm, paths, stale, toolchain};

const TARGET: &str = "wasm32-unknown-unknown";

/// What Chromium, Firefox and Safari all accept today; naming more makes modules that some refuse.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-mutable-globals",
];

/// Builds the reader if it is older than its sources; gives the folder with its assets.
pub fn build() -> Outcome<PathBuf> {
    let folder = paths::reader();
    npm::install()?;
    let how = toolchain::Build::here(TARGET);
    let stamp = paths::target().join("reader-bound/how");
    if is_fresh(&folder) && fs::read_to_string(&stamp).is_ok_and(|last| last == how.to_string()) {
        return Ok(folder);
    }
    add_target()?;
    toolchain::compile(TARGET, how)?;
    let bound = bind(how)?;
    drop_unused_exports(&bound.join("reader_bg.wasm"))?;
    optimize(&bound.join("reader_bg.wasm"), how)?;
    assemble(&bound, &folder)?;
    let _ = fs::write(stamp, how.to_string());
    Ok(folder)
}

fn sources() -> Vec<PathBuf> {
    [
        "app/reader",
        "app/book",
        "app/xtask/src",
        "app/xtask/npm/package-lock.json",
        "style",
        "public",
        "Cargo.lock",
    ]
    .iter()
    .map(|path| paths::root().join(path))
    .collect()
}

fn is_fresh(folder: &Path) -> bool {
    let built = fs::metadata(folder.join("assets.json")).and_then(|file| file.modified()).ok();
    built.is_some() && built > stale::newest(&sources())
}

fn add_target() -> Outcome {
    let sysroot = read(std::process::Command::new("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    step(
        "adding the WebAssembly target",
        std::process::Command::new("rustup").args(["target", "add", TARGET]).current_dir(paths::root()),
    )
}

fn bind(how: toolchain::Build) -> Outcome<PathBuf> {
    let input = paths::target().join(TARGET).join("reader/reader.wasm");
    let output = paths::target().join("reader-bound");
    eprintln!("· reader: binding to JavaScript");
    let mut bindgen = Bindgen::new();
    bindgen
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .input_path(&input)
                .out_name("reader")
                .typescript(false)
                .remove_name_section(!how.names)
                .remove_producers_section(true)
                .omit_default_module_path(true)
                .generate(&output)
        })
        .map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    Ok(output)
}

/// What starts a name that the libraries export and nobody here calls: streams of requests and answers.
const UNUSED_EXPORTS: [&str; 2] = ["intounderlying", "__wbg_intounderlying"];

/// Takes exports away, so that what is only reachable through them can go too.
fn drop_unused_exports(wasm: &Path) -> Outcome {
    let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", wasm.display());
    let mut module = walrus::Module::from_file(wasm).map_err(|error| fail(&error))?;
    let unused: Vec<_> = module
        .exports
        .iter()
        .filter(|export| UNUSED_EXPORTS.iter().any(|prefix| export.name.starts_with(prefix)))
        .map(walrus::Export::id)
        .collect();
    for export in unused {
        module.exports.delete(export);
    }
    module.emit_wasm_file(wasm).map_err(|error| fail(&error))
}

fn optimize(wasm: &Path, how: toolchain::Build) -> Outcome {
    step(
        "reader: wasm-opt -Oz",
        npm::program("wasm-opt")
            // Nothing catches a trap: with one, the app is over and the page stays.
            .args(["-Oz", "--converge", "--traps-never-happen"])
            .args(WASM_FEATURES)
            .args(how.names.then_some("--debuginfo"))
            .arg(wasm)
            .arg("-o")
            .arg(wasm),
    )
}

/// Puts everything a page may ask for under one folder, named by content hash.
fn assemble(bound: &Path, folder: &Path) -> Outcome {
    eprintln!("· reader: hashing and compressing");
    let mut assets = Assets::new(folder)?;
    let wasm = assets.add("reader.wasm", &load(&bound.join("reader_bg.wasm"))?)?;

    let glue = String::from_utf8_lossy(&load(&bound.join("reader.js"))?).into_owned();
    let start = String::from_utf8_lossy(&load(&paths::root().join("public/start.js"))?).into_owned();
    let script = format!("{glue}\n{}", start.replace("READER_WASM", &wasm));
    let script = minify(&script, "js", &["--format=esm"])?;
    assets.add("reader.js", script.as_bytes())?;

    for script in ["early.js", "redirect.js"] {
        assets.add(script, minify_file(&format!("public/{script}"))?.as_bytes())?;
    }
    for (weight, style) in [("400", "normal"), ("400", "italic"), ("600", "normal"), ("600", "italic")] {
        let name = format!("source-serif-4-latin-{weight}-{style}.woff2");
        assets.add(&name, &load(&npm::file(&format!("@fontsource/source-serif-4/files/{name}")))?)?;
    }
    for sheet in ["page.css", "app.css"] {
        let css = bundle_css(&paths::root().join("style").join(sheet))?;
        assets.add(sheet, assets.with_hashed_names(&css).as_bytes())?;
    }

    assets.add("katex.js", &load(&npm::file("katex/dist/katex.min.js"))?)?;
    let fonts = npm::file("katex/dist/fonts");
    let mut names: Vec<_> = fs::read_dir(&fonts)
        .map_err(|error| format!("{}: {error}", fonts.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".woff2"))
        .collect();
    names.sort();
    for name in names {
        assets.add(&name, &load(&fonts.join(&name))?)?;
    }
    let css = String::from_utf8_lossy(&load(&npm::file("katex/dist/katex.min.css"))?).into_owned();
    let css = assets.with_hashed_names(&only_woff2(&css).replace("url(fonts/", "url("));
    assets.add("katex.css", css.as_bytes())?;

    assets.add("icon.svg", &load(&paths::root().join("public/icon.svg"))?)?;
    assets.finish()
}

/// Drops the fallback font formats, which no browser that runs WebAssembly asks for.
fn only_woff2(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(",url(fonts/") {
        out.push_str(&rest[..at]);
        let end = rest[at + 1..].find([',', ';', '}']).map_or(rest.len(), |end| at + 1 + end);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn load(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn minify_file(path: &str) -> Outcome<String> {
    let text = String::from_utf8_lossy(&load(&paths::root().join(path))?).into_owned();
    minify(&text, "js", &[])
}

fn minify(text: &str, loader: &str, extra: &[&str]) -> Outcome<String> {
    let input = paths::target().join(format!("minify.{loader}"));
    fs::write(&input, text).map_err(|error| format!("{}: {error}", input.display()))?;
    read(npm::program("esbuild").args(["--minify", "--log-level=error"]).args(extra).arg(&input))
}

fn bundle_css(sheet: &Path) -> Outcome<String> {
    read(
        npm::program("esbuild")
            .args(["--bundle", "--minify", "--log-level=error", "--external:*.woff2"])
            .arg(sheet),
    )
    .map_err(|error| format!("{}: {error}", sheet.display()))
}
