//! The store on a real disk: what was committed is there, what was not is not, and damage is named.

mod access;
mod anonymous;
mod answers;
mod backups;
mod damage;
mod day_on_disk;
mod days;
mod documents;
mod failing;
mod house;
mod killed;
mod log;
mod notes;
mod offices;
mod opening;
mod released;
mod replay;
mod snapshots;
mod throughput;
mod visits;
