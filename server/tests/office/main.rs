//! Scenarios of one office in this process, through its API.

mod admin;
mod alerts;
mod appointments;
mod change;
mod common;
mod day_end;
mod device_health;
mod displays;
mod failed_commit;
mod hooks;
mod house;
mod metrics;
mod notes;
mod offers;
mod openapi;
mod own_health;
mod pairing;
mod reasons;
mod roles;
mod sessions;
mod sold_out;
mod steps;
mod visit;
mod visitor_page;
mod who_may;
mod windows;
