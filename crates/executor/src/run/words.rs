//! How a program ended, as the tests hear it: the end of a sentence that says what did.

use std::time::Duration;

use crate::job::{Ending, Limits};

/// What a cell may take to end when the run's time is up and it was not the one who took it.
const GRACE: Duration = Duration::from_millis(100);
use crate::verdict::words::{size, time};

/// For `{"gone":…}`.
pub fn gone(ending: Ending, limits: &Limits) -> String {
    match ending {
        Ending::Exited(code) => format!("it exited with code {code}"),
        Ending::Signaled(signal) => format!("it was ended by signal {signal}"),
        Ending::WallTime => format!("it was still running after {}", time(limits.timeout)),
        Ending::CpuTime => format!("it used more than {} of processor time", time(limits.cpu)),
        Ending::Output => format!("it wrote more than {}", size(limits.output_bytes)),
        Ending::Memory => format!("it used more memory than the {} it may use", size(limits.memory_bytes)),
        Ending::Garbled => "it sent something that is not an answer".into(),
        Ending::Files => format!("its files took more than {}, or were too many", size(limits.file_bytes)),
    }
}

/// What a tests cell is allowed beside what its job says: enough memory for the tests themselves, room for what the
/// program prints through them, and time for their last words after their own clock has run out.
pub fn tests_limits(limits: &Limits) -> Limits {
    const MEMORY_LEAST: u64 = 256 << 20;
    Limits {
        timeout: limits.timeout + GRACE,
        memory_bytes: limits.memory_bytes.max(MEMORY_LEAST),
        output_bytes: limits.output_bytes * 2,
        ..*limits
    }
}

/// What a program cell is allowed: when the run's time is up while the tests are busy, it has some left to end.
pub fn program_limits(limits: &Limits) -> Limits {
    Limits { timeout: limits.timeout + GRACE, ..*limits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_ending_ends_a_sentence() {
        let limits = Limits {
            timeout: Duration::from_secs(3),
            cpu: Duration::from_secs(6),
            memory_bytes: 128 << 20,
            output_bytes: 512 << 10,
            processes: 16,
            file_bytes: 16 << 20,
        };
        let said = [
            Ending::Exited(3),
            Ending::Signaled(9),
            Ending::WallTime,
            Ending::CpuTime,
            Ending::Output,
            Ending::Memory,
            Ending::Files,
            Ending::Garbled,
        ]
        .map(|ending| gone(ending, &limits));
        assert_eq!(
            said,
            [
                "it exited with code 3",
                "it was ended by signal 9",
                "it was still running after 3 seconds",
                "it used more than 6 seconds of processor time",
                "it wrote more than 512 KiB",
                "it used more memory than the 128 MiB it may use",
                "its files took more than 16 MiB, or were too many",
                "it sent something that is not an answer",
            ]
        );
        let tests = tests_limits(&limits);
        assert_eq!((tests.timeout, tests.memory_bytes), (Duration::from_millis(3100), 256 << 20));
        assert_eq!(tests.output_bytes, 1 << 20);
    }
}
