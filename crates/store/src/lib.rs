//! Ordered keys, compare-and-commit transactions, revisions and watch; memory and embedded backends.
