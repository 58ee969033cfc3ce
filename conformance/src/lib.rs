//! What AWS does, as data: cases of policy evaluation, each with the page that says so, and what runs them on a judge.
//!
//! The same cases run on the reference model, on the engine, and through the server's doors; whoever judges differently
//! fails. A case is a question (who asks, for what, on what, in which context, under which policies) and the answer.
//! They stand in `cases/*.json`; [`cases`] describes the format.
//!
//! ```
//! use doorward_conformance::cases;
//!
//! let all = cases::all()?;
//! let wrong = cases::disagreements(&all, |request, policies, choices| {
//!     doorward_spec::judge(request, policies, choices).decision
//! });
//! assert!(wrong.is_empty(), "{wrong:?}");
//! # Ok::<(), cases::Unusable>(())
//! ```

pub mod cases;
pub mod differential;
pub mod fuzz;
pub mod generate;
pub mod remedies;
