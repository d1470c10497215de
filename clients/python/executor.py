"""A client for python-executor: one file, the standard library alone, Python 3.9 and up. Copy it into your project.

    from executor import Executor

    executor = Executor("http://127.0.0.1:3001")
    result = executor.execute("print('Hello')")
    graded = executor.execute("def f(): return 1", test_code="assert f() == 1")
    if not graded.passed:
        for case in graded.cases:
            print(case["name"], case.get("message"))
"""

import json
import random
import time
import urllib.error
import urllib.request
from dataclasses import dataclass


class ExecutorError(Exception):
    """The program was not run, and that is not its doing: the request is wrong, or the service cannot take it."""

    def __init__(self, status, code, message, field=None, request_id=None):
        super().__init__(message)
        self.status = status  # of HTTP; 0 where nobody answered
        self.code = code  # stable: "VALIDATION_FAILED", "FULL", …
        self.field = field  # of the request, where one is at fault
        self.request_id = request_id  # names the request in the service's log


@dataclass
class Result:
    """What a program did."""

    success: bool
    status: str  # ok, error, syntax_error, tests_failed, timeout, output_limit, memory_limit, killed
    output: str
    errors: "str | None"
    execution_time: int  # milliseconds
    answer: dict  # all that the service said, in its own words

    @property
    def cases(self):
        """The test cases, as dictionaries; empty without tests."""
        return (self.answer["testResult"] or {}).get("testCases", [])

    @property
    def passed(self):
        """Whether there were tests, and all of them passed."""
        return bool(self.answer["testResult"] and self.answer["testResult"]["passed"])


class Executor:
    """A service at one address. Threads may share it."""

    def __init__(self, url="http://127.0.0.1:3001", key=None, timeout=60.0, tries=5):
        self.url = url.rstrip("/")
        self.headers = {"content-type": "application/json"}
        if key:
            self.headers["authorization"] = "Bearer " + key
        self.timeout = timeout  # seconds, for each try
        self.tries = tries

    def execute(self, code, test_code=None, **fields):
        """Runs a program, with its tests if there are some; `fields` are the request's others, as the contract names them.

        A service that is full is asked again when it says so; a request that may have run is not sent again.
        """
        request = {"code": code, **fields}
        if test_code is not None:
            request["testCode"] = test_code
        answer = self._ask("/execute", json.dumps(request).encode())
        return Result(
            success=answer["success"],
            status=answer["status"],
            output=answer["output"],
            errors=answer["errors"],
            execution_time=answer["executionTime"],
            answer=answer,
        )

    def health(self):
        """How the service is, as it says it."""
        return self._ask("/health")

    def _ask(self, path, body=None):
        for left in reversed(range(self.tries)):
            request = urllib.request.Request(self.url + path, body, self.headers)
            try:
                with urllib.request.urlopen(request, timeout=self.timeout) as response:
                    return json.load(response)
            except urllib.error.HTTPError as refusal:
                error, wait = _error(refusal), refusal.headers.get("retry-after")
                if not left or wait is None or refusal.code not in (429, 503):
                    raise error from None
                # Not all at the same moment.
                time.sleep(float(wait) + random.random() / 4)
            except (urllib.error.URLError, OSError) as error:
                raise ExecutorError(0, "UNREACHABLE", f"{self.url}: {error}") from error


def _error(refusal):
    try:
        said = json.load(refusal)
        return ExecutorError(refusal.code, said["code"], said["error"], said.get("field"), said.get("requestId"))
    except (ValueError, KeyError):
        return ExecutorError(refusal.code, "UNKNOWN", f"HTTP {refusal.code}")
