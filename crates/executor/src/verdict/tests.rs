use std::time::Duration;

use super::*;
use crate::job::{Case, Grading, Report, Usage as Used};

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
    let mut silent = finished(Ending::Exited(120));
    assert_eq!(response(silent.clone(), &terms()).status, RunStatus::Error);
    silent.usage.peak_memory_bytes = 340 * MIB;
    assert_eq!(response(silent, &terms()).status, RunStatus::MemoryLimit, "with every descriptor closed");
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

fn case(name: &str, status: api::TestStatus) -> Case {
    Case {
        name: name.into(),
        status,
        expected: None,
        actual: None,
        error: None,
        message: None,
        line: None,
        source: None,
        output: None,
        micros: None,
    }
}

fn graded(ending: Ending, statuses: &[api::TestStatus]) -> Finished {
    let cases = statuses.iter().enumerate().map(|(n, status)| case(&format!("Test {}", n + 1), *status)).collect();
    let grading = Grading {
        integrity: api::Integrity::Isolated,
        cases,
        complete: true,
        ending: Some(Ending::Exited(0)),
        stdout: b"OK\n".to_vec(),
        stderr: Vec::new(),
        wall: Duration::from_micros(1_500),
    };
    Finished { grading: Some(grading), ..finished(ending) }
}

fn grading(run: &mut Finished) -> &mut Grading {
    run.grading.as_mut().expect("graded")
}

use api::TestStatus::{Error, Failed, NotRun, Passed, Skipped};

