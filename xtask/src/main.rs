//! The project's own chores: checks, code generation, tests and the development server.
fn main() {}
