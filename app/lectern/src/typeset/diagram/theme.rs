//! The page's colours, under the names that diagrams have for them.

use mermaid_rs_renderer::{DiagramKind, LayoutConfig, Theme};

/// Colours for a kind of diagram, as variables of the page's theme.
pub(super) fn theme(kind: DiagramKind) -> Theme {
    let [paper, panel, raised, ink, muted, rule, soft, mark] =
        ["paper", "panel", "raised", "ink", "muted", "rule", "accent-soft", "mark"].map(variable);
    let series = |at: usize| variable(["fig-1", "fig-2", "fig-3", "fig-4", "fig-5", "fig-6"][at % 6]);
    let modern = Theme::modern();
    Theme {
        primary_color: raised.clone(),
        primary_text_color: ink.clone(),
        // Gantt charts make the colours of their sections from this one, so it must be a number there.
        primary_border_color: if kind == DiagramKind::Gantt { "#8fb4d9".to_owned() } else { muted.clone() },
        line_color: muted.clone(),
        secondary_color: soft.clone(),
        tertiary_color: panel.clone(),
        edge_label_background: paper.clone(),
        cluster_background: panel.clone(),
        cluster_border: rule.clone(),
        background: "none".to_owned(),
        sequence_actor_fill: raised.clone(),
        sequence_actor_border: muted.clone(),
        sequence_actor_line: rule.clone(),
        sequence_note_fill: mark.clone(),
        sequence_note_border: muted.clone(),
        sequence_activation_fill: soft,
        sequence_activation_border: muted,
        text_color: ink.clone(),
        git_colors: std::array::from_fn(series),
        git_inv_colors: std::array::from_fn(|_| paper.clone()),
        git_branch_label_colors: std::array::from_fn(|_| paper.clone()),
        git_commit_label_color: ink.clone(),
        git_commit_label_background: panel,
        git_tag_label_color: ink.clone(),
        git_tag_label_background: mark,
        git_tag_label_border: rule.clone(),
        pie_colors: std::array::from_fn(series),
        pie_title_text_size: 18.0,
        pie_title_text_color: ink.clone(),
        pie_section_text_size: 14.0,
        pie_section_text_color: paper.clone(),
        pie_legend_text_size: 14.0,
        pie_legend_text_color: ink,
        pie_stroke_color: paper,
        pie_outer_stroke_color: rule,
        pie_opacity: 1.0,
        ..modern
    }
}

/// Sizes; text is measured by a table, so that a book looks the same wherever it is built.
pub(super) fn layout() -> LayoutConfig {
    LayoutConfig { fast_text_metrics: true, ..LayoutConfig::default() }
}

fn variable(name: &str) -> String {
    format!("var(--{name})")
}
