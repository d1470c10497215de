//! What becomes of a request that is wrong: one row for each rule.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::support::{Fake, app, post, send};

/// A request with `code` and these fields.
fn with(fields: Value) -> String {
    let mut request = json!({ "code": "x" });
    request.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
    request.to_string()
}

fn with_file(file: Value) -> String {
    with(json!({ "files": [file] }))
}

async fn check(rows: Vec<(String, u16, &str, &str, &str)>) {
    let engine = Fake::greeting();
    let app = app(&engine, &[]);
    for (body, status, code, field, says) in rows {
        let start: String = body.chars().take(120).collect();
        let answer = post(&app, body).await;
        assert_eq!(answer.failure(), (status, code.to_owned()), "{start}: {}", answer.body);
        let failure = answer.json();
        assert_eq!(failure["field"].as_str().unwrap_or_default(), field, "{start}");
        assert!(failure["error"].as_str().expect("a sentence").contains(says), "{start}: {failure}");
    }
    assert!(engine.seen.lock().expect("not poisoned").is_none(), "nothing was run");
}

#[tokio::test]
async fn bodies_that_are_no_request() {
    check(vec![
        (String::new(), 400, "INVALID_JSON", "", "not valid JSON"),
        ("{".into(), 400, "INVALID_JSON", "", "line 1 column"),
        (r#"{"code": "x"} x"#.into(), 400, "INVALID_JSON", "", ""),
        (r#"{"code": "\ud800"}"#.into(), 400, "INVALID_JSON", "", ""),
        (r#"{"code": "x", "limits": {"timeoutMs": NaN}}"#.into(), 400, "INVALID_JSON", "", ""),
        (r#"{"code": "x", "limits": {"timeoutMs": 1e999}}"#.into(), 400, "INVALID_JSON", "", ""),
        ("[".repeat(100_000), 400, "INVALID_JSON", "", ""),
        ("[]".into(), 400, "INVALID_BODY", "", "must be a JSON object"),
        ("null".into(), 400, "INVALID_BODY", "", ""),
        (r#""x""#.into(), 400, "INVALID_BODY", "", ""),
        (r#"{"code": "x", "code": "y"}"#.into(), 400, "DUPLICATE_FIELD", "code", "given twice"),
        (format!(r#"{{"code": "x", "args": [{}1]}}"#, "1,".repeat(10_000)), 400, "TOO_MANY_VALUES", "", ""),
        (with(json!({"testcode": "x"})), 400, "UNKNOWN_FIELD", "testcode", r#"did you mean "testCode"?"#),
        (with(json!({"test_code": "x"})), 400, "UNKNOWN_FIELD", "test_code", r#"did you mean "testCode"?"#),
        (with(json!({"stdni": "x"})), 400, "UNKNOWN_FIELD", "stdni", r#"did you mean "stdin"?"#),
        (with(json!({"zzz": "x"})), 400, "UNKNOWN_FIELD", "zzz", r#"Unknown field "zzz""#),
        (r#"{"cod": "x"}"#.into(), 400, "UNKNOWN_FIELD", "cod", r#"did you mean "code"?"#),
    ])
    .await;
}

#[tokio::test]
async fn code_and_tests() {
    let required = "Code is required and must be a string";
    check(vec![
        ("{}".into(), 400, "CODE_REQUIRED", "code", required),
        (r#"{"code": ""}"#.into(), 400, "CODE_REQUIRED", "code", required),
        (r#"{"code": null}"#.into(), 400, "CODE_REQUIRED", "code", required),
        (r#"{"code": 5}"#.into(), 400, "CODE_REQUIRED", "code", required),
        (r#"{"code": ["x"]}"#.into(), 400, "CODE_REQUIRED", "code", required),
        (json!({"code": "é".repeat(50_001)}).to_string(), 413, "CODE_TOO_LONG", "code", "50000"),
        (json!({"code": "x".repeat(7 << 20)}).to_string(), 413, "CODE_TOO_LONG", "code", ""),
        (with(json!({"testCode": 1})), 400, "INVALID_TYPE", "testCode", "testCode must be a string"),
        (with(json!({"testCode": "x".repeat(200_001)})), 413, "TEST_CODE_TOO_LONG", "testCode", "200000"),
        (with(json!({"runTests": true})), 400, "TEST_CODE_REQUIRED", "testCode", "required when runTests is true"),
        (with(json!({"runTests": true, "testCode": ""})), 400, "TEST_CODE_REQUIRED", "testCode", ""),
        (with(json!({"runTests": "yes"})), 400, "INVALID_TYPE", "runTests", "true or false"),
        (with(json!({"integrity": "both"})), 400, "INVALID_INTEGRITY", "integrity", "in_process"),
        (with(json!({"integrity": true})), 400, "INVALID_TYPE", "integrity", ""),
        (with(json!({"hideTests": 1})), 400, "INVALID_TYPE", "hideTests", ""),
        (with(json!({"trim": "no"})), 400, "INVALID_TYPE", "trim", ""),
        (with(json!({"exerciseId": 7})), 400, "INVALID_TYPE", "exerciseId", ""),
        (with(json!({"exerciseId": "a\nb"})), 400, "INVALID_EXERCISE_ID", "exerciseId", ""),
        (with(json!({"exerciseId": "a".repeat(201)})), 400, "INVALID_EXERCISE_ID", "exerciseId", ""),
    ])
    .await;
}

#[tokio::test]
async fn code_is_counted_in_characters() {
    let engine = Fake::greeting();
    let answer = post(&app(&engine, &[]), json!({"code": "é".repeat(50_000)}).to_string()).await;
    assert_eq!(answer.status.as_u16(), 200);
    let answer = post(&app(&engine, &["--max-code-chars", "10"]), json!({"code": "x".repeat(11)}).to_string()).await;
    assert_eq!(answer.failure(), (413, "CODE_TOO_LONG".into()));
}

#[tokio::test]
async fn input_arguments_and_runtimes() {
    check(vec![
        (with(json!({"stdin": 5})), 400, "INVALID_TYPE", "stdin", "stdin must be a string"),
        (with(json!({"stdin": "x".repeat((1 << 20) + 1)})), 413, "STDIN_TOO_LONG", "stdin", ""),
        (with(json!({"args": "x"})), 400, "INVALID_TYPE", "args", "args must be an array"),
        (with(json!({"args": ["x", 1]})), 400, "INVALID_TYPE", "args[1]", "args[1] must be a string"),
        (with(json!({"args": [null]})), 400, "INVALID_TYPE", "args[0]", ""),
        (with(json!({"args": ["a\0b"]})), 400, "INVALID_ARGUMENT", "args[0]", "NUL"),
        (with(json!({"args": vec!["x"; 257]})), 400, "TOO_MANY_ITEMS", "args", "256"),
        (with(json!({"args": ["x".repeat(70_000)]})), 413, "ARGS_TOO_LONG", "args", ""),
        (with(json!({"python": 3})), 400, "INVALID_TYPE", "python", ""),
        (with(json!({"python": "python2"})), 400, "UNKNOWN_RUNTIME", "python", "one of: python3.11, python3.13"),
    ])
    .await;
}

#[tokio::test]
async fn limits() {
    let limit = |name: &str, value: Value| with(json!({ "limits": { name: value } }));
    let timeout = "limits.timeoutMs must be between 1 and 10000";
    let rows = vec![
        (with(json!({"limits": 5})), 400, "INVALID_TYPE", "limits", "limits must be an object"),
        (limit("timeout", json!(5)), 400, "UNKNOWN_FIELD", "limits.timeout", r#"did you mean "limits.timeoutMs"?"#),
        (limit("timeoutMs", json!("5")), 400, "INVALID_TYPE", "limits.timeoutMs", "a whole number"),
        (limit("timeoutMs", json!(true)), 400, "INVALID_TYPE", "limits.timeoutMs", "a whole number"),
        (limit("timeoutMs", json!(1.5)), 400, "INVALID_TYPE", "limits.timeoutMs", "a whole number"),
        (limit("timeoutMs", json!(0)), 400, "LIMIT_OUT_OF_RANGE", "limits.timeoutMs", timeout),
        (limit("timeoutMs", json!(-1)), 400, "LIMIT_OUT_OF_RANGE", "limits.timeoutMs", timeout),
        (limit("timeoutMs", json!(-1.0)), 400, "LIMIT_OUT_OF_RANGE", "limits.timeoutMs", timeout),
        (limit("timeoutMs", json!(10_001)), 400, "LIMIT_OUT_OF_RANGE", "limits.timeoutMs", timeout),
        (limit("timeoutMs", json!(1e308)), 400, "LIMIT_OUT_OF_RANGE", "limits.timeoutMs", timeout),
        (limit("timeoutMs", json!(u64::MAX)), 400, "LIMIT_OUT_OF_RANGE", "limits.timeoutMs", timeout),
        (limit("memoryMb", json!(1025)), 400, "LIMIT_OUT_OF_RANGE", "limits.memoryMb", "between 16 and 1024"),
        (limit("outputBytes", json!(4_194_305)), 400, "LIMIT_OUT_OF_RANGE", "limits.outputBytes", "4194304"),
        (limit("processes", json!(0)), 400, "LIMIT_OUT_OF_RANGE", "limits.processes", "between 1 and 64"),
        (limit("fileBytes", json!(0)), 400, "LIMIT_OUT_OF_RANGE", "limits.fileBytes", "between 65536 and 67108864"),
    ];
    check(rows).await;
}

#[tokio::test]
async fn files() {
    let path = |path: &str| with_file(json!({ "path": path, "content": "" }));
    let two = |a: &str, b: &str| with(json!({"files": [{"path": a, "content": ""}, {"path": b, "content": ""}]}));
    let large = "x".repeat(1 << 20);
    let many = json!({ "limits": {"fileBytes": 1 << 20}, "files": [{"path": "a", "content": large}] });
    let rows = vec![
        (with(json!({"files": {}})), 400, "INVALID_TYPE", "files", "files must be an array"),
        (with(json!({"files": ["a"]})), 400, "INVALID_TYPE", "files[0]", "an object"),
        (with_file(json!({"content": ""})), 400, "INVALID_TYPE", "files[0].path", "files[0].path must be a string"),
        (with_file(json!({"path": "a"})), 400, "INVALID_TYPE", "files[0].content", "must be a string"),
        (with_file(json!({"path": "a", "content": 1})), 400, "INVALID_TYPE", "files[0].content", ""),
        (with_file(json!({"path": "a", "content": "", "mode": 1})), 400, "UNKNOWN_FIELD", "files[0].mode", ""),
        (
            with_file(json!({"path": "a", "content": "", "encoding": "hex"})),
            400,
            "INVALID_ENCODING",
            "files[0].encoding",
            "base64",
        ),
        (
            with_file(json!({"path": "a", "content": "a", "encoding": "base64"})),
            400,
            "INVALID_BASE64",
            "files[0].content",
            "",
        ),
        (
            with_file(json!({"path": "a", "content": "YQ", "encoding": "base64"})),
            400,
            "INVALID_BASE64",
            "files[0].content",
            "",
        ),
        (
            with_file(json!({"path": "a", "content": "YR==", "encoding": "base64"})),
            400,
            "INVALID_BASE64",
            "files[0].content",
            "",
        ),
        (
            with_file(json!({"path": "a", "content": "YQ==\n", "encoding": "base64"})),
            400,
            "INVALID_BASE64",
            "files[0].content",
            "",
        ),
        (path("../x"), 400, "INVALID_PATH", "files[0].path", ""),
        (path("/abs"), 400, "INVALID_PATH", "files[0].path", "relative"),
        (path("a/../../b"), 400, "INVALID_PATH", "files[0].path", ""),
        (path("a\0"), 400, "INVALID_PATH", "files[0].path", ""),
        (path("starter.py"), 400, "RESERVED_PATH", "files[0].path", "kept"),
        (path("conftest.py"), 400, "RESERVED_PATH", "files[0].path", ""),
        (path("sitecustomize.py"), 400, "RESERVED_PATH", "files[0].path", ""),
        (two("a.txt", "A.TXT"), 400, "CONFLICTING_PATH", "files[1].path", ""),
        (two("a", "a/b"), 400, "CONFLICTING_PATH", "files[1].path", ""),
        (with(json!({"files": vec![json!({"path": "a", "content": ""}); 101]})), 400, "TOO_MANY_ITEMS", "files", "100"),
        (with(many), 413, "FILES_TOO_LARGE", "files", "1048576 bytes"),
    ];
    check(rows).await;
}

#[tokio::test]
async fn globs() {
    let glob = |glob: &str| with(json!({ "collect": [glob] }));
    let rows = vec![
        (with(json!({"collect": "*"})), 400, "INVALID_TYPE", "collect", "an array"),
        (with(json!({"collect": [1]})), 400, "INVALID_TYPE", "collect[0]", ""),
        (glob("/etc/*"), 400, "INVALID_GLOB", "collect[0]", "relative"),
        (glob("../*"), 400, "INVALID_GLOB", "collect[0]", ""),
        (glob(""), 400, "INVALID_GLOB", "collect[0]", "empty"),
        (glob("[a"), 400, "INVALID_GLOB", "collect[0]", "is no glob"),
        (glob(&"{a,b}".repeat(9)), 400, "INVALID_GLOB", "collect[0]", "alternatives"),
        (glob(&"*".repeat(256)), 400, "INVALID_GLOB", "collect[0]", "255"),
        (with(json!({"collect": vec!["*"; 33]})), 400, "TOO_MANY_ITEMS", "collect", "32"),
    ];
    check(rows).await;
}

#[tokio::test]
async fn types_and_sizes_of_bodies() {
    let engine = Fake::greeting();
    let app = app(&engine, &["--max-body-bytes", "2000"]);
    let request = |kind: &str, encoding: &str, body: &str| {
        let mut request = Request::post("/execute");
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        if !encoding.is_empty() {
            request = request.header("content-encoding", encoding);
        }
        request.body(Body::from(body.to_owned())).expect("a request")
    };
    let fine = r#"{"code": "x"}"#;
    for kind in ["application/json", "Application/JSON; charset=utf-8", "application/json;charset=\"UTF-8\""] {
        assert_eq!(send(&app, request(kind, "identity", fine)).await.status.as_u16(), 200, "{kind}");
    }
    for kind in ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"] {
        assert_eq!(send(&app, request(kind, "", fine)).await.failure(), (415, "NOT_JSON".into()), "{kind}");
    }
    for encoding in ["gzip", "br", "deflate", "identity, gzip"] {
        let answer = send(&app, request("application/json", encoding, fine)).await;
        assert_eq!(answer.failure(), (415, "COMPRESSED_BODY".into()), "{encoding}");
    }
    let large = "x".repeat(2001);
    assert_eq!(post(&app, large.clone()).await.failure(), (413, "BODY_TOO_LARGE".into()));
    let pieces = futures_util::stream::iter([Ok::<_, std::io::Error>(large), Ok(" ".into())]);
    assert_eq!(post(&app, Body::from_stream(pieces)).await.failure(), (413, "BODY_TOO_LARGE".into()));
    let broken = futures_util::stream::iter([Ok("{".to_owned()), Err(std::io::Error::other("made up"))]);
    assert_eq!(post(&app, Body::from_stream(broken)).await.failure(), (400, "BODY_INCOMPLETE".into()));
    let pieces = futures_util::stream::iter([r#"{"co"#, r#"de": "#, r#""x"}"#].map(Ok::<_, std::io::Error>));
    assert_eq!(post(&app, Body::from_stream(pieces)).await.status.as_u16(), 200);
}
