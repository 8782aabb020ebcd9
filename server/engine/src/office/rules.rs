//! The rules that an office chooses, each with the value that an office without a wish gets.

use serde::{Deserialize, Serialize};

/// Rules of the whole house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HouseRules {
    /// After this many calls of a counter in a row that put a better priority or an appointment
    /// before somebody who waits longer, the one who waits longer is called. At least 1.
    pub favoured_in_a_row: u32,
    /// Across services nobody is overtaken more often than this by people who came later, at
    /// counters that could have taken them. 0: strictly by arrival. At most 5.
    pub overtaken_at_most: u32,
    /// A step can be undone for this long, in seconds.
    pub undo_within_secs: u32,
}

impl Default for HouseRules {
    fn default() -> Self {
        Self {
            favoured_in_a_row: 6,
            overtaken_at_most: 5,
            undo_within_secs: 60,
        }
    }
}

/// Rules of one queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueRules {
    /// A person who was called in vain this often is missed. The central system counts *repeated*
    /// calls instead: its figure is one less.
    pub calls_in_vain: u32,
    /// After a call in vain a person is not called again for this long, in minutes.
    pub pause_after_call_min: u32,
    /// A missed person who comes back stands behind at most this many people who came later.
    pub requeue_loss_places: u32,
    /// An appointment that comes at most this much late keeps its time, in minutes.
    pub late_grace_min: u32,
    /// A later one is put behind its time by its delay, but never by more than this, in minutes.
    pub late_loss_max_min: u32,
    /// An appointment can check in this long before its time, in minutes.
    pub check_in_early_min: u32,
    /// Whether people with an appointment report when they come.
    pub check_in: CheckInRule,
    /// Whoever waits this long goes first, whatever priority others have, in minutes.
    pub max_wait_min: u32,
    /// An appointment whose person is here can be called this long before its time while walk-ins
    /// wait, in minutes. At most 60.
    pub early_call_min: u32,
    /// A counter is held back for a named appointment for at most this long, in minutes; 0: never.
    /// At most 15.
    pub max_hold_min: u32,
    /// A visitor may leave the line for at most this long and keep the place, in minutes.
    pub pause_max_min: u32,
    /// The last ticket for a walk-in is given this long before closing, in minutes.
    pub last_ticket_before_min: u32,
    /// Walk-ins get at most this many tickets a day; none: no such limit.
    pub contingent: Option<u32>,
    /// How long after closing people who still wait are served, in minutes; then they expire. None:
    /// everybody who waits is served.
    pub overtime_min: Option<u32>,
    /// So many counters serve this queue, whatever the panels say: for an office whose clerks do
    /// not sign in. None: the open counters count.
    pub ghost_counters: Option<u32>,
}

impl Default for QueueRules {
    fn default() -> Self {
        Self {
            calls_in_vain: 1,
            pause_after_call_min: 5,
            requeue_loss_places: 5,
            late_grace_min: 5,
            late_loss_max_min: 30,
            check_in_early_min: 60,
            check_in: CheckInRule::Required,
            max_wait_min: 180,
            early_call_min: 5,
            max_hold_min: 2,
            pause_max_min: 30,
            last_ticket_before_min: 0,
            contingent: None,
            overtime_min: None,
            ghost_counters: None,
        }
    }
}

/// Whether the office knows who is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckInRule {
    /// An appointment is called only when the person has reported.
    Required,
    /// Nobody reports: an appointment is called from its time on, as in the central system.
    None,
}
