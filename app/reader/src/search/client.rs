//! The page's side of the search worker.

use std::cell::RefCell;

use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::{Reply, Request};
use crate::app::App;
use crate::dom;

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Starts the worker, once; `receive` gets whatever it says. Gives whether there is one.
pub fn start(app: &App, receive: impl Fn(Reply) + 'static) -> bool {
    if WORKER.with_borrow(Option::is_some) {
        return true;
    }
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let Ok(worker) = Worker::new_with_options(&app.script, &options) else { return false };
    dom::on(&worker, "message", move |event: MessageEvent| {
        if let Some(reply) = Reply::of_js(&event.data()) {
            receive(reply);
        }
    });
    WORKER.set(Some(worker));
    send(&Request::Open { root: app.library.root.clone(), contents: app.library.page.contents.clone() });
    true
}

/// Tells the worker something.
pub fn send(request: &Request) {
    WORKER.with_borrow(|worker| {
        if let Some(worker) = worker {
            let _ = worker.post_message(&request.to_js());
        }
    });
}
