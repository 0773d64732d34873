//! Links by reference: definitions that an admonition sees around it, and references that lead nowhere.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{BrokenLink, BrokenLinkCallback, CowStr, LinkType, RefDefs};

/// What markdown inside markdown can refer to.
#[derive(Default)]
pub(super) struct Definitions {
    /// Label in lower case → address and title.
    links: BTreeMap<String, (String, String)>,
    /// Names of footnotes.
    notes: BTreeSet<String>,
}

/// Answers for references that the markdown at hand does not define.
pub(super) struct References<'d> {
    /// What is defined around it.
    pub around: &'d Definitions,
    /// Offsets and labels of references that nothing defines.
    pub undefined: &'d RefCell<Vec<(usize, String)>>,
}

impl<'e> BrokenLinkCallback<'e> for References<'e> {
    fn handle_broken_link(&mut self, link: BrokenLink<'e>) -> Option<(CowStr<'e>, CowStr<'e>)> {
        let label = link.reference.to_lowercase();
        if let Some((target, title)) = self.around.links.get(&label) {
            return Some((target.as_str().into(), title.as_str().into()));
        }
        // `[x]` alone is as often plain text.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            self.undefined.borrow_mut().push((link.span.start, link.reference.to_string()));
        }
        None
    }
}

impl Definitions {
    /// Those of the markdown at hand, and those around it.
    pub(super) fn visible(links: &RefDefs<'_>, notes: &BTreeSet<String>, around: &Self) -> Self {
        let mut all = Self { links: around.links.clone(), notes: &around.notes | notes };
        all.links.extend(links.iter().map(|(label, definition)| {
            let title = definition.title.as_deref().unwrap_or_default().to_owned();
            (label.to_lowercase(), (definition.dest.to_string(), title))
        }));
        all
    }

    /// Stand-ins for footnotes that `markdown` refers to and that are defined around it: the parser takes a
    /// reference for one only where it sees a definition. They go before the text.
    pub(super) fn stand_ins(&self, markdown: &str, own: &BTreeSet<String>) -> String {
        let mut lines = String::new();
        for name in self.notes.difference(own) {
            if markdown.contains(&format!("[^{name}]")) {
                lines.push_str(&format!("[^{name}]: .\n\n"));
            }
        }
        if !lines.is_empty() {
            // So that an indented line that follows is no part of the last of them.
            lines.push_str("<!-- -->\n\n");
        }
        lines
    }
}

/// Names of the footnotes that `markdown` seems to define.
pub(super) fn notes(markdown: &str) -> BTreeSet<String> {
    let name = |line: &str| {
        let rest = line.trim_start_matches([' ', '\t', '>']).strip_prefix("[^")?;
        let (name, _) = rest.split_once("]:")?;
        (!name.contains(']')).then(|| name.to_owned())
    };
    // Most chapters have none, and need no second look.
    if markdown.contains("[^") { markdown.lines().filter_map(name).collect() } else { BTreeSet::new() }
}