#[test]
fn a_program_that_passes() {
    let answer = response(graded(Ending::Exited(0), &[Passed]), &terms());
    assert!(answer.success && answer.status == RunStatus::Ok);
    insta::assert_json_snapshot!(answer.test_result, @r#"
    {
      "passed": true,
      "output": "OK",
      "errors": null,
      "executionTime": 2,
      "integrity": "isolated",
      "testCases": [
        {
          "name": "Test 1",
          "passed": true,
          "status": "passed"
        }
      ]
    }
    "#);
}

#[test]
fn a_pass_needs_a_test_that_passed_and_none_that_did_not() {
    let cases: [(&[api::TestStatus], bool); 8] = [
        (&[], false),
        (&[Passed], true),
        (&[Skipped], false),
        (&[Passed, Skipped], true),
        (&[Passed, Failed], false),
        (&[Passed, Error], false),
        (&[Passed, NotRun], false),
        (&[NotRun], false),
    ];
    for (statuses, passed) in cases {
        let answer = response(graded(Ending::Exited(0), statuses), &terms());
        let result = answer.test_result.expect("graded");
        assert_eq!((result.passed, answer.success), (passed, passed), "{statuses:?}");
        assert_eq!(answer.status, if passed { RunStatus::Ok } else { RunStatus::TestsFailed }, "{statuses:?}");
        assert!(result.test_cases.iter().all(|case| case.passed == (case.status == Passed)));
    }
}

#[test]
fn an_early_end_of_the_tests_is_never_a_pass() {
    let endings = [
        (Some(Ending::WallTime), "The tests were stopped after 3 seconds."),
        (Some(Ending::Memory), "The tests were stopped: they used too much memory."),
        (Some(Ending::Exited(0)), "The tests ended before all had been run: their process exited with code 0."),
        (Some(Ending::Signaled(11)), "The tests ended before all had been run: their process was ended by signal 11."),
        (None, "The tests were stopped: they said something that the service does not understand."),
    ];
    for (ending, sentence) in endings {
        let mut run = graded(Ending::Exited(0), &[Passed, Passed]);
        grading(&mut run).complete = false;
        grading(&mut run).ending = ending;
        let answer = response(run, &terms());
        let result = answer.test_result.expect("graded");
        assert_eq!((result.passed, answer.status), (false, RunStatus::TestsFailed));
        assert_eq!(result.errors.as_deref(), Some(sentence));
    }
}

#[test]
fn how_the_program_ended_says_more_than_its_tests() {
    let endings = [
        (Ending::Exited(1), RunStatus::Error),
        (Ending::WallTime, RunStatus::Timeout),
        (Ending::Output, RunStatus::OutputLimit),
        (Ending::Memory, RunStatus::MemoryLimit),
        (Ending::Garbled, RunStatus::Killed),
    ];
    for (ending, status) in endings {
        let failed = response(graded(ending, &[Failed]), &terms());
        assert_eq!((failed.status, failed.success), (status, false));
        let passed = response(graded(ending, &[Passed]), &terms());
        assert_eq!((passed.status, passed.success), (status, false), "passed tests do not make up for it");
        assert!(passed.test_result.expect("graded").passed);
    }
    let errors = response(graded(Ending::WallTime, &[Failed]), &terms()).errors.expect("a sentence");
    assert!(errors.contains("its time was up") && !errors.contains("3 seconds"), "{errors}");
}

#[test]
fn hidden_tests_show_their_names_and_how_they_went() {
    let mut run = graded(Ending::Exited(0), &[Passed, Failed, Error, Skipped, NotRun]);
    let full = |case: &mut Case| {
        for text in [&mut case.expected, &mut case.actual, &mut case.error, &mut case.message] {
            *text = Some("SECRET".into());
        }
        case.source = Some("SECRET".into());
        case.output = Some("SECRET".into());
        case.line = Some(77);
        case.micros = Some(2_000);
    };
    let grading = grading(&mut run);
    grading.cases.iter_mut().for_each(full);
    grading.stdout = b"SECRET".to_vec();
    grading.stderr = b"SECRET".to_vec();
    grading.complete = false;
    let answer = response(run.clone(), &Terms { hide: true, ..terms() });
    let text = serde_json::to_string(&answer).expect("JSON");
    assert!(!text.contains("SECRET") && !text.contains("77"), "{text}");
    let result = answer.test_result.expect("graded");
    assert_eq!((result.output.as_str(), result.errors), ("", None));
    let messages: Vec<_> = result.test_cases.iter().map(|case| case.message.as_deref()).collect();
    assert_eq!(
        messages,
        [
            None,
            Some("This test did not pass."),
            Some("This test could not be carried out."),
            Some("This test was skipped."),
            Some("This test was not run."),
        ]
    );
    assert!(result.test_cases.iter().all(|case| case.execution_time == Some(2) && case.name.starts_with("Test ")));
    assert!(serde_json::to_string(&response(run, &terms())).expect("JSON").contains("SECRET"));
}

#[test]
fn cases_are_cut_to_size() {
    let mut run = graded(Ending::Exited(0), &[Failed]);
    let long = || Some("é".repeat(1 << 20));
    let only = &mut grading(&mut run).cases[0];
    only.name = "n".repeat(1 << 20);
    (only.expected, only.actual, only.error) = (long(), long(), long());
    (only.message, only.source, only.output) = (long(), long(), long());
    let answer = response(run, &terms());
    assert!(serde_json::to_string(&answer).expect("JSON").len() < 45 << 10);
    let only = &answer.test_result.expect("graded").test_cases[0];
    assert_eq!(only.name.len(), 300);
    assert!(only.expected.as_ref().is_some_and(|text| text.len() <= 4096 && text.ends_with('…')));
}

#[test]
fn of_very_many_cases_those_that_did_not_pass_are_shown() {
    let mut statuses = vec![Passed; 3000];
    statuses[2999] = Failed;
    statuses[1500] = NotRun;
    let result = response(graded(Ending::Exited(0), &statuses), &terms()).test_result.expect("graded");
    assert_eq!(result.test_cases.len(), 1000);
    let bad: Vec<_> = result.test_cases.iter().filter(|case| !case.passed).map(|case| case.name.as_str()).collect();
    assert_eq!(bad, ["Test 1501", "Test 3000"]);
    assert_eq!(result.errors.as_deref(), Some("2000 more tests are not shown here."));
    assert!(!result.passed);
}
