//! The figures of the whole house, each measured with real processes; best run from a release build.

use std::process::Command;
use std::time::Duration;

use aufruf_tests::bench::{
    Audience, FanOut, Goal, Issued, Report, Sample, at_rest, call_many, disk_speed, heading,
    issue_at_volumes, issue_tickets, next_beside_pages, next_to_painted, press_next,
    presses_at_pace, yardstick,
};
use aufruf_tests::places::profile;
use clap::{Parser, ValueEnum};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Seconds for which *next* is pressed at a pace.
const PACE_SECS: u32 = 20;
/// Phones that look at their pages.
const PHONES: usize = 1_000;

#[derive(Debug, Parser)]
struct Arguments {
    /// One group of figures alone
    #[arg(long, value_enum)]
    only: Option<Group>,
    /// Calls to measure until they are painted
    #[arg(long, default_value_t = 200)]
    calls: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Group {
    /// Memory at rest, and how long a start takes
    Rest,
    /// *Next* at the server
    Next,
    /// *Next* with a thousand visitors' pages beside it
    Pages,
    /// Tickets a second
    Tickets,
    /// One call to many WebSocket clients
    Fanout,
    /// *Next* until a display has painted it
    Painted,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments { only, calls } = Arguments::parse();
    take_all_files()?;
    let mut report = Report::default();
    println!("Figures of a {} build", profile());
    for group in Group::value_variants() {
        if only.is_none_or(|only| only == *group) {
            measure(*group, calls, &mut report).await?;
        }
    }
    report.ends();
    Ok(())
}

/// Thousands of connections need as many files; what is started here inherits them.
fn take_all_files() -> anyhow::Result<()> {
    let limit = getrlimit(Resource::Nofile);
    let all = Rlimit {
        current: limit.maximum,
        ..limit
    };
    Ok(setrlimit(Resource::Nofile, all)?)
}

async fn measure(group: Group, calls: usize, report: &mut Report) -> anyhow::Result<()> {
    match group {
        Group::Rest => rest(report).await,
        Group::Next => next(report).await,
        Group::Pages => pages(report).await,
        Group::Tickets => tickets(report).await,
        Group::Fanout => fanout(report).await,
        Group::Painted => painted(calls, report).await,
    }
}

/// The disk now: it is measured anew beside whatever waits for it.
fn disk(report: &mut Report) -> anyhow::Result<Sample> {
    let disk = disk_speed(&std::env::temp_dir())?;
    let name = format!("fsync of the disk ({})", disk.folder.display());
    report.figure(&name, &disk.fsync);
    Ok(disk.fsync)
}

async fn rest(report: &mut Report) -> anyhow::Result<()> {
    heading("At rest");
    for tickets in [0, 2_000] {
        let server = at_rest(tickets).await?;
        let resident = mebibytes(server.resident_kib);
        let ready = server.ready_after;
        let name = format!("start to ready, {tickets} tickets of the day");
        let goal = Goal::new("<= 300 ms", ready <= Duration::from_millis(300));
        report.judged(&name, format!("{} ms", ready.as_millis()), &goal);
        let name = format!("resident, {tickets} tickets of the day");
        let goal = Goal::new("<= 40 MiB", resident <= 40.0);
        report.judged(&name, format!("{resident:.1} MiB"), &goal);
    }
    Ok(())
}

async fn next(report: &mut Report) -> anyhow::Result<()> {
    heading("Next at the server, durable");
    let fsync = disk(report)?;
    for (clients, visits) in [(1, 500), (8, 1_600), (32, 3_200)] {
        let pressed = press_next(clients, visits).await?;
        let name = format!("as fast as it goes, {} clients", pressed.clients);
        let rate = pressed.visits_per_second();
        report.figure(
            &name,
            format!("{}; {rate:.0} visits a second", pressed.each),
        );
    }
    let paced = presses_at_pace(PACE_SECS).await?;
    report.judged("at 30 presses a second", &paced, &pace_goal(&fsync, &paced));
    Ok(())
}

fn pace_goal(fsync: &Sample, paced: &Sample) -> Goal {
    let most = 2 * fsync.percentile(99) + Duration::from_millis(2);
    let told = format!("p99 <= 2 fsync p99 + 2 ms = {:.2} ms", millis(most));
    Goal::new(told, paced.percentile(99) <= most)
}

async fn pages(report: &mut Report) -> anyhow::Result<()> {
    heading(
        "A thousand visitors' pages, each asked for every 5 s, beside next at 30 presses a second",
    );
    let fsync = disk(report)?;
    let alone = presses_at_pace(PACE_SECS).await?;
    report.judged("next without the pages", &alone, &pace_goal(&fsync, &alone));
    let beside = next_beside_pages(PHONES, PACE_SECS).await?;
    let goal = pace_goal(&fsync, &beside.next);
    report.judged("next beside them", &beside.next, &goal);
    report.figure("a page", &beside.page);
    Ok(())
}

async fn tickets(report: &mut Report) -> anyhow::Result<()> {
    heading("Tickets, durable");
    disk(report)?;
    for (clients, tickets) in [(1, 1_000), (8, 5_000), (32, 10_000)] {
        let issued = issue_tickets(clients, tickets).await?;
        let name = format!("{} clients", issued.clients);
        if clients < 32 {
            report.figure(&name, told(&issued));
        } else {
            let goal = Goal::new(">= 5,000 a second", issued.per_second() >= 5_000.0);
            report.judged(&name, told(&issued), &goal);
        }
    }
    let volumes = issue_at_volumes(32, 5_000, &[1, 10_000, 100_000]).await?;
    let first = volumes[0].per_second();
    for issued in &volumes {
        let name = format!("32 clients, {} tickets in the books", issued.before);
        let goal = Goal::new(
            "flat: >= 80 % of the first",
            issued.per_second() >= 0.8 * first,
        );
        report.judged(&name, told(issued), &goal);
    }
    Ok(())
}

fn told(issued: &Issued) -> String {
    format!("{:.0} a second, {}", issued.per_second(), issued.each)
}

async fn fanout(report: &mut Report) -> anyhow::Result<()> {
    heading("One call to many WebSocket clients, from the press until each has it");
    disk(report)?;
    let node = Command::new("node").arg("--version").output();
    let node = node.ok().filter(|said| said.status.success());
    match &node {
        Some(said) => {
            let version = String::from_utf8_lossy(&said.stdout);
            let told = format!(
                "node {} with ws 8.23, keeps nothing on disk",
                version.trim()
            );
            report.figure("yardstick", told);
        }
        None => report.figure("yardstick", "left out: there is no node here"),
    }
    for (clients, calls) in [(100, 100), (1_000, 50), (5_000, 15)] {
        let ours = call_many(clients, calls).await?;
        let name = format!("{clients} clients, {} bytes", ours.message.len());
        if node.is_some() {
            let theirs = yardstick(clients, calls, &ours.message).await?;
            report.judged(&name, &ours.each, &ahead(&ours, &theirs));
            report.figure(&format!("{clients} clients, node's ws"), &theirs.each);
            report.figure("    answer to the press, node's ws", &theirs.answered);
            let kib = format!("{:.1} KiB", theirs.kib_a_client);
            report.figure("    memory a client, node's ws", kib);
        } else {
            report.figure(&name, &ours.each);
        }
        report.figure("    answer to the press, on disk", &ours.answered);
        let goal = Goal::new("<= 10 KiB", ours.kib_a_client <= 10.0);
        let kib = format!("{:.1} KiB", ours.kib_a_client);
        report.judged("    memory a client", kib, &goal);
    }
    Ok(())
}

fn ahead(ours: &FanOut, theirs: &FanOut) -> Goal {
    let is_ahead = |percent| ours.each.percentile(percent) <= theirs.each.percentile(percent);
    Goal::new("ahead of ws at p50 and p99", is_ahead(50) && is_ahead(99))
}

async fn painted(calls: usize, report: &mut Report) -> anyhow::Result<()> {
    heading("Next pressed until a real display has painted the call");
    disk(report)?;
    for (name, audience) in [
        ("one display", Audience::RealDisplayAlone),
        ("and 19 protocol clients", Audience::WithWireDisplays),
    ] {
        let painted = next_to_painted(calls, audience).await?;
        let is_met = painted.percentile(50) <= Duration::from_millis(25)
            && painted.percentile(99) <= Duration::from_millis(60);
        let goal = Goal::new("p50 <= 25 ms, p99 <= 60 ms", is_met);
        report.judged(name, &painted, &goal);
    }
    Ok(())
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

fn mebibytes(kibibytes: u64) -> f64 {
    f64::from(u32::try_from(kibibytes).unwrap_or(u32::MAX)) / 1_024.0
}
