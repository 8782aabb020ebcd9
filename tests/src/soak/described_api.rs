//! The described API, asked by a program that has read nothing but the description: schemathesis, against the real
//! server of a real office.
//!
//! It asks as a panel, as a kiosk, as an admin and as nobody; whatever is answered has to be what `/openapi.json`
//! says. Signing out is asked last: nobody is signed in behind it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use aufruf_protocol::latest::Session;

use crate::office::TestOffice;
use crate::raw_http::{ask, bearer};

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
    let turns = [
        ("a panel", Some(&panel), [].as_slice()),
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
        let mut command = asks(run, address.to_string(), token.map(String::as_str));
        let status = command.args(which).status();
        if !status.context("starting schemathesis")?.success() {
            otherwise.push(who);
        }
        office.must_run()?;
    }
    office.closes().await?;
    ensure!(otherwise.is_empty(), "answered otherwise than described: {otherwise:?}");
    Ok(())
}

fn asks(run: ApiRun<'_>, address: String, token: Option<&str>) -> Command {
    let mut command = Command::new(run.schemathesis);
    command
        .arg("run")
        .arg(format!("http://{address}/openapi.json"))
        .args(["--checks", CHECKS, "--warnings", "off", "--no-color"])
        .args(["--max-examples", &run.examples.to_string()])
        .args(["--seed", &run.seed.to_string()])
        .args(["--generation-database", "none", "--continue-on-failure"])
        // What a test run leaves is nothing that anybody keeps.
        .current_dir(std::env::temp_dir());
    if let Some(token) = token {
        command.args(["--header", &bearer(token)]);
    }
    command
}
