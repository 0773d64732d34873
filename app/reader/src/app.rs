//! The app: what is shown now, and the components that show it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, HtmlLinkElement, KeyboardEvent, Url};

use crate::components::notices::{Notice, Notices};
use crate::components::preview::Preview;
use crate::components::quiz;
use crate::components::search::SearchPanel;
use crate::components::settings::SettingsPanel;
use crate::components::zoom::Zoom;
use crate::library::Library;
use crate::page_data::PageData;
use crate::route::Route;
use crate::settings::Settings;
use crate::{
    chapter, code_tools, contents, dom, fonts, history, live, outline, position, settings, storage, words,
};

/// A panel over the page; one at most is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// How the text looks.
    Settings,
    /// The search.
    Search,
    /// An enlarged figure.
    Zoom,
}

/// The state of the app and what changes it.
pub struct App {
    /// The book.
    pub library: Rc<Library>,
    /// Address of this module's JavaScript.
    pub script: String,
    /// How the text looks.
    pub settings: RwSignal<Settings>,
    /// The open panel.
    pub panel: RwSignal<Option<Panel>>,
    /// Messages to the reader.
    pub notices: RwSignal<Vec<Notice>>,
    /// What a screen reader is told.
    pub announcement: RwSignal<String>,
    /// Pages read to the end.
    pub read: RefCell<Vec<String>>,
    address: RefCell<String>,
    ticket: Cell<u32>,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<App>>> = const { RefCell::new(None) };
}

/// The mounted app. Components ask for it in handlers, since what a view holds must be free of `Rc`.
pub fn current() -> Option<Rc<App>> {
    CURRENT.with_borrow(Clone::clone)
}

/// Mounts the app over the page that is there.
pub fn mount(script: &str) {
    let Some(page) = PageData::read() else { return };
    words::set_language(&dom::html().map(|html| html.lang()).unwrap_or_default());
    let script = script.to_owned();
    spawn_local(async move {
        let here = dom::window().location().href().unwrap_or_default();
        let Ok(root) = Url::new_with_base(if page.root.is_empty() { "./" } else { &page.root }, &here) else {
            return;
        };
        let (root, root_path) = (root.href(), root.pathname());
        let style = format!("{root}{}", page.style);
        match Library::open(page, root, root_path).await {
            Ok(library) => {
                add_style(&style);
                attach(Rc::new(library), script);
            }
            // Without its contents the page is still the plain website it was.
            Err(problem) => leptos::logging::error!("the app did not start: {problem}"),
        }
    });
}

fn add_style(address: &str) {
    let document = dom::document();
    if let (Ok(link), Some(head)) = (document.create_element("link"), document.head()) {
        let link: HtmlLinkElement = link.unchecked_into();
        link.set_rel("stylesheet");
        link.set_href(address);
        let _ = head.append_child(&link);
    }
}

/// The browser asks for the icon again when the address changes; a relative one would be sought in the wrong folder.
fn keep_icon() {
    let icon = dom::document().query_selector("link[rel~='icon']").ok().flatten();
    if let Some(link) = icon.and_then(|icon| icon.dyn_into::<HtmlLinkElement>().ok()) {
        link.set_href(&link.href());
    }
}

fn attach(library: Rc<Library>, script: String) {
    let Some(body) = dom::document().body() else { return };
    let Ok(host) = dom::document().create_element("div") else { return };
    host.set_id("panels");
    let _ = body.append_child(&host);

    let address = library.page.address.clone();
    let handle = leptos::mount::mount_to(host.unchecked_into::<HtmlElement>(), move || {
        let (stored, problem) = match storage::load::<Settings>(settings::KEY) {
            Ok(stored) => (stored.unwrap_or_default(), None),
            Err(problem) => (Settings::default(), Some(problem)),
        };
        let app = Rc::new(App {
            library,
            script,
            settings: RwSignal::new(stored),
            panel: RwSignal::new(None),
            notices: RwSignal::new(Vec::new()),
            announcement: RwSignal::new(String::new()),
            read: RefCell::default(),
            address: RefCell::new(address),
            ticket: Cell::new(0),
        });
        CURRENT.set(Some(Rc::clone(&app)));
        if let Some(problem) = problem {
            app.storage_problem(problem);
        }
        let announcement = app.announcement;
        let (settings, panel, notices) = (app.settings, app.panel, app.notices);
        view! {
            <div class="visually-hidden" role="status" aria-live="polite">{move || announcement.get()}</div>
            <SettingsPanel settings panel/>
            <SearchPanel panel/>
            <Zoom panel/>
            <Notices notices/>
            <Preview/>
        }
    });
    handle.forget();
    if let Some(app) = current() {
        wire(&app);
    }
}

/// Connects the app with the page that is there.
fn wire(app: &Rc<App>) {
    keep_icon();
    fonts::attach();
    contents::attach(app);
    code_tools::attach();
    quiz::attach();
    quiz::adopt(app);
    outline::attach();
    history::attach(app);
    position::attach(app);
    live::attach(app);
    attach_buttons(app);
    let needs_math =
        dom::main_element().is_some_and(|main| main.query_selector(".math, .katex").ok().flatten().is_some());
    chapter::enhance(app, needs_math);
    chapter::fetch_neighbours(app);
    // Without the app, a place that has moved is where the page begins.
    if let Some(target) =
        app.route_of(&dom::window().location().href().unwrap_or_default()).and_then(|here| app.moved(&here))
    {
        let _ = dom::window().location().replace(&target);
    }
    if let Some(html) = dom::html() {
        let _ = html.set_attribute("data-mounted", "");
        if let Some(pending) = html.get_attribute("data-pending") {
            let _ = html.remove_attribute("data-pending");
            app.press(&pending);
        }
    }
}

