//! The panel for how the text looks.

use book::phrases::Phrase;
use leptos::prelude::*;

use super::dialog::Dialog;
use crate::app::{Panel, current};
use crate::settings::{KEY, SIZES, Settings};
use crate::storage;
use crate::words::say;

/// The settings panel; also puts settings into effect and keeps them.
#[component]
pub fn SettingsPanel(
    /// The settings.
    settings: RwSignal<Settings>,
    /// The open panel.
    panel: RwSignal<Option<Panel>>,
) -> impl IntoView {
    Effect::new(move |earlier: Option<Settings>| {
        let now = settings.get();
        // The page already wears what was stored.
        if earlier.is_some_and(|earlier| earlier != now) {
            now.apply();
            crate::contents::say_state();
            if let (Err(problem), Some(app)) = (storage::save(KEY, &now), current()) {
                app.storage_problem(problem);
            }
        }
        now
    });
    // Not in the view: there a `>` would end the tag.
    let is_smallest = move || settings.get().size <= SIZES[0];
    let is_largest = move || settings.get().size >= SIZES[SIZES.len() - 1];
    let resize = move |steps| settings.update(|settings| settings.size = settings.resized(steps));
    view! {
        <Dialog panel which=Panel::Settings label=say(Phrase::Settings) class="settings">
            <header>
                <h2>{say(Phrase::Settings)}</h2>
                <button type="button" class="close" aria-label=say(Phrase::Close) on:click=move |_| panel.set(None)>"×"</button>
            </header>
            <Choice
                name="theme"
                label=Phrase::Theme
                options=&[
                    ("auto", Phrase::ThemeAuto),
                    ("light", Phrase::ThemeLight),
                    ("sepia", Phrase::ThemeSepia),
                    ("dark", Phrase::ThemeDark),
                    ("contrast", Phrase::ThemeContrast),
                ]
                value=Signal::derive(move || settings.get().theme)
                choose=move |value| settings.update(|settings| settings.theme = value)
            />
            <fieldset>
                <legend>{say(Phrase::TextSize)}</legend>
                <div class="stepper">
                    <button
                        type="button"
                        aria-label=say(Phrase::Smaller)
                        disabled=is_smallest
                        on:click=move |_| resize(-1)
                    >
                        <span class="small">"A"</span>
                    </button>
                    <output aria-live="polite">{move || format!("{} %", settings.get().size)}</output>
                    <button
                        type="button"
                        aria-label=say(Phrase::Larger)
                        disabled=is_largest
                        on:click=move |_| resize(1)
                    >
                        <span class="large">"A"</span>
                    </button>
                </div>
            </fieldset>
            <Choice
                name="width"
                label=Phrase::LineWidth
                options=&[("narrow", Phrase::Narrow), ("medium", Phrase::Medium), ("wide", Phrase::Wide)]
                value=Signal::derive(move || settings.get().width)
                choose=move |value| settings.update(|settings| settings.width = value)
            />
            <Choice
                name="typeface"
                label=Phrase::Typeface
                options=&[("serif", Phrase::Serif), ("sans", Phrase::Sans), ("system", Phrase::System)]
                value=Signal::derive(move || settings.get().typeface)
                choose=move |value| settings.update(|settings| settings.typeface = value)
            />
            <footer>
                <button
                    type="button"
                    class="quiet"
                    on:click=move |_| {
                        settings.update(|settings| *settings = Settings { contents: settings.contents, ..Settings::default() });
                    }
                >
                    {say(Phrase::Reset)}
                </button>
                <button
                    type="button"
                    class="quiet"
                    on:click=move |_| {
                        panel.set(None);
                        crate::dom::after(60, || { let _ = crate::dom::window().print(); });
                    }
                >
                    {say(Phrase::Print)}
                </button>
            </footer>
        </Dialog>
    }
}

/// One of several, as a row of radio buttons.
#[component]
fn Choice(
    /// Name of the group.
    name: &'static str,
    /// What is chosen.
    label: Phrase,
    /// Values and what they are called.
    options: &'static [(&'static str, Phrase)],
    /// The chosen value.
    value: Signal<String>,
    /// Called with a value when it is chosen.
    choose: impl Fn(String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <fieldset>
            <legend>{say(label)}</legend>
            <div class=format!("segments {name}")>
                {options
                    .iter()
                    .map(|(option, phrase)| {
                        let option = *option;
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name=name
                                    value=option
                                    prop:checked=move || value.get() == option
                                    on:change=move |_| choose(option.to_owned())
                                />
                                <span>{say(*phrase)}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}
