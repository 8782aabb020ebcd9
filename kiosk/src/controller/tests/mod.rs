//! The kiosk's mind, told as what a visitor does and sees.

mod choosing;
mod leaving;
mod number;
mod offers;
mod office;

use office::Kiosk;
