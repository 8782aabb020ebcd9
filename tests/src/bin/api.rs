//! The described API of the real server, asked by schemathesis as each of those who may ask.

use std::path::PathBuf;

use aufruf_tests::soak::{ApiRun, described_api};
use clap::Parser;

#[derive(Debug, Parser)]
struct Arguments {
    /// The program
    #[arg(long)]
    schemathesis: PathBuf,
    /// Requests of one route and phase
    #[arg(long, default_value_t = 100)]
    examples: u32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments {
        schemathesis,
        examples,
        seed,
    } = Arguments::parse();
    described_api(ApiRun {
        schemathesis: &schemathesis,
        examples,
        seed,
    })
    .await
}
