//! A stream of people who are put before others never ends: the others are reached all the same.
