//! `aufruf-server alerts …`: how office IT is told what is wrong.

use anyhow::{Context, bail};
use aufruf_server::clock::{Clock, SteadyClock};
use aufruf_server::hooks;
use clap::Subcommand;

use crate::devices_cli::ConfigArg;

#[derive(Debug, Subcommand)]
pub(crate) enum AlertsCommand {
    /// Send a test message by the webhook and by mail, and say what became of it.
    Test(ConfigArg),
}

pub(crate) fn run(command: &AlertsCommand) -> anyhow::Result<()> {
    let AlertsCommand::Test(config) = command;
    let Some(alerts) = config.load()?.alerts else {
        bail!("nobody is told: the configuration has no [alerts]");
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("starting the runtime")?;
    let tested = runtime.block_on(hooks::test(&alerts, SteadyClock::default().now()));
    if tested.is_empty() {
        bail!("nobody is told: [alerts] has neither webhook nor [alerts.mail]");
    }
    let mut failed = Vec::new();
    for test in tested {
        let (hook, goes_to) = (test.hook, test.goes_to);
        match test.outcome {
            Ok(()) => println!("{hook}: {goes_to} took the test message."),
            Err(fault) => {
                println!("{hook}: the test message did not reach {goes_to}: {fault}");
                failed.push(hook);
            }
        }
    }
    if !failed.is_empty() {
        bail!("not told by {}", failed.join(" and "));
    }
    Ok(())
}
