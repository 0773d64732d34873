//! KaTeX in a small JavaScript engine that cannot reach anything and is stopped when it takes too much.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rquickjs::{Context, Ctx, Function, Runtime};

/// A formula that takes longer never ends.
const TIME: Duration = Duration::from_secs(5);
/// Memory that the engine may use, in bytes.
const MEMORY: usize = 256 << 20;
/// Stack that scripts may use, in bytes; deeply nested formulas are nested calls.
const STACK: usize = 4 << 20;
/// Stack of a thread that runs an engine, in bytes.
pub(super) const THREAD_STACK: usize = 4 * STACK;

/// What KaTeX is asked through; results are strings, so that nothing of the engine leaves it.
const PRELUDE: &str = "var self = globalThis, console = { warn() {}, log() {}, error() {} };";
const ASK: &str = r#"
var ask = (tex, display, macros) => {
    try {
        return "=" + self.katex.renderToString(tex, {
            displayMode: display,
            macros: JSON.parse(macros),
            output: "htmlAndMathml",
            throwOnError: true,
            strict: "ignore",
            trust: false,
            maxSize: 100,
        });
    } catch (error) {
        const place = error.position === undefined ? -1 : error.position;
        return JSON.stringify([place, String(error.rawMessage || error.message || error)]);
    }
};
"#;

/// An engine with KaTeX loaded.
pub(super) struct Engine {
    context: Context,
    start: Instant,
    /// How long a script may run.
    time: Duration,
    /// Milliseconds after `start` at which the running script is stopped.
    stop_at: Arc<AtomicU64>,
}

/// Why there is no HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// KaTeX says what is wrong, and where in UTF-16 units, if it knows.
    Wrong { message: String, place: Option<usize> },
    /// It took too long or too much memory; the engine must not be used again.
    Stopped,
    /// The engine or the script does not work at all.
    Broken(String),
}

impl Engine {
    /// Loads KaTeX from its script.
    pub(super) fn new(katex: &[u8]) -> Result<Self, Refusal> {
        Self::with_time(katex, TIME)
    }

    fn with_time(katex: &[u8], time: Duration) -> Result<Self, Refusal> {
        let broken = |problem: rquickjs::Error| Refusal::Broken(problem.to_string());
        let runtime = Runtime::new().map_err(broken)?;
        runtime.set_memory_limit(MEMORY);
        runtime.set_max_stack_size(STACK);
        let start = Instant::now();
        let stop_at = Arc::new(AtomicU64::new(u64::MAX));
        let limit = Arc::clone(&stop_at);
        runtime.set_interrupt_handler(Some(Box::new(move || {
            start.elapsed().as_millis() as u64 > limit.load(Ordering::Relaxed)
        })));
        let context = Context::full(&runtime).map_err(broken)?;
        let engine = Self { context, start, time, stop_at };
        engine.allow_time();
        engine.context.with(|context| -> Result<(), Refusal> {
            for script in [PRELUDE.as_bytes(), katex, ASK.as_bytes()] {
                context
                    .eval::<(), _>(script)
                    .map_err(|problem| Refusal::Broken(describe(&context, &problem)))?;
            }
            check(&context)
        })?;
        Ok(engine)
    }

    /// HTML with MathML for a formula; `macros` is a JSON object.
    pub(super) fn typeset(&self, tex: &str, display: bool, macros: &str) -> Result<String, Refusal> {
        self.allow_time();
        let answer = self.context.with(|context| {
            let ask: Function = context.globals().get("ask")?;
            ask.call::<_, String>((tex, display, macros)).inspect_err(|_| {
                // Taken off the engine, which would otherwise carry it into the next call.
                context.catch();
            })
        });
        let answer = answer.map_err(|_| Refusal::Stopped)?;
        if let Some(html) = answer.strip_prefix('=') {
            return Ok(html.to_owned());
        }
        let (place, message): (i64, String) =
            serde_json::from_str(&answer).map_err(|problem| Refusal::Broken(problem.to_string()))?;
        if message.contains("out of memory") {
            return Err(Refusal::Stopped);
        }
        Err(Refusal::Wrong { message, place: usize::try_from(place).ok() })
    }

    /// Lets scripts run for their time from now on.
    fn allow_time(&self) {
        self.stop_at.store((self.start.elapsed() + self.time).as_millis() as u64, Ordering::Relaxed);
    }
}

/// Whether the script that was loaded is KaTeX.
fn check(context: &Ctx) -> Result<(), Refusal> {
    match context.eval::<bool, _>("typeof self.katex?.renderToString === 'function'") {
        Ok(true) => Ok(()),
        _ => Err(Refusal::Broken("the script is not KaTeX".to_owned())),
    }
}

fn describe(context: &Ctx, problem: &rquickjs::Error) -> String {
    let thrown = context.catch();
    let message = thrown.as_exception().and_then(|exception| exception.message());
    message.unwrap_or_else(|| problem.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(body: &str) -> Result<String, Refusal> {
        let script = format!("self.katex = {{ renderToString(tex) {{ {body} }} }};");
        let run =
            || Engine::with_time(script.as_bytes(), Duration::from_millis(200))?.typeset("x", false, "{}");
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(THREAD_STACK).spawn_scoped(scope, run);
            thread.unwrap().join().unwrap()
        })
    }

    #[test]
    fn scripts_that_take_too_much_are_stopped() {
        assert_eq!(outcome("for (;;) {}"), Err(Refusal::Stopped));
        assert_eq!(outcome("for (;;) { try { for (;;) {} } catch {} }"), Err(Refusal::Stopped));
        assert_eq!(
            outcome("let all = []; for (;;) all.push(new Array(1e5).fill(1));"),
            Err(Refusal::Stopped)
        );
        let deep = outcome("const deep = () => deep() + 1; return deep();");
        assert!(matches!(deep, Err(Refusal::Wrong { .. })), "{deep:?}");
    }

    #[test]
    fn the_engine_goes_on_after_a_wrong_formula() {
        let script =
            b"self.katex = { renderToString(tex) { if (tex === 'a') throw new Error('no'); return tex; } };";
        let engine = Engine::new(script).unwrap();
        let wrong = Refusal::Wrong { message: "no".to_owned(), place: None };
        assert_eq!(engine.typeset("a", false, "{}"), Err(wrong));
        assert_eq!(engine.typeset("b", false, "{}"), Ok("b".to_owned()));
    }

    #[test]
    fn a_script_that_is_not_katex_is_refused() {
        for script in ["", "1", "(", "self.katex = 1"] {
            assert!(matches!(Engine::new(script.as_bytes()), Err(Refusal::Broken(_))), "{script}");
        }
    }

    #[test]
    fn nothing_outside_can_be_reached() {
        assert_eq!(
            outcome("return [typeof require, typeof process, typeof fetch, typeof std, typeof os].join()")
                .unwrap(),
            "undefined,undefined,undefined,undefined,undefined"
        );
    }
}
