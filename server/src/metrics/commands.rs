//! How commands ended, and how long they took from their arrival to their answer.

use std::collections::BTreeMap;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::{Registry, Unit};

use super::histogram::Histogram;

/// Seconds. The budget of a command is 15 ms; a disk that stalls takes seconds.
const TIMES: [f64; 12] = [
    0.001, 0.002, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];

/// What a sender was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CommandEnd {
    Done,
    /// The engine said no, and why.
    Refused,
    /// It was sent before, and has the same answer.
    Repeated,
    /// The store could not keep it.
    Unavailable,
    /// Too many waited; it did not reach the engine.
    Busy,
}

impl CommandEnd {
    const ALL: [Self; 5] = [
        Self::Done,
        Self::Refused,
        Self::Repeated,
        Self::Unavailable,
        Self::Busy,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Repeated => "repeated",
            Self::Unavailable => "unavailable",
            Self::Busy => "busy",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    command: &'static str,
    outcome: &'static str,
}

/// All commands of one office. Cheap to clone; all clones are the same.
#[derive(Debug, Clone)]
pub(crate) struct Commands {
    by_end: Family<Labels, Counter>,
    seconds: Histogram,
}

impl Commands {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let by_end = Family::default();
        let seconds = Histogram::new(&TIMES);
        registry.register(
            "commands",
            "Commands, by name and by what their senders were told",
            by_end.clone(),
        );
        registry.register_with_unit(
            "command",
            "Time from the arrival of a command to its answer",
            Unit::Seconds,
            seconds.clone(),
        );
        Self { by_end, seconds }
    }

    /// One for which there was no room. Takes the lock that readers take: this is not the engine task's way.
    pub(crate) fn turned_away(&self, command: &'static str) {
        self.counter(command, CommandEnd::Busy).inc();
    }

    /// For the task that answers commands.
    pub(super) fn counts(&self) -> CommandCounts {
        CommandCounts {
            commands: self.clone(),
            known: BTreeMap::new(),
        }
    }

    fn counter(&self, command: &'static str, end: CommandEnd) -> Counter {
        let outcome = end.name();
        self.by_end
            .get_or_create_owned(&Labels { command, outcome })
    }
}

/// Counts answers. Owned by one task: it keeps the counters at hand, so that only the first command of a
/// name takes a lock.
#[derive(Debug)]
pub(crate) struct CommandCounts {
    commands: Commands,
    known: BTreeMap<(&'static str, CommandEnd), Counter>,
}

impl CommandCounts {
    /// A command was answered, so long after it arrived.
    pub(crate) fn answered(&mut self, command: &'static str, end: CommandEnd, took: Duration) {
        self.commands.seconds.took(took);
        if let Some(counter) = self.known.get(&(command, end)) {
            counter.inc();
            return;
        }
        // Every end at once: the first refusal is a change from nought, and no new series.
        for each in CommandEnd::ALL {
            let counter = self.commands.counter(command, each);
            if each == end {
                counter.inc();
            }
            self.known.insert((command, each), counter);
        }
    }
}

#[cfg(test)]
mod tests {
    use prometheus_client::encoding::text::encode;

    use super::*;

    #[test]
    fn a_command_for_which_there_was_no_room_is_counted_and_no_answer_is_timed() {
        let mut registry = Registry::default();
        let commands = Commands::register(&mut registry);
        let mut counts = commands.counts();
        counts.answered("recall", CommandEnd::Refused, Duration::from_millis(3));
        commands.turned_away("recall");
        let mut text = String::new();
        encode(&mut text, &registry).expect("a text takes everything");
        for line in [
            r#"commands_total{command="recall",outcome="busy"} 1"#,
            r#"commands_total{command="recall",outcome="refused"} 1"#,
            r#"commands_total{command="recall",outcome="done"} 0"#,
            "command_seconds_count 1",
        ] {
            assert!(text.lines().any(|known| known == line), "{line} in {text}");
        }
    }
}
