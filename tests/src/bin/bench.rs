//! The figures of the whole house, each measured with real processes; best run from a release build.

use aufruf_tests::bench::{Audience, at_rest, disk_speed, issue_tickets, next_to_painted};
use aufruf_tests::places::profile;
use clap::Parser;

#[derive(Debug, Parser)]
struct Arguments {
    /// Tickets to issue
    #[arg(long, default_value_t = 40_000)]
    tickets: usize,
    /// Clients that take them at once
    #[arg(long, default_value_t = 32)]
    clients: usize,
    /// Calls to measure until they are painted
    #[arg(long, default_value_t = 200)]
    calls: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments {
        tickets,
        clients,
        calls,
    } = Arguments::parse();
    let disk = disk_speed(&std::env::temp_dir())?;
    println!("build                     {}", profile());
    println!(
        "fsync of the disk         {} ({})",
        disk.fsync,
        disk.folder.display()
    );

    for in_books in [0, 2_000] {
        let server = at_rest(in_books).await?;
        println!(
            "server at rest            ready after {} ms, {:.1} MiB resident, {} tickets of the day",
            server.ready_after.as_millis(),
            mebibytes(server.resident_kib),
            server.tickets
        );
    }
    let issued = issue_tickets(clients, tickets).await?;
    println!(
        "tickets, durable          {:.0} a second, {} clients, {}",
        issued.per_second(),
        issued.clients,
        issued.each
    );
    let alone = next_to_painted(calls, Audience::RealDisplayAlone).await?;
    println!("next to painted           {alone} (one display)");
    let beside = next_to_painted(calls, Audience::WithWireDisplays).await?;
    println!("next to painted           {beside} (and 19 protocol clients)");
    Ok(())
}

fn mebibytes(kibibytes: u64) -> f64 {
    f64::from(u32::try_from(kibibytes).unwrap_or(u32::MAX)) / 1_024.0
}
