//! How long a decision takes.
//!
//! One user has many statements in managed policies, a boundary, two levels of service control policies over it, and
//! a bucket policy beside it ([`workload`]). Six requests are asked again and again ([`measure`]): allowed through a
//! statement with four conditions, explicitly denied by identity and by organization, and implicitly denied for want
//! of an action, of a condition, and of the boundary. Every answer is checked.

pub mod adversarial;
pub mod generate;
pub mod measure;
pub mod stream;
pub mod threads;
pub mod twister;
pub mod ways;
pub mod worst;

pub mod workload;
