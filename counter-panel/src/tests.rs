//! The panel as a person has it before them: pictures, keys, words.

mod keys;
mod pictures;
mod sheet_pictures;
mod stand;
mod words;
