//! Typed condition values: numbers, instants, address ranges.
