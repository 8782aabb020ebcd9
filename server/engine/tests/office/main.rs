//! The engine from outside: an office at work, told in its own words.

mod common;

mod change_of_office;
mod commands;
mod counters;
mod day;
mod faulty_office;
mod golden;
mod limits;
mod numbers;
mod order;
mod promise;
mod properties;
mod steps;
