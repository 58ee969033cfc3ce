//! Engine and model match patterns alike.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| doorward_conformance::fuzz::pattern(bytes));
