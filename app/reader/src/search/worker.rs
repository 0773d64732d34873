//! The search worker: reads the book as the page does, indexes it, answers queries.

use std::cell::RefCell;
use std::rc::Rc;

use book::navigation;
use book::search::{Index, documents};
use book::wire::{Contents, PackText};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::DedicatedWorkerGlobalScope;

use super::{Reply, Request, rows};
use crate::api;

thread_local! {
    static INDEX: RefCell<Option<Index>> = const { RefCell::new(None) };
}

/// Handles a message from the page.
pub fn receive(data: &JsValue) {
    let Some(request) = Request::of_js(data) else { return };
    match request {
        Request::Open { root, contents } => spawn_local(open(root, contents)),
        Request::Query { id, text, limit } => {
            let (count, rows, more) = search(&text, limit as usize);
            reply(&Reply::Results { id, count, rows, more });
        }
    }
}

fn reply(reply: &Reply) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let _ = scope.post_message(&reply.to_js());
}

async fn open(root: String, contents: String) {
    let contents = match api::contents(format!("{root}{contents}")).await {
        Ok(contents) => contents,
        Err(problem) => return reply(&Reply::Failed { why: problem.to_string() }),
    };
    INDEX.set(Some(Index::new(&contents.language)));
    let contents: Rc<Contents> = Rc::from(contents);
    // All packs are asked for at once, and indexed in the book's order as they arrive.
    let (sender, packs) = (Rc::new(RefCell::new(Vec::new())), contents.packs.len());
    for (index, pack) in contents.packs.iter().enumerate() {
        let address = format!("{root}lectern/{}", pack.file);
        let (sender, contents) = (Rc::clone(&sender), Rc::clone(&contents));
        spawn_local(async move {
            let pack = api::pack(address).await;
            sender.borrow_mut().push((index, pack));
            settle(&contents, &sender, packs);
        });
    }
    if packs == 0 {
        reply(&Reply::Progress { percent: 100 });
    }
}

type Arrived = RefCell<Vec<(usize, Result<Rc<PackText>, api::FetchError>)>>;

thread_local! {
    static NEXT_PACK: RefCell<usize> = const { RefCell::new(0) };
}

/// Indexes every pack whose turn has come.
fn settle(contents: &Contents, arrived: &Arrived, packs: usize) {
    loop {
        let next = NEXT_PACK.with_borrow(|next| *next);
        let found = arrived.borrow().iter().position(|(index, _)| *index == next);
        let Some(found) = found else { return };
        let (_, pack) = arrived.borrow_mut().swap_remove(found);
        match pack {
            Ok(pack) => add(contents, &pack, next),
            Err(problem) => reply(&Reply::Failed { why: problem.to_string() }),
        }
        NEXT_PACK.set(next + 1);
        let percent = u32::try_from((next + 1) * 100 / packs).unwrap_or(100);
        reply(&Reply::Progress { percent });
    }
}

fn add(contents: &Contents, pack: &PackText, number: usize) {
    for entry in navigation::chapters(contents).filter(|entry| entry.pack == number) {
        let Some(address) = &entry.address else { continue };
        let Some(text) = pack.chapters.iter().find(|chapter| chapter.address == *address) else { continue };
        let page = book::markdown::Page { address, ..Default::default() };
        let rendered = book::markdown::render(&text.markdown, &page, &contents.options, &());
        let parents = navigation::parents(contents, address);
        INDEX.with_borrow_mut(|index| {
            if let Some(index) = index {
                for document in documents(address, &entry.source, &entry.title, &parents, &rendered) {
                    index.add(document);
                }
            }
        });
    }
}

/// Rows that are shown at once: more than a panel has room for.
const AT_ONCE: u32 = 8;

/// How many sections answer `text`, and their rows in two parts.
fn search(text: &str, limit: usize) -> (u32, String, String) {
    INDEX.with_borrow(|index| {
        let (mut count, mut first, mut more) = (0, String::new(), String::new());
        let Some(index) = index else { return (count, first, more) };
        for hit in index.search(text, limit) {
            if let Some(document) = index.document(hit.document) {
                let out = if count < AT_ONCE { &mut first } else { &mut more };
                rows::write(count as usize, document, &hit, out);
                count += 1;
            }
        }
        (count, first, more)
    })
}
