//! Formulas: what is kept is taken from the cache, the rest is shared among engines in threads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::cache::{Cache, hash};
use super::engine::{Engine, Refusal, THREAD_STACK};
use super::{Formula, Kind, Problem};

/// Changed when the same formula would be typeset differently with the same KaTeX.
const VERSION: &str = "1";
/// Fewer formulas than this are not worth one more engine, which takes some 20 ms to load.
const PER_ENGINE: usize = 8;

/// Typesets formulas.
pub(super) struct Math<'a> {
    katex: &'a [u8],
    cache: Option<Cache>,
    /// A JSON object.
    macros: String,
    /// Hash of all that formulas depend on beside themselves.
    edition: String,
}

/// A formula that could not be typeset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    message: String,
    /// Where, in bytes.
    place: Option<usize>,
}

type Outcome = Result<String, Failure>;

impl<'a> Math<'a> {
    pub(super) fn new(katex: &'a [u8], cache: Option<&Path>) -> Self {
        let mut math =
            Self { katex, cache: cache.map(Cache::new), macros: String::new(), edition: String::new() };
        math.set_macros(&BTreeMap::new());
        math
    }

    pub(super) fn set_macros(&mut self, macros: &BTreeMap<String, String>) {
        // A map of strings always is JSON.
        self.macros = serde_json::to_string(macros).unwrap_or_else(|_| "{}".to_owned());
        self.edition = hash(&[VERSION.as_bytes(), self.katex, self.macros.as_bytes()]);
    }

    /// Typesets each formula once, in the order given.
    pub(super) fn typeset<'f>(&self, formulas: &'f [Formula]) -> Vec<(&'f Formula, Outcome)> {
        let mut seen = BTreeSet::new();
        let formulas: Vec<&Formula> = formulas.iter().filter(|formula| seen.insert(*formula)).collect();
        let mut outcomes: Vec<Option<Outcome>> =
            formulas.iter().map(|formula| Some(Ok(self.cache.as_ref()?.get(&self.key(formula))?))).collect();
        let missing: Vec<usize> = (0..formulas.len()).filter(|&at| outcomes[at].is_none()).collect();
        for (at, outcome) in self.typeset_missing(&formulas, &missing) {
            outcomes[at] = Some(outcome);
        }
        let lost = || Err(Failure { message: "no engine typeset this formula".to_owned(), place: None });
        formulas
            .into_iter()
            .zip(outcomes)
            .map(|(formula, outcome)| (formula, outcome.unwrap_or_else(lost)))
            .collect()
    }

    fn typeset_missing(&self, formulas: &[&Formula], missing: &[usize]) -> Vec<(usize, Outcome)> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let engines = cores.min(missing.len().div_ceil(PER_ENGINE));
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(missing.len()));
        let work = || {
            let mut engine = None;
            while let Some(&at) = missing.get(next.fetch_add(1, Ordering::Relaxed)) {
                let outcome = self.one(formulas[at], &mut engine);
                // Another thread's panic leaves a list that is still good.
                done.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push((at, outcome));
            }
        };
        thread::scope(|scope| {
            for _ in 0..engines {
                let builder = thread::Builder::new().name("formulas".to_owned()).stack_size(THREAD_STACK);
                // Without a thread for it the work is left to the others.
                let _ = builder.spawn_scoped(scope, work);
            }
        });
        done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Typesets a formula with `engine`, which is made when it is needed.
    fn one(&self, formula: &Formula, engine: &mut Option<Engine>) -> Outcome {
        let (tex, display) = formula;
        let loaded = match engine.take() {
            Some(engine) => Ok(engine),
            None => Engine::new(self.katex),
        };
        let result = loaded.and_then(|loaded| {
            let result = loaded.typeset(tex, *display, &self.macros);
            if !matches!(result, Err(Refusal::Stopped | Refusal::Broken(_))) {
                *engine = Some(loaded);
            }
            result
        });
        let html = result.map_err(|refusal| Failure::new(refusal, tex))?;
        if let Some(cache) = &self.cache {
            cache.put(&self.key(formula), &html);
        }
        Ok(html)
    }

    fn key(&self, (tex, display): &Formula) -> String {
        hash(&[self.edition.as_bytes(), &[u8::from(*display)], tex.as_bytes()])
    }
}

impl Failure {
    fn new(refusal: Refusal, tex: &str) -> Self {
        match refusal {
            Refusal::Wrong { message, place } => {
                Self { message, place: place.map(|units| bytes(tex, units)) }
            }
            Refusal::Stopped => Self {
                message: "it takes too long or too much memory, or nests too deeply".to_owned(),
                place: None,
            },
            Refusal::Broken(problem) => {
                Self { message: format!("KaTeX does not run: {problem}"), place: None }
            }
        }
    }

    /// The formula's source, marked from where it went wrong.
    pub(super) fn html(&self, tex: &str) -> String {
        let (good, bad) = tex.split_at(self.place.unwrap_or(0));
        let mut html = String::from("<span class=\"katex-error\" title=\"");
        escape(&self.message, &mut html);
        html.push_str("\">");
        escape(good, &mut html);
        html.push_str("<mark>");
        escape(bad, &mut html);
        html.push_str("</mark></span>");
        html
    }

    pub(super) fn problem(&self, tex: &str, display: bool) -> Problem {
        let before = &tex[..self.place.unwrap_or(0)];
        let near: String = tex[before.len()..].chars().take(24).collect();
        let near = near.trim();
        let place =
            if self.place.is_some() && !near.is_empty() { format!(" at `{near}`") } else { String::new() };
        Problem {
            kind: if display { Kind::Display } else { Kind::Inline },
            source: tex.to_owned(),
            line: before.matches('\n').count() as u32,
            message: format!("formula cannot be typeset{place}: {}", self.message.trim_end_matches('.')),
            help: "see https://katex.org/docs/supported for what KaTeX knows; a dollar that is no formula is `\\$`"
                .to_owned(),
        }
    }
}

/// The place in bytes of a place in UTF-16 units.
fn bytes(text: &str, units: usize) -> usize {
    let mut seen = 0;
    for (at, letter) in text.char_indices() {
        if seen >= units {
            return at;
        }
        seen += letter.len_utf16();
    }
    text.len()
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(letter),
        }
    }
}
