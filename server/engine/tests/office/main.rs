//! The engine from outside: an office at work, told in its own words.

mod common;

mod absent;
mod alike;
mod appointments;
mod change_of_office;
mod check_in;
mod commands;
mod counters;
mod day;
mod day_end;
mod emergencies;
mod faulty_office;
mod faulty_rules;
mod golden;
mod kept_for_others;
mod later_days;
mod limits;
mod line_rules;
mod longest_waits;
mod nobody;
mod numbers;
mod odd_input;
mod opening;
mod order;
mod overtime;
mod parts;
mod peers;
mod policy;
mod promise;
mod properties;
mod steps;
mod transfers;
mod undo;
mod visits;
