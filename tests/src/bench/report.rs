//! The table of figures: each with the goal beside it, printed as soon as it is known.

use std::fmt::Display;

/// Columns of the figure's name, the figure and the goal.
const NAME: usize = 44;
const FIGURE: usize = 58;
const GOAL: usize = 34;

/// Prints figures as they come, and counts what was missed.
#[derive(Debug, Default)]
pub struct Report {
    figures: usize,
    missed: usize,
}

/// What a figure has to be.
#[derive(Debug)]
pub struct Goal {
    told: String,
    is_met: bool,
}

impl Goal {
    pub fn new(told: impl Into<String>, is_met: bool) -> Self {
        let told = told.into();
        Self { told, is_met }
    }
}

impl Report {
    /// A figure that no goal was set for.
    pub fn figure(&mut self, name: &str, figure: impl Display) {
        self.figures += 1;
        println!("  {name:NAME$}{figure}");
    }

    /// A figure with its goal.
    pub fn judged(&mut self, name: &str, figure: impl Display, goal: &Goal) {
        let verdict = if goal.is_met { "met" } else { "MISSED" };
        self.figures += 1;
        self.missed += usize::from(!goal.is_met);
        let (figure, goal) = (figure.to_string(), &goal.told);
        println!("  {name:NAME$}{figure:FIGURE$} {goal:GOAL$} {verdict}");
    }

    /// How it went.
    pub fn ends(&self) {
        let Self { figures, missed } = self;
        println!("\n{figures} figures; {missed} of their goals are missed");
    }
}

/// A part of the table begins.
pub fn heading(title: &str) {
    println!("\n{title}");
}
