//! The described API, asked by a program that has read nothing but the description: schemathesis, against the real
//! server of a real office.
//!
//! It asks as a panel, as a kiosk, as an admin and as nobody; whatever is answered has to be what `/openapi.json`
//! says. Signing out is asked last: nobody is signed in behind it. So that it gets past the words that no office
//! knows, the description that it reads names the office's own counters, queues, services and some tickets.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use aufruf_protocol::latest::{OfficeInfo, Session};
use serde_json::{Value, json};

use crate::office::TestOffice;
use crate::raw_http::{ask, bearer};

/// People who have a ticket before anything is asked.
const PEOPLE: usize = 8;
/// Steps of visits, without those that leave nobody to be called.
const AT_WORK: &str =
    "/(next|call|recall|start|miss|requeue|park|resume|pick-up|transfer|note|finish|undo)$";

const SECRET: &str = "eine lange Parole";

/// What an answer is held to. Left out: that whatever fits its schema is done and whatever does not is refused. A
/// command that fits may be refused by the office's rules, and what is unknown is passed over, so that devices of
/// other versions go on working.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance,\
                      missing_required_header,unsupported_method,ignored_auth,use_after_free,\
                      allow_header_conformance";

/// How long and how.
#[derive(Debug, Clone, Copy)]
pub struct ApiRun<'a> {
    pub schemathesis: &'a Path,
    /// Requests of one route and phase.
    pub examples: u32,
    pub seed: u64,
}

/// Asks as each of them.
///
/// # Errors
/// Who was answered otherwise than described; what it was stands in the program's own output.
pub async fn described_api(run: ApiRun<'_>) -> anyhow::Result<()> {
    let mut office = TestOffice::opens().quiet().start().await?;
    office.clerk("counter-1")?.opens().await?;
    let address = office.server().address();
    let server = office.server();
    server.adds_user("ada", "admin", SECRET)?;
    let wish = format!(r#"{{"user":"ada","secret":"{SECRET}"}}"#);
    let session = ask(address, "POST /api/v1/sessions", &[], &wish).await?;
    let session = session.read::<Session>()?.token;
    let panel = office.device_token("panel-of-counter-1")?.to_owned();
    let kiosk = office.device_token("kiosk-wire")?.to_owned();
    let not_signing_out = ["--exclude-path-regex", "^/api/v1/sessions"].as_slice();
    let description = office.folder().join("openapi.json");
    let narrowed = narrowed(&office, address, &panel).await?;
    fs::write(&description, narrowed.to_string()).context("keeping the description")?;
    let turns = [
        (
            "a panel at work",
            Some(&panel),
            ["--include-path-regex", AT_WORK].as_slice(),
        ),
        ("a panel", Some(&panel), &[]),
        ("a kiosk", Some(&kiosk), &[]),
        ("nobody", None, &[]),
        ("an admin", Some(&session), not_signing_out),
        (
            "an admin who signs out",
            Some(&session),
            &["--include-path-regex", "^/api/v1/sessions"],
        ),
    ];
    let mut otherwise = Vec::new();
    for (who, token, which) in turns {
        println!("\nas {who} …");
        let mut command = asks(run, &description, address);
        if let Some(token) = token {
            command.args(["--header", &bearer(token)]);
        }
        let status = command.args(which).status();
        if !status.context("starting schemathesis")?.success() {
            otherwise.push(who);
        }
        office.must_run()?;
    }
    let done = commands_done(address).await?;
    println!("\ncommands done: {}", done.join(", "));
    office.closes().await?;
    ensure!(
        done.len() > 12,
        "most commands were never done: nothing is known of their answers"
    );
    ensure!(
        otherwise.is_empty(),
        "answered otherwise than described: {otherwise:?}"
    );
    Ok(())
}

fn asks(run: ApiRun<'_>, description: &Path, address: SocketAddr) -> Command {
    let mut command = Command::new(run.schemathesis);
    command
        .arg("run")
        .arg(description)
        .args(["--url", &format!("http://{address}")])
        .args(["--checks", CHECKS, "--warnings", "off", "--no-color"])
        .args(["--max-examples", &run.examples.to_string()])
        .args(["--seed", &run.seed.to_string()])
        .args(["--generation-database", "none", "--continue-on-failure"])
        // What a test run leaves is nothing that anybody keeps.
        .current_dir(std::env::temp_dir());
    command
}

/// The description, with the office's own keys in the place of any text.
async fn narrowed(office: &TestOffice, address: SocketAddr, panel: &str) -> anyhow::Result<Value> {
    let description = ask(address, "GET /openapi.json", &[], "").await?;
    let mut description: Value = description.read()?;
    let known = ask(address, "GET /api/v1/office", &[bearer(panel)], "").await?;
    let known: OfficeInfo = known.read()?;
    let counters: Vec<_> = known.counters.iter().map(|one| one.key.as_str()).collect();
    let queues: Vec<_> = known.queues.iter().map(|one| one.key.as_str()).collect();
    let services: Vec<_> = known.services.iter().map(|one| one.key.as_str()).collect();
    let schemas = &mut description["components"]["schemas"];
    for (name, keys) in [
        ("CounterKey", &counters),
        ("QueueKey", &queues),
        ("ServiceKey", &services),
    ] {
        ensure!(schemas[name].is_object(), "no {name} is described");
        schemas[name]["enum"] = json!(keys);
    }
    let mut tickets = Vec::new();
    for nth in 0..PEOPLE {
        let service = services[nth % services.len()];
        let taken = office.visitor()?.takes(service).await?;
        tickets.push(taken.id.to_string());
    }
    let paths = description["paths"]
        .as_object_mut()
        .context("no paths are described")?;
    for (path, methods) in paths {
        let keys = match path
            .strip_prefix("/api/v1/")
            .and_then(|path| path.split('/').next())
        {
            // Most requests of a panel are about its own counter, or they show its door alone.
            Some("counters") => json!(["counter-1", "counter-1", "counter-2"]),
            Some("emergencies") => json!(counters),
            Some("queues") => json!(queues),
            Some("tickets") => json!(tickets),
            _ => continue,
        };
        for method in methods
            .as_object_mut()
            .into_iter()
            .flat_map(|all| all.values_mut())
        {
            let parameters = method["parameters"].as_array_mut();
            for parameter in parameters.into_iter().flatten() {
                if parameter["in"] == "path" {
                    parameter["schema"]["enum"] = keys.clone();
                }
            }
        }
    }
    Ok(description)
}

/// The commands that were done at least once, by the server's own count.
async fn commands_done(address: SocketAddr) -> anyhow::Result<Vec<String>> {
    let metrics = ask(address, "GET /metrics", &[], "").await?;
    let done = metrics.body.lines().filter_map(|line| {
        let labels = line.strip_prefix("aufruf_commands_total{command=\"")?;
        let (command, rest) = labels.split_once('"')?;
        let is_done = rest.contains("outcome=\"done\"") && !rest.ends_with(" 0");
        is_done.then(|| command.to_owned())
    });
    Ok(done.collect())
}
