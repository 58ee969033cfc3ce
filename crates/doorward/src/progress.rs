//! A line on the terminal that says how far a long task has come; nothing where standard error is none.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(200);

/// The line. Dropping it clears it.
pub struct Progress {
    what: &'static str,
    next: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// A line that begins with `what`.
    pub fn new(what: &'static str) -> Self {
        let next = std::io::stderr().is_terminal().then(Instant::now);
        Self { what, next, shown: false }
    }

    /// Says how many entries it has come through.
    pub fn at(&mut self, entries: u64) {
        let Some(next) = self.next.filter(|next| *next <= Instant::now()) else { return };
        // Nobody is harmed where this fails.
        let _ = write!(anstream::stderr(), "\r\x1b[K{}: {} entries", self.what, grouped(entries));
        self.shown = true;
        self.next = next.checked_add(EVERY).max(Instant::now().checked_add(EVERY));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(anstream::stderr(), "\r\x1b[K");
        }
    }
}

/// A number with its digits in groups of three.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
