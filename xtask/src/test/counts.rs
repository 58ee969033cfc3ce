//! Reading how many tests passed and failed from what test runners print.

/// How many tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, timed out or could not start.
    pub failed: u64,
}

impl Counts {
    /// Both sums.
    pub fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// Words that mean a failure, in the summaries of all runners.
const FAILURES: &[&str] = &["failed", "timed out", "exec failed", "error", "errors"];

/// Reads `3 passed, 1 failed, ..`: numbers followed by what they count, separated by any of `separators`.
fn read_list(list: &str, separators: &[char]) -> Option<Counts> {
    let mut counts = Counts::default();
    let mut found = false;
    for item in list.split(separators) {
        let Some((number, what)) = item.trim().split_once(' ') else { continue };
        let Ok(number) = number.parse::<u64>() else { continue };
        found = true;
        match what.trim() {
            "passed" => counts.passed += number,
            what if FAILURES.contains(&what) => counts.failed += number,
            _ => {}
        }
    }
    found.then_some(counts)
}

/// The text without what stands in round brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// Reads cargo-nextest's `Summary [ 1.2s] 5 tests run: 4 passed (1 slow), 1 failed, 0 skipped`.
pub fn nextest(output: &str) -> Option<Counts> {
    let summary = output.lines().rev().find_map(|line| line.trim_start().strip_prefix("Summary ["))?;
    let (_, list) = summary.split_once("run:")?;
    read_list(&without_brackets(list), &[','])
}

/// Adds up the lines `test result: ok. 5 passed; 0 failed; ..` of `cargo test`, one for each test binary.
pub fn libtest(output: &str) -> Option<Counts> {
    let results = output.lines().filter_map(|line| line.strip_prefix("test result: "));
    let lists = results.filter_map(|result| read_list(result.split_once(". ")?.1, &[';']));
    lists.reduce(Counts::plus)
}

/// Reads pytest's last line, `== 1 failed, 4 passed, 1 skipped in 0.12s ==` or the same without the rulers.
pub fn pytest(output: &str) -> Option<Counts> {
    let (list, _) = output.lines().rev().find_map(|line| line.trim_matches(['=', ' ']).split_once(" in "))?;
    read_list(list, &[','])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(read: fn(&str) -> Option<Counts>, rows: &[(&str, Option<(u64, u64)>)]) {
        for (output, expected) in rows {
            let expected = expected.map(|(passed, failed)| Counts { passed, failed });
            assert_eq!(read(output), expected, "{output}");
        }
    }

    #[test]
    fn nextest_summaries() {
        check(
            nextest,
            &[
                ("  Summary [   0.008s] 21 tests run: 21 passed, 0 skipped", Some((21, 0))),
                ("     Summary [   1.0s] 1 test run: 1 passed, 0 skipped\n", Some((1, 0))),
                (
                    " Summary [ 1s] 9 tests run: 5 passed (1 slow, 1 flaky), 2 failed, 1 timed out, 1 exec failed, 3 skipped\n FAIL x",
                    Some((5, 4)),
                ),
                ("     Summary [   0.1s] 3/9 tests run: 2 passed, 1 failed, 0 skipped", Some((2, 1))),
                ("error: could not compile `x`", None),
            ],
        );
    }

    #[test]
    fn libtest_summaries() {
        let one = "running 2 tests\n..\ntest result: ok. 2 passed; 0 failed; 0 ignored; finished in 0.00s\n";
        let two = format!("{one}test result: FAILED. 1 passed; 3 failed; 0 ignored; finished in 0.00s\n");
        check(libtest, &[(one, Some((2, 0))), (&two, Some((3, 3))), ("error: could not compile", None)]);
    }

    #[test]
    fn pytest_summaries() {
        check(
            pytest,
            &[
                ("..\n2 passed in 0.01s\n", Some((2, 0))),
                ("===== 1 failed, 4 passed, 2 skipped, 1 warning in 1.20s =====", Some((4, 1))),
                ("==== 4 passed, 2 errors in 61.20s (0:01:01) ====", Some((4, 2))),
                ("no tests ran in 0.00s", None),
                ("ImportError: conftest", None),
            ],
        );
    }
}
