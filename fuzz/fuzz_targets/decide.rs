//! Engine and model decide alike.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| doorward_conformance::fuzz::decide_as_model(bytes));
