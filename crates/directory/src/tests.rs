//! Tests of the directory as a whole.

mod concurrency;
mod faults;
mod footprint;
mod formats;
mod loading;
mod organizations;
mod properties;
mod reading;
mod restart;
mod rotation;
mod shared;
