//! Tests of the directory as a whole.

mod concurrency;
mod faults;
mod properties;
mod reading;
mod restart;
