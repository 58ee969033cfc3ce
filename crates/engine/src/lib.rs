//! Judgement: decide and explain whether a principal may do an action on a resource.
