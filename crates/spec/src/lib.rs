//! The reference model of policy evaluation, written to be read: the oracle of tests.
