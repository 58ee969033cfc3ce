//! Explanations say what was decided.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| doorward_conformance::fuzz::explain_truly(bytes));
