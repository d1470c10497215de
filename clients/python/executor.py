"""A client for python-executor: one file, the standard library alone, Python 3.9 and up. Copy it into your project.

    from executor import Executor

    executor = Executor("http://127.0.0.1:3001")
    result = executor.execute("print('Hello')")
    graded = executor.execute("def f(): return 1", test_code="assert f() == 1")
    if not graded.passed:
        for case in graded.cases:
            print(case["name"], case.get("message"))

Later, and many at a time, as jobs that survive the service's death:

    batch, ids = executor.submit_batch([{"code": "print(1)"}, {"code": "print(2)"}], key="course-7")
    for job in executor.events(batch):
        print(job["id"], job["status"], job["result"] and job["result"]["output"])
"""

import http.client
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

    def submit(self, code, test_code=None, **fields):
        """Has a program run later: its job's id. Among `fields` may be idempotencyKey, priority and callbackUrl.

        With an idempotencyKey it can be sent again when the answer was lost: the id is the same, and nothing runs twice.
        """
        request = {"code": code, **fields}
        if test_code is not None:
            request["testCode"] = test_code
        return self._ask("/jobs", json.dumps(request).encode())["jobIds"][0]

    def submit_batch(self, jobs, key=None, **fields):
        """Has up to 1,000 programs run later, each a dictionary as `submit` sends it: the batch's id, and the jobs' ids."""
        request = {"jobs": jobs, **fields}
        if key is not None:
            request["idempotencyKey"] = key
        answer = self._ask("/jobs", json.dumps(request).encode())
        return answer["batchId"], answer["jobIds"]

    def job(self, id):
        """A job as it is now."""
        return self._ask("/jobs/" + id)

    def batch(self, id):
        """A batch as it is now."""
        return self._ask("/batches/" + id)

    def cancel(self, id):
        """Cancels a job: as it is afterwards. What has ended stays."""
        return self._ask("/jobs/" + id, method="DELETE")

    def cancel_batch(self, id):
        """Cancels what has not ended of a batch: as it is afterwards."""
        return self._ask("/batches/" + id, method="DELETE")

    def wait(self, id, timeout=60.0):
        """A job once it has ended: `done`, `set_aside` (`reason` says why) or `cancelled`."""
        until, pause = time.monotonic() + timeout, 0.05
        while True:
            job = self.job(id)
            if job["finishedAt"] is not None:
                return job
            if time.monotonic() + pause > until:
                raise TimeoutError(f"job {id} is {job['status']} after {timeout} s")
            time.sleep(pause)
            pause = min(pause * 1.5, 5.0)

    def events(self, batch):
        """Each job of a batch once it has ended, in the order in which they end.

        A connection that breaks is taken up again where it was, until nothing was heard for `timeout` seconds.
        """
        after, heard, pause = None, time.monotonic(), 0.2
        while True:
            problem = None
            try:
                with self._open(f"/batches/{batch}/events", headers=after and {"last-event-id": after}) as lines:
                    for id, name, data in _events(lines):
                        heard, pause = time.monotonic(), 0.2
                        if name == "end":
                            return
                        if name == "job":
                            yield json.loads(data)
                            after = id
            except ExecutorError as error:
                if error.status != 0:
                    raise
                problem = error
            except (OSError, http.client.HTTPException) as error:
                problem = error
            if time.monotonic() - heard > self.timeout:
                raise ExecutorError(0, "UNREACHABLE", f"{self.url}: the events of batch {batch} broke off") from problem
            time.sleep(pause * (0.5 + random.random() / 2))
            pause = min(pause * 2, 10.0)

    def health(self):
        """How the service is, as it says it."""
        return self._ask("/health")

    def _ask(self, path, body=None, method=None):
        with self._open(path, body, method) as response:
            return json.load(response)

    def _open(self, path, body=None, method=None, headers=None):
        for left in reversed(range(self.tries)):
            request = urllib.request.Request(self.url + path, body, {**self.headers, **(headers or {})}, method=method)
            try:
                return urllib.request.urlopen(request, timeout=self.timeout)
            except urllib.error.HTTPError as refusal:
                error, wait = _error(refusal), refusal.headers.get("retry-after")
                if not left or wait is None or refusal.code not in (429, 503):
                    raise error from None
                # Not all at the same moment.
                time.sleep(float(wait) + random.random() / 4)
            except (urllib.error.URLError, OSError) as error:
                raise ExecutorError(0, "UNREACHABLE", f"{self.url}: {error}") from error


def _events(lines):
    """Server-sent events: id, name and data of each. The service ends lines with a line feed."""
    id, name, data = None, "message", []
    for line in lines:
        line = line.decode().rstrip("\n")
        field, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if field == "id":
            id = value
        elif field == "event":
            name = value
        elif field == "data":
            data.append(value)
        elif not line:
            if data:
                yield id, name, "\n".join(data)
            name, data = "message", []


def _error(refusal):
    try:
        said = json.load(refusal)
        return ExecutorError(refusal.code, said["code"], said["error"], said.get("field"), said.get("requestId"))
    except (ValueError, KeyError):
        return ExecutorError(refusal.code, "UNKNOWN", f"HTTP {refusal.code}")
