//! Who depends on whom, as cargo has resolved it.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{process, workspace};

/// What a dependency is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Linked into the crate, or run by its build script.
    Shipped,
    /// For tests, examples and benchmarks only.
    Dev,
}

/// Crates by name, with their direct dependencies. Versions of one name fall together.
#[derive(Debug, Default)]
pub(super) struct Graph {
    members: Vec<String>,
    edges: BTreeMap<String, Vec<(String, Kind)>>,
}

impl Graph {
    /// The workspace's own crates.
    pub(super) fn members(&self) -> &[String] {
        &self.members
    }

    /// How many crates there are, ours and others'.
    pub(super) fn len(&self) -> usize {
        self.edges.len()
    }

    /// Direct dependencies of one crate.
    pub(super) fn direct(&self, name: &str) -> impl Iterator<Item = (&str, Kind)> {
        self.edges
            .get(name)
            .into_iter()
            .flatten()
            .map(|(to, kind)| (to.as_str(), *kind))
    }

    /// A shortest way from one crate to another over what is shipped, both ends included.
    pub(super) fn way(&self, from: &str, to: &str) -> Option<Vec<String>> {
        let mut came_from = BTreeMap::from([(from.to_owned(), None::<String>)]);
        let mut next = vec![from.to_owned()];
        while !next.is_empty() && !came_from.contains_key(to) {
            let mut further = Vec::new();
            for name in &next {
                for (child, kind) in self.direct(name) {
                    if kind == Kind::Shipped && !came_from.contains_key(child) {
                        came_from.insert(child.to_owned(), Some(name.clone()));
                        further.push(child.to_owned());
                    }
                }
            }
            next = further;
        }
        came_from
            .contains_key(to)
            .then(|| walk_back(&came_from, to))
    }
}

fn walk_back(came_from: &BTreeMap<String, Option<String>>, to: &str) -> Vec<String> {
    let mut way = vec![to.to_owned()];
    while let Some(Some(before)) = came_from.get(&way[way.len() - 1]) {
        way.push(before.clone());
    }
    way.reverse();
    way
}

/// Asks cargo.
pub(super) fn read() -> Result<Graph> {
    let json = process::capture(workspace::cargo()?.args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
    ]))?;
    let metadata: Metadata = serde_json::from_str(&json).context("reading cargo metadata")?;
    Ok(metadata.into_graph())
}

/// The part of `cargo metadata` that we read.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
}

#[derive(Debug, Deserialize)]
struct Package {
    id: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Debug, Deserialize)]
struct DependencyKind {
    /// `dev`, `build`, or nothing for what is linked.
    kind: Option<String>,
}

impl Metadata {
    fn into_graph(self) -> Graph {
        let names: BTreeMap<_, _> = self
            .packages
            .iter()
            .map(|package| (&package.id, &package.name))
            .collect();
        let name_of = |id: &String| {
            names
                .get(id)
                .map_or_else(|| id.clone(), |name| (*name).clone())
        };
        let members = self.workspace_members.iter().map(name_of).collect();
        let mut graph = Graph {
            members,
            edges: BTreeMap::new(),
        };
        for node in &self.resolve.nodes {
            let edges = graph.edges.entry(name_of(&node.id)).or_default();
            edges.extend(node.deps.iter().map(|to| (name_of(&to.pkg), to.kind())));
        }
        graph
    }
}

impl Dependency {
    fn kind(&self) -> Kind {
        let only_dev = self
            .dep_kinds
            .iter()
            .all(|kind| kind.kind.as_deref() == Some("dev"));
        if only_dev { Kind::Dev } else { Kind::Shipped }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A graph of members only, each with what it ships.
    pub(in crate::tidy) fn graph(edges: &[(&str, &[&str])]) -> Graph {
        let edges: BTreeMap<_, _> = edges
            .iter()
            .map(|(from, to)| {
                let to = to
                    .iter()
                    .map(|name| ((*name).to_owned(), Kind::Shipped))
                    .collect();
                ((*from).to_owned(), to)
            })
            .collect();
        Graph {
            members: edges.keys().cloned().collect(),
            edges,
        }
    }

    #[test]
    fn the_way_names_every_crate_in_between() {
        let graph = graph(&[
            ("kiosk", &["client"]),
            ("client", &["cache"]),
            ("cache", &["rusqlite"]),
        ]);
        let way = graph.way("kiosk", "rusqlite").expect("there is one");
        assert_eq!(way.join(" → "), "kiosk → client → cache → rusqlite");
        assert_eq!(graph.way("cache", "kiosk"), None);
    }

    #[test]
    fn what_only_tests_use_is_not_shipped() {
        let json = r#"{"packages": [{"id": "1", "name": "server"}, {"id": "2", "name": "client"}],
            "workspace_members": ["1"],
            "resolve": {"nodes": [{"id": "1", "deps":
                [{"pkg": "2", "dep_kinds": [{"kind": "dev", "target": null}]}]}]}}"#;
        let graph = serde_json::from_str::<Metadata>(json)
            .expect("valid metadata")
            .into_graph();
        assert_eq!(
            graph.direct("server").collect::<Vec<_>>(),
            [("client", Kind::Dev)]
        );
        assert_eq!(graph.way("server", "client"), None);
    }
}
