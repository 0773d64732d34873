//! Links by reference: definitions that an admonition sees around it, and references that lead nowhere.

use std::cell::RefCell;
use std::collections::BTreeMap;

use pulldown_cmark::{BrokenLink, BrokenLinkCallback, CowStr, LinkType, RefDefs};

/// Label in lower case → address and title.
pub(super) type Definitions = BTreeMap<String, (String, String)>;

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
        if let Some((target, title)) = self.around.get(&label) {
            return Some((target.as_str().into(), title.as_str().into()));
        }
        // `[x]` alone is as often plain text.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            self.undefined.borrow_mut().push((link.span.start, link.reference.to_string()));
        }
        None
    }
}

/// What an admonition in this markdown can refer to.
pub(super) fn visible(own: &RefDefs<'_>, around: &Definitions) -> Definitions {
    let mut all = around.clone();
    all.extend(own.iter().map(|(label, definition)| {
        let title = definition.title.as_deref().unwrap_or_default().to_owned();
        (label.to_lowercase(), (definition.dest.to_string(), title))
    }));
    all
}
