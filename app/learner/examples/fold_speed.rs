//! How long 50,000 events take: `cargo run --release -p learner --example fold_speed [FILE]`; writes them to FILE,
//! for a measurement in a browser.

use std::time::Instant;

use learner::day::{DAY, Millis};
use learner::{Action, Answer, Event, EventId, Grade, Learner, Log, MarkChange, Moment, NewMark, file};

const EVENTS: u32 = 50_000;
const QUESTIONS: u32 = 2_000;
const PAGES: u32 = 120;
const START: Millis = 1_740_000_000_000;

/// Two years of a diligent reader with two devices: mostly answers and reviews.
fn events() -> Vec<Event> {
    let step = 2 * 365 * DAY / Millis::from(EVENTS);
    let mut seed = 1u32;
    let mut luck = move |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % below
    };
    (1..=EVENTS)
        .map(|number| {
            let page = format!("ch{:02}-chapter.html", luck(PAGES));
            let question = format!("ch{:02}-quiz/question-{}", luck(PAGES), luck(QUESTIONS) % 17);
            let action = match luck(20) {
                0..3 => Action::Opened { page },
                3..7 => Action::Read { page, ms: u64::from(luck(600_000)), end: luck(3) == 0 },
                7..12 => Action::Answered(Answer {
                    question,
                    right: luck(4) > 0,
                    ms: luck(60_000),
                    given: "0,2".into(),
                    section: format!("{page}#section"),
                    objective: format!("objective-{}", luck(300)),
                    ..Answer::default()
                }),
                12..18 => Action::Reviewed {
                    card: question,
                    grade: Grade::from_number(i64::from(1 + luck(4))).unwrap_or(Grade::Good),
                    ms: luck(60_000),
                },
                18 => Action::Marked(Box::new(NewMark { page, note: "a note".into(), ..NewMark::default() })),
                _ => Action::Edited {
                    mark: EventId { device: 1, counter: luck(number) + 1 },
                    change: Box::new(MarkChange {
                        note: Some("a better note".into()),
                        ..MarkChange::default()
                    }),
                },
            };
            let id = EventId { device: u64::from(number % 2) + 1, counter: number.div_ceil(2) };
            Event::new(id, Moment { at: START + Millis::from(number) * step, offset: 60 }, action)
        })
        .collect()
}

/// Best of several, in milliseconds.
fn time<T>(what: &str, mut run: impl FnMut() -> T) -> T {
    let mut best = f64::MAX;
    let mut result = None;
    for _ in 0..15 {
        let start = Instant::now();
        result = Some(run());
        best = best.min(start.elapsed().as_secs_f64() * 1e3);
    }
    println!("{what:<28} {best:8.2} ms");
    result.unwrap_or_else(run)
}

fn main() {
    let log = Log::new(events());
    let now = Moment { at: START + 2 * 365 * DAY, offset: 60 };
    println!("{} events", log.events().len());
    let text = time("export", || file::export(&log, "book"));
    println!("{:<28} {:8.2} MB", "as text", text.len() as f64 / 1e6);
    if let Some(path) = std::env::args().nth(1)
        && let Err(error) = std::fs::write(&path, &text)
    {
        eprintln!("{path}: {error}");
    }
    time("import", || file::import(&text).map_or(0, |(events, _)| events.len()));
    let learner = time("fold", || Learner::fold(&log, now.at));
    let next = Event::new(log.next_id(1), now, Action::Opened { page: "ch01-chapter.html".into() });
    let mut grown = learner.clone();
    let start = Instant::now();
    let added = grown.push(&next, now.at);
    println!("{:<28} {:8.2} ms ({added})", "push one", start.elapsed().as_secs_f64() * 1e3);
    time("queue", || learner.queue(now, &[]).now.len());
    time("forecast", || learner.forecast(now, 30).len());
    time("report", || learner.report(now, &[]).questions);
    let mut small = log.clone();
    let gone = small.compact(now.at);
    println!(
        "{:<28} {gone:8} events, {:.2} MB left",
        "compact drops",
        file::export(&small, "b").len() as f64 / 1e6
    );
    time("compact", || log.clone().compact(now.at));
    // A text that repeats itself is the worst case.
    let page = "The scale says how far apart two neighbouring integers are, and so on. ".repeat(1_000);
    let mark = learner::anchor::describe(&page, 35_000, 35_200);
    let edited = page.replace("apart", "off").replace("scale", "step");
    time("find a changed quote, 71 kB", || learner::anchor::find(&edited, &mark));
}
