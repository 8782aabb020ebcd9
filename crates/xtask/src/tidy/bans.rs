//! The table of bans over the graph of dependencies: which room may not know what.

use super::finding::Finding;
use super::graph::Graph;

/// Whom a ban is for.
enum Rooms {
    These(&'static [&'static str]),
    /// Every crate of ours but these.
    AllBut(&'static [&'static str]),
}

/// How far a ban looks.
enum Reach {
    /// The crate's own list of dependencies, tests included.
    Own,
    /// Own, and whatever is shipped through others.
    Through,
}

/// One line of the table.
struct Ban {
    rooms: Rooms,
    reach: Reach,
    may_not: &'static [&'static str],
    because: &'static str,
}

const DATABASE: &[&str] = &["rusqlite", "libsqlite3-sys", "rusqlite_migration"];
const SCREEN: &[&str] = &["slint", "i-slint-core"];

const BANS: &[Ban] = &[
    Ban {
        rooms: Rooms::These(&["aufruf-engine"]),
        reach: Reach::Through,
        may_not: &["tokio", "axum", "rusqlite", "slint", "rand"],
        because: "the engine is pure",
    },
    Ban {
        rooms: Rooms::These(&["aufruf-engine"]),
        reach: Reach::Own,
        may_not: &["getrandom", "tracing", "reqwest", "clap", "anyhow"],
        because: "the engine is pure: no randomness, no logs, no process",
    },
    Ban {
        rooms: Rooms::These(&[
            "aufruf-kiosk",
            "aufruf-display",
            "aufruf-counter-panel",
            "aufruf-printer",
        ]),
        reach: Reach::Through,
        may_not: &["aufruf-engine", "aufruf-store", "rusqlite"],
        because: "what a device must keep is one file a record",
    },
    Ban {
        rooms: Rooms::These(&[
            "aufruf-server",
            "aufruf-printer",
            "aufruf-client",
            "aufruf-protocol",
            "aufruf-engine",
            "aufruf-store",
        ]),
        reach: Reach::Through,
        may_not: SCREEN,
        because: "they run where there is no screen",
    },
    Ban {
        rooms: Rooms::These(&["aufruf-protocol"]),
        reach: Reach::Through,
        may_not: &["aufruf-engine", "aufruf-store"],
        because: "the wire and the engine meet in the server's wire module alone",
    },
    Ban {
        rooms: Rooms::These(&["aufruf-engine", "aufruf-store"]),
        reach: Reach::Through,
        may_not: &["aufruf-protocol"],
        because: "the wire and the engine meet in the server's wire module alone",
    },
    Ban {
        rooms: Rooms::AllBut(&["aufruf-store"]),
        reach: Reach::Own,
        may_not: DATABASE,
        because: "SQL lives in server/store",
    },
    Ban {
        rooms: Rooms::AllBut(&[
            "aufruf-kiosk",
            "aufruf-display",
            "aufruf-counter-panel",
            "aufruf-ui",
        ]),
        reach: Reach::Own,
        may_not: SCREEN,
        because: "only the screens and their kit draw",
    },
];

/// `xtask` is built before anything is installed, so these are all it may use.
const XTASK_MAY: &[&str] = &["anyhow", "clap", "toml", "serde", "serde_json"];

pub(super) fn check(graph: &Graph) -> Vec<Finding> {
    BANS.iter()
        .flat_map(|ban| broken(graph, ban))
        .chain(xtask_is_lean(graph))
        .collect()
}

fn broken(graph: &Graph, ban: &Ban) -> Vec<Finding> {
    let rooms = graph
        .members()
        .iter()
        .filter(|name| ban.rooms.include(name));
    rooms
        .flat_map(|room| {
            ban.may_not
                .iter()
                .filter_map(|banned| trespass(graph, ban, room, banned))
        })
        .collect()
}

fn trespass(graph: &Graph, ban: &Ban, room: &str, banned: &str) -> Option<Finding> {
    let own = graph.direct(room).any(|(name, _)| name == banned);
    let way = match ban.reach {
        Reach::Own => None,
        Reach::Through => graph.way(room, banned),
    };
    let way = way.or_else(|| own.then(|| vec![room.to_owned(), banned.to_owned()]))?;
    Some(Finding::new(
        room,
        format!(
            "may not use {banned}: {} ({})",
            ban.because,
            way.join(" → ")
        ),
    ))
}

fn xtask_is_lean(graph: &Graph) -> Vec<Finding> {
    graph
        .direct("xtask")
        .filter(|(name, _)| !XTASK_MAY.contains(name))
        .map(|(name, _)| {
            Finding::new(
                "xtask",
                format!("may not use {name}: it is built before all is installed"),
            )
        })
        .collect()
}

impl Rooms {
    fn include(&self, name: &str) -> bool {
        match self {
            Self::These(rooms) => rooms.contains(&name),
            Self::AllBut(rooms) => !rooms.contains(&name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::graph;
    use super::*;

    #[track_caller]
    fn one_finding(edges: &[(&str, &[&str])]) -> String {
        let findings = check(&graph(edges));
        assert_eq!(findings.len(), 1, "{findings:?}");
        findings[0].to_string()
    }

    #[test]
    fn the_house_as_it_should_be_is_in_order() {
        let house: &[(&str, &[&str])] = &[
            (
                "aufruf-server",
                &["aufruf-store", "aufruf-engine", "aufruf-protocol", "tokio"],
            ),
            ("aufruf-store", &["aufruf-engine", "rusqlite"]),
            ("aufruf-engine", &["serde"]),
            ("aufruf-kiosk", &["aufruf-client", "slint"]),
            ("xtask", &["anyhow"]),
        ];
        assert_eq!(check(&graph(house)), []);
    }

    #[test]
    fn the_engine_may_not_reach_a_runtime_through_another_crate() {
        let said = one_finding(&[("aufruf-engine", &["helper"]), ("helper", &["tokio"])]);
        assert!(said.contains("aufruf-engine → helper → tokio"), "{said}");
    }

    #[test]
    fn the_engine_may_not_make_random_numbers() {
        one_finding(&[("aufruf-engine", &["getrandom"])]);
    }

    #[test]
    fn a_device_may_not_know_the_engine() {
        one_finding(&[("aufruf-kiosk", &["aufruf-engine"])]);
    }

    #[test]
    fn the_printer_may_not_draw() {
        one_finding(&[
            ("aufruf-printer", &["aufruf-ui"]),
            ("aufruf-ui", &["slint"]),
        ]);
    }

    #[test]
    fn the_wire_and_the_engine_may_not_know_each_other() {
        one_finding(&[("aufruf-protocol", &["aufruf-engine"])]);
        one_finding(&[("aufruf-engine", &["aufruf-protocol"])]);
    }

    #[test]
    fn only_the_store_may_open_the_database() {
        one_finding(&[("aufruf-tests", &["rusqlite"])]);
    }

    #[test]
    fn only_the_screens_may_draw() {
        one_finding(&[("aufruf-tests", &["slint"])]);
    }

    #[test]
    fn xtask_may_not_grow() {
        one_finding(&[("xtask", &["anyhow", "reqwest"])]);
    }
}
