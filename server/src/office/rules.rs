//! `[rules]` and `[queues.rules]`: the engine's own rules and defaults, with every other key refused.

use aufruf_engine as engine;
use serde::Deserialize;

/// The file's spelling of [`engine::HouseRules`]; the compiler finds a rule that is missing here.
#[derive(Deserialize)]
#[serde(
    remote = "engine::HouseRules",
    default = "engine::HouseRules::default",
    deny_unknown_fields
)]
pub(super) struct HouseRulesInFile {
    favoured_in_a_row: u32,
    overtaken_at_most: u32,
    undo_within_secs: u32,
}

/// The file's spelling of [`engine::QueueRules`]; the compiler finds a rule that is missing here.
#[derive(Deserialize)]
#[serde(
    remote = "engine::QueueRules",
    default = "engine::QueueRules::default",
    deny_unknown_fields
)]
pub(super) struct QueueRulesInFile {
    calls_in_vain: u32,
    pause_after_call_min: u32,
    requeue_loss_places: u32,
    late_grace_min: u32,
    late_loss_max_min: u32,
    check_in_early_min: u32,
    check_in: engine::CheckInRule,
    max_wait_min: u32,
    early_call_min: u32,
    max_hold_min: u32,
    pause_max_min: u32,
    last_ticket_before_min: u32,
    contingent: Option<u32>,
    overtime_min: Option<u32>,
    ghost_counters: Option<u32>,
}
