//! The kiosk's mind, told as what a visitor does and sees.

mod check_in;
mod choosing;
mod leaving;
mod not_open;
mod number;
mod offers;
mod office;

use office::Kiosk;
