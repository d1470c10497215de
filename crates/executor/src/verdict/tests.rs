use std::time::Duration;

use super::*;
use crate::job::{Report, Usage as Used};

const MIB: u64 = 1 << 20;

fn terms() -> Terms {
    let limits = Limits {
        timeout: Duration::from_secs(3),
        cpu: Duration::from_secs(6),
        memory_bytes: 256 * MIB,
        output_bytes: 512 << 10,
        processes: 16,
        file_bytes: 16 * MIB,
    };
    Terms { limits, trim: true, hide: false }
}

fn finished(ending: Ending) -> Finished {
    Finished {
        ending,
        stdout: b"Hello World\n".to_vec(),
        stderr: Vec::new(),
        truncated: false,
        wall: Duration::from_micros(2_400),
        usage: Used { cpu: Duration::from_micros(1_600), peak_memory_bytes: 3 * MIB },
        report: Report::default(),
        files: Vec::new(),
        grading: None,
    }
}

fn raised(class: &str) -> Finished {
    let error = ReportedError { r#type: class.into(), message: "m".into(), ..ReportedError::default() };
    Finished { report: Report { error: Some(error), ..Report::default() }, ..finished(Ending::Exited(1)) }
}

#[test]
fn a_program_that_ends_well() {
    let answer = response(finished(Ending::Exited(0)), &terms());
    insta::assert_json_snapshot!(answer, @r#"
    {
      "success": true,
      "output": "Hello World",
      "errors": null,
      "executionTime": 2,
      "testResult": null,
      "status": "ok",
      "exitCode": 0,
      "signal": null,
      "usage": {
        "cpuMs": 2,
        "peakMemoryBytes": 3145728
      },
      "truncated": false,
      "error": null,
      "notices": [],
      "files": []
    }
    "#);
}

#[test]
fn each_ending_has_its_status_code_and_signal() {
    let cases = [
        (Ending::Exited(0), RunStatus::Ok, Some(0), None),
        (Ending::Exited(1), RunStatus::Error, Some(1), None),
        (Ending::Exited(255), RunStatus::Error, Some(255), None),
        (Ending::Signaled(6), RunStatus::Killed, None, Some(6)),
        (Ending::Signaled(11), RunStatus::Killed, None, Some(11)),
        (Ending::WallTime, RunStatus::Timeout, None, Some(9)),
        (Ending::CpuTime, RunStatus::Timeout, None, Some(9)),
        (Ending::Output, RunStatus::OutputLimit, None, Some(9)),
        (Ending::Memory, RunStatus::MemoryLimit, None, Some(9)),
    ];
    for (ending, status, code, signal) in cases {
        let answer = response(finished(ending), &terms());
        assert_eq!((answer.status, answer.exit_code, answer.signal), (status, code, signal), "{ending:?}");
        assert_eq!(answer.success, status == RunStatus::Ok, "{ending:?}");
        let explained = !matches!(ending, Ending::Exited(_));
        assert_eq!(answer.errors.is_some(), explained, "{ending:?}: {:?}", answer.errors);
    }
}

#[test]
fn a_limit_speaks_after_the_programs_own_words() {
    let mut run = finished(Ending::WallTime);
    run.stderr = b"working\n\n".to_vec();
    assert_eq!(
        response(run, &terms()).errors.as_deref(),
        Some(
            "working\nThe program was stopped after 3 seconds. It may have a loop that never ends, or be waiting for \
             input."
        )
    );
    let output = response(finished(Ending::Output), &terms()).errors.expect("a sentence");
    assert!(output.contains("more than 512 KiB"), "{output}");
    let memory = response(finished(Ending::Memory), &terms()).errors.expect("a sentence");
    assert!(memory.contains("256 MiB"), "{memory}");
}

#[test]
fn an_uncaught_memory_error_near_the_limit_is_the_limit() {
    let mut run = raised("MemoryError");
    assert_eq!(response(run.clone(), &terms()).status, RunStatus::Error, "far from the limit: raised by hand");
    run.usage.peak_memory_bytes = 128 * MIB;
    let answer = response(run.clone(), &terms());
    assert_eq!((answer.status, answer.exit_code), (RunStatus::MemoryLimit, Some(1)));
    assert!(answer.errors.expect("a sentence").contains("ran out of memory"));
    run.ending = Ending::Exited(0);
    assert_eq!(response(run, &terms()).status, RunStatus::Ok, "it was not uncaught after all");
}

#[test]
fn a_syntax_error_is_believed_with_exit_code_1_alone() {
    for (code, status) in [(0, RunStatus::Ok), (1, RunStatus::SyntaxError), (2, RunStatus::Error)] {
        let mut run = finished(Ending::Exited(code));
        run.report.syntax_error = true;
        assert_eq!(response(run, &terms()).status, status, "exit code {code}");
    }
}

#[test]
fn a_claimed_exception_needs_an_exit_that_fits() {
    for (ending, shown) in [(Ending::Exited(1), true), (Ending::Exited(0), false), (Ending::WallTime, false)] {
        let run = Finished { ending, ..raised("ValueError") };
        assert_eq!(response(run, &terms()).error.is_some(), shown, "{ending:?}");
    }
}

#[test]
fn claims_are_cut_to_size() {
    let mut run = raised(&"T".repeat(10_000));
    let error = run.report.error.as_mut().expect("set above");
    error.message = "é".repeat(1 << 20);
    error.source = Some("s".repeat(1 << 20));
    error.hint = Some("h".repeat(1 << 20));
    run.report.notices = vec!["n".repeat(1 << 16); 100];
    let answer = response(run, &terms());
    let error = answer.error.expect("exit code 1");
    assert_eq!(error.r#type.len(), 200);
    assert!(error.message.len() <= 4096 && error.message.ends_with("é…"));
    assert_eq!(error.source.expect("given").len(), 1024);
    assert_eq!(error.hint.expect("given").len(), 500);
    assert_eq!(answer.notices.len(), 8);
    assert!(answer.notices.iter().all(|notice| notice.len() == 500));
}

#[test]
fn white_space_at_the_end_stays_on_demand() {
    let mut run = finished(Ending::Exited(0));
    run.stdout = b" a \r\n\n".to_vec();
    run.stderr = b"\n".to_vec();
    let trimmed = response(run.clone(), &terms());
    assert_eq!((trimmed.output.as_str(), trimmed.errors), (" a", None));
    let exact = response(run, &Terms { trim: false, ..terms() });
    assert_eq!((exact.output.as_str(), exact.errors.as_deref()), (" a \r\n\n", Some("\n")));
}

#[test]
fn bytes_that_are_no_text() {
    let mut run = finished(Ending::Exited(0));
    run.stdout = b"a\xff\xed\xa0\x80b\0\x1b[31m".to_vec();
    run.files = vec![
        FileOut { path: "a.txt".into(), content: "é".into(), truncated: false },
        FileOut { path: "b.bin".into(), content: vec![0xff, 0], truncated: true },
    ];
    let answer = response(run, &terms());
    assert_eq!(answer.output, "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}b\0\u{1b}[31m");
    assert_eq!((answer.files[0].content.as_str(), answer.files[0].encoding), ("é", Encoding::Utf8));
    assert_eq!((answer.files[1].content.as_str(), answer.files[1].encoding), ("/wA=", Encoding::Base64));
    assert!(answer.files[1].truncated);
    serde_json::to_string(&answer.output).expect("valid JSON");
}
