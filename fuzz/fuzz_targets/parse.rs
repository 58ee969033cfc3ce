//! Reading policies never panics, and what is said about places in them is true.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| doorward_conformance::fuzz::parse(bytes));