fn attach_buttons(app: &Rc<App>) {
    for id in ["search", "settings"] {
        let app = Rc::clone(app);
        if let Some(button) = dom::by_id(id) {
            dom::on(&button, "click", move |_: web_sys::MouseEvent| app.press(id));
        }
    }
    let app = Rc::clone(app);
    dom::on(&dom::document(), "keydown", move |event: KeyboardEvent| app.key(&event));
}

impl App {
    /// Address of the page shown.
    pub fn address(&self) -> String {
        self.address.borrow().clone()
    }

    /// Sets the address of the page shown.
    pub fn set_address(&self, address: &str) {
        address.clone_into(&mut self.address.borrow_mut());
    }

    /// The page of the book that `href` (absolute) leads to, redirects followed.
    pub fn route_of(&self, href: &str) -> Option<Route> {
        let url = Url::new(href).ok()?;
        if url.origin() != dom::window().location().origin().ok()? {
            return None;
        }
        let route = Route::parse(&self.library.root_path, &url.pathname(), &url.hash())?;
        self.library.entry(&route.address)?;
        Some(route)
    }

    /// Where the place that `route` names has moved to, if the book says so (`[output.html.redirect]` with a `#`).
    pub fn moved(&self, route: &Route) -> Option<String> {
        if route.fragment.is_empty() {
            return None;
        }
        let key = format!("{}#{}", route.address, route.fragment);
        let target = self.library.contents.redirects.get(&key)?;
        let page = Route { address: route.address.clone(), fragment: String::new() };
        Some(Url::new_with_base(target, &self.url_of(&page)).ok()?.href())
    }

    /// The absolute address of `route`.
    pub fn url_of(&self, route: &Route) -> String {
        let address = js_sys::encode_uri(&route.address);
        let mut url = format!("{}{address}", self.library.root);
        if !route.fragment.is_empty() {
            url.push('#');
            url.push_str(&String::from(js_sys::encode_uri_component(&route.fragment)));
        }
        url
    }

    /// The path of a chapter's source for an edit link.
    pub fn source_path(&self, source: &str) -> String {
        book::path::join(&self.library.contents.source_folder, source)
    }

    /// A ticket that is current until the next one is taken.
    pub fn take_ticket(&self) -> u32 {
        self.ticket.set(self.ticket.get().wrapping_add(1));
        self.ticket.get()
    }

    /// Whether no later ticket was taken.
    pub fn is_current(&self, ticket: u32) -> bool {
        self.ticket.get() == ticket
    }

    /// Tells a screen reader `text`.
    pub fn announce(&self, text: &str) {
        self.announcement.set(text.to_owned());
    }

    /// Shows `notice`.
    pub fn notify(&self, notice: Notice) {
        self.notices.update(|notices| {
            // The same message twice helps nobody.
            notices.retain(|other| other.text != notice.text);
            notices.push(notice);
        });
    }

    /// Tells the reader what is wrong with storage.
    pub fn storage_problem(&self, problem: storage::Problem) {
        self.notify(Notice::warning(words::say(problem.phrase())));
    }

    /// Closes whatever panel is open.
    pub fn close_panels(&self) {
        self.panel.set(None);
    }

    /// Closes the drawer with the contents.
    pub fn close_drawer(&self) {
        contents::set_drawer(false);
    }

    /// Shows or hides the contents.
    pub fn toggle_contents(&self) {
        if contents::is_drawer() {
            contents::set_drawer(!contents::drawer_open());
            return;
        }
        self.settings.update(|settings| settings.contents = !settings.contents);
        contents::say_state();
    }

    /// Does what the button with `id` does.
    pub fn press(&self, id: &str) {
        match id {
            "menu" => self.toggle_contents(),
            "search" => self.panel.set(Some(Panel::Search)),
            "settings" => self.panel.set(Some(Panel::Settings)),
            _ => {}
        }
    }

    fn key(&self, event: &KeyboardEvent) {
        let is_typing = dom::closest(event, "input, textarea, select, [contenteditable]").is_some();
        let command = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "k" if command => self.panel.set(Some(Panel::Search)),
            "/" | "s"
                if !command && !event.alt_key() && !is_typing && self.panel.get_untracked().is_none() =>
            {
                self.panel.set(Some(Panel::Search));
            }
            "Escape" if contents::drawer_open() => {
                contents::set_drawer(false);
                if let Some(menu) = dom::by_id("menu") {
                    dom::focus_quietly(&menu);
                }
                return;
            }
            "ArrowLeft" | "ArrowRight"
                if !command
                    && !event.alt_key()
                    && !event.shift_key()
                    && !is_typing
                    && self.panel.get_untracked().is_none() =>
            {
                // mdBook's keys for the previous and the next chapter; what scrolls keeps its arrows.
                if dom::closest(event, "pre, .table-wrapper, .katex-display").is_some() {
                    return;
                }
                let forward = (event.key() == "ArrowRight") != (dom::document().dir() == "rtl");
                let selector = if forward { "#pager .next" } else { "#pager .prev" };
                if let Some(link) = dom::document().query_selector(selector).ok().flatten() {
                    link.unchecked_into::<HtmlElement>().click();
                }
                return;
            }
            _ => return,
        }
        event.prevent_default();
    }
}
