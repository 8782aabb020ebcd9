//! The large numbers behind the tests: rounds of `kill -9` under load, rounds of two clerks at once.

use aufruf_tests::soak::{KillRounds, kill_rounds, two_clerks};
use clap::Parser;

#[derive(Debug, Parser)]
struct Arguments {
    /// Rounds of kill -9
    #[arg(long, default_value_t = 1_000)]
    kills: u32,
    /// Decides when each kill comes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Who takes tickets at once while the server is killed
    #[arg(long, default_value_t = 16)]
    issuers: usize,
    /// Rounds of two clerks who press next at the same moment
    #[arg(long, default_value_t = 10_000)]
    clerk_rounds: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments {
        kills,
        seed,
        issuers,
        clerk_rounds,
    } = Arguments::parse();
    println!("kill -9 under load, {kills} rounds, seed {seed}, {issuers} issuers and a clerk …");
    let survived = kill_rounds(KillRounds {
        rounds: kills,
        seed,
        issuers,
    })
    .await?;
    println!(
        "  {} rounds: {} tickets acknowledged, {} visits served, none lost, none twice",
        survived.rounds, survived.issued, survived.served
    );
    println!("two clerks press next at the same moment, {clerk_rounds} rounds …");
    two_clerks(clerk_rounds).await?;
    println!("  {clerk_rounds} rounds: never the same person, never an error");
    Ok(())
}
