"""Against a real service: EXECUTOR_URL names it."""

import os
import socket
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from executor import Executor, ExecutorError


class RealService(unittest.TestCase):
    def setUp(self):
        self.executor = Executor(os.environ["EXECUTOR_URL"])

    def test_a_program(self):
        result = self.executor.execute("print(input() * 2)", stdin="ab")
        self.assertEqual((result.success, result.status, result.output), (True, "ok", "abab"))
        self.assertEqual((result.cases, result.passed), ([], False))

    def test_a_mistake(self):
        result = self.executor.execute("print(nothing)")
        self.assertFalse(result.success)
        self.assertEqual(result.answer["error"]["type"], "NameError")

    def test_a_grade(self):
        tests = "assert f(1) == 2\nassert f(2) == 3"
        self.assertTrue(self.executor.execute("def f(x): return x + 1", test_code=tests).passed)
        wrong = self.executor.execute("def f(x): return 2", test_code=tests)
        self.assertEqual([case["passed"] for case in wrong.cases], [True, False])

    def test_a_wrong_request(self):
        with self.assertRaises(ExecutorError) as caught:
            self.executor.execute("print(1)", testcode="misspelt")
        self.assertEqual((caught.exception.status, caught.exception.field), (400, "testcode"))

    def test_health(self):
        self.assertEqual(self.executor.health()["status"], "healthy")


class Jobs(unittest.TestCase):
    def setUp(self):
        self.executor = Executor(os.environ["EXECUTOR_URL"])

    def key(self):
        return "%s %s" % (self.id(), os.urandom(8).hex())

    def test_a_job_has_one_result_however_often_it_is_sent(self):
        key = self.key()
        id = self.executor.submit("print(6 * 7)", idempotencyKey=key)
        self.assertEqual(self.executor.submit("print(6 * 7)", idempotencyKey=key), id)
        job = self.executor.wait(id)
        self.assertEqual((job["status"], job["result"]["output"], job["deliveries"]), ("done", "42", 1))
        with self.assertRaises(ExecutorError) as caught:
            self.executor.submit("print(43)", idempotencyKey=key)
        self.assertEqual((caught.exception.status, caught.exception.code), (409, "KEY_REUSED"))

    def test_a_batch_is_told_as_it_ends(self):
        jobs = [{"code": "def f(): return %d" % n, "testCode": "assert f() < 3"} for n in range(5)]
        batch, ids = self.executor.submit_batch(jobs, key=self.key())
        told = {job["id"]: job["result"]["success"] for job in self.executor.events(batch)}
        self.assertEqual([told[id] for id in ids], [True, True, True, False, False])
        self.assertEqual(self.executor.batch(batch)["progress"]["done"], 5)

    def test_what_is_cancelled_ends(self):
        id = self.executor.submit("import time\ntime.sleep(2)")
        self.assertEqual(self.executor.cancel(id)["status"], "cancelled")
        self.assertEqual(self.executor.wait(id)["result"], None)
        batch, ids = self.executor.submit_batch([{"code": "import time\ntime.sleep(2)"}] * 20)
        progress = self.executor.cancel_batch(batch)["progress"]
        self.assertEqual(progress["cancelled"] + progress["done"], 20)
        self.assertGreater(progress["cancelled"], 10)
        self.assertEqual({job["id"] for job in self.executor.events(batch)}, set(ids))

    def test_waiting_has_an_end(self):
        id = self.executor.submit("import time\ntime.sleep(1)")
        with self.assertRaises(TimeoutError):
            self.executor.wait(id, timeout=0.1)
        self.executor.cancel(id)

    def test_events_that_break_off_go_on(self):
        jobs = [{"code": "print(%d)" % n} for n in range(30)]
        batch, ids = self.executor.submit_batch(jobs)
        url, cuts = cutting_proxy(self.executor.url, 4000)
        told = [job["id"] for job in Executor(url).events(batch)]
        self.assertEqual((len(told), set(told)), (30, set(ids)))
        self.assertGreaterEqual(len(cuts), 3)


def cutting_proxy(url, after):
    """Passes on to a service, and closes each connection after so many bytes of an answer."""
    host, port = url.split("//")[1].split(":")
    listener, cuts = socket.create_server(("127.0.0.1", 0)), []

    def serve():
        while True:
            client, _ = listener.accept()
            with client, socket.create_connection((host, int(port))) as service:
                service.sendall(client.recv(65536))
                left = after
                while left > 0:
                    some = service.recv(min(left, 1024))
                    if not some:
                        break
                    client.sendall(some)
                    left -= len(some)
                if left <= 0:
                    cuts.append(url)

    Thread(target=serve, daemon=True).start()
    return "http://127.0.0.1:%d" % listener.getsockname()[1], cuts


class FullService(unittest.TestCase):
    def test_it_is_asked_again_when_it_says_so(self):
        asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                body = b'{"success": false, "error": "full", "code": "FULL"}' if len(asked) < 3 else b"{}"
                self.send_response(503 if len(asked) < 3 else 200)
                self.send_header("retry-after", "0")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=server.serve_forever, daemon=True).start()
        url = "http://127.0.0.1:%d" % server.server_port
        self.assertEqual(Executor(url).health(), {})
        self.assertEqual(len(asked), 3)
        asked.clear()
        with self.assertRaises(ExecutorError) as caught:
            Executor(url, tries=1).health()
        self.assertEqual((caught.exception.status, caught.exception.code), (503, "FULL"))
        server.shutdown()
        server.server_close()
        with self.assertRaises(ExecutorError) as caught:
            Executor(url).health()
        self.assertEqual(caught.exception.code, "UNREACHABLE")


if __name__ == "__main__":
    unittest.main()
