//! `aufruf-server simulate …`: replays office days from files and writes what became of everybody.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use aufruf_engine::HouseRules;
use aufruf_server::clock::{Clock, SystemClock};
use aufruf_server::simulate::{Day, Sums, replay};
use clap::Args;

/// LIMIT: the largest day file, in bytes; some hundred thousand visitors fit.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

#[derive(Debug, Args)]
pub(crate) struct SimulateArgs {
    /// The office day; what became of each visitor goes to standard output, one JSON object a line.
    #[arg(required_unless_present = "all")]
    day: Option<PathBuf>,
    /// Replay every *.json of the first folder into the second, as *.jsonl of the same name.
    #[arg(long, num_args = 2, value_names = ["DIR", "OUT_DIR"], conflicts_with = "day")]
    all: Option<Vec<PathBuf>>,
    /// How often somebody may be overtaken by later ones, 0 to 5; else what the product ships.
    #[arg(long, value_name = "TIMES", value_parser = clap::value_parser!(u32).range(0..=5))]
    fairness: Option<u32>,
}

pub(crate) fn run(args: &SimulateArgs) -> anyhow::Result<()> {
    let rules = rules(args.fairness);
    match (&args.day, args.all.as_deref()) {
        (Some(day), None) => print(day, &rules),
        (None, Some([days, results])) => replay_all(days, results, &rules),
        _ => bail!("name one day, or --all with two folders; see `aufruf-server simulate --help`"),
    }
}

fn rules(fairness: Option<u32>) -> HouseRules {
    let shipped = HouseRules::default();
    HouseRules {
        overtaken_at_most: fairness.unwrap_or(shipped.overtaken_at_most),
        ..shipped
    }
}

fn print(day: &Path, rules: &HouseRules) -> anyhow::Result<()> {
    let text = replayed(day, rules)?;
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .context("cannot write the result to standard output")
}

/// Goes on after a day that cannot be replayed, so that one look tells all of them.
fn replay_all(days: &Path, results: &Path, rules: &HouseRules) -> anyhow::Result<()> {
    let files = day_files(days)?;
    fs::create_dir_all(results)
        .with_context(|| format!("cannot make the folder {}", results.display()))?;
    let mut failed = 0;
    for day in &files {
        let written = replayed(day, rules).and_then(|text| write_result(day, results, &text));
        if let Err(fault) = written {
            failed += 1;
            eprintln!("aufruf-server: {fault:#}");
        }
    }
    if failed > 0 {
        bail!("{failed} of {} days could not be replayed", files.len());
    }
    Ok(())
}

/// Every *.json of a folder, by name.
fn day_files(days: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let shown = days.display();
    let read = || -> io::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(days)?;
        entries.map(|entry| Ok(entry?.path())).collect()
    };
    let mut files =
        read().with_context(|| format!("cannot read the folder {shown}; is the path right?"))?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort_unstable();
    if files.is_empty() {
        bail!("{shown} has no *.json; name a folder with office days");
    }
    Ok(files)
}

/// One day's result as text; its summary goes to standard error.
fn replayed(file: &Path, rules: &HouseRules) -> anyhow::Result<String> {
    let shown = file.display();
    let day = read(file)?;
    let began = SystemClock.now();
    let lines = replay(&day, rules.clone())
        .with_context(|| format!("{shown} could not be replayed to its end"))?;
    let took = SystemClock.now().duration_since(began).as_secs_f64();
    let Sums {
        visitors,
        calls,
        refused,
    } = Sums::of(&lines);
    let name = file.file_stem().unwrap_or(file.as_os_str()).display();
    eprintln!("{name}: {visitors} visitors, {calls} calls, {refused} refused, {took:.2} s");
    Ok(lines.iter().map(|line| line.to_json() + "\n").collect())
}

/// The office day of a file.
pub(crate) fn read(file: &Path) -> anyhow::Result<Day> {
    Day::parse(&text_of(file)?).with_context(|| format!("{} cannot be used", file.display()))
}

/// Written beside its place and moved there: a result is whole or not there.
fn write_result(day: &Path, results: &Path, text: &str) -> anyhow::Result<()> {
    let mut name = day.file_stem().unwrap_or_default().to_owned();
    name.push(".jsonl");
    let place = results.join(&name);
    name.push(".part");
    let part = results.join(name);
    fs::write(&part, text)
        .and_then(|()| fs::rename(&part, &place))
        .with_context(|| format!("cannot write {}", place.display()))
}

/// Reads no more than is needed to see that a file is too large.
fn text_of(file: &Path) -> anyhow::Result<String> {
    let shown = file.display();
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(file)?
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().with_context(|| format!("cannot read {shown}; is the path right?"))?;
    if bytes.len() as u64 > MAX_BYTES {
        bail!("{shown} is larger than {MAX_BYTES} bytes; is it an office day?");
    }
    String::from_utf8(bytes).with_context(|| format!("{shown} is no UTF-8 text; save it as UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_often_somebody_is_overtaken_is_the_only_rule_that_a_caller_can_change() {
        let shipped = HouseRules::default();
        assert_eq!(rules(None), shipped);
        let strict = HouseRules {
            overtaken_at_most: 0,
            ..shipped
        };
        assert_eq!(rules(Some(0)), strict);
    }
}
