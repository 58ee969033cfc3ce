//! How many cases were decided how.

use std::collections::HashMap;
use std::fmt;

use doorward_policy::explain::Decision;

/// How many cases were decided how.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    /// The number of cases by decision.
    pub decisions: HashMap<Decision, u64>,
}

impl Tally {
    /// How many cases there were.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.decisions.values().sum()
    }

    /// How many cases were decided in a way that `is_meant` names.
    pub fn count(&self, is_meant: impl Fn(Decision) -> bool) -> u64 {
        self.decisions.iter().filter(|(decision, _)| is_meant(**decision)).map(|(_, count)| count).sum()
    }

    /// Adds cases that were decided so.
    pub fn count_all(&mut self, decisions: &[Decision]) {
        for decision in decisions {
            *self.decisions.entry(*decision).or_default() += 1;
        }
    }

    /// Adds the cases of another tally.
    pub fn add(&mut self, other: &Self) {
        for (decision, count) in &other.decisions {
            *self.decisions.entry(*decision).or_default() += count;
        }
    }
}

/// One line for each decision, the most frequent first.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<(u64, String)> =
            self.decisions.iter().map(|(decision, count)| (*count, format!("{decision:?}"))).collect();
        lines.sort_by(|one, other| other.cmp(one));
        for (count, decision) in lines {
            writeln!(f, "{count:>10}  {decision}")?;
        }
        Ok(())
    }
}
