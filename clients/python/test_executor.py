"""Against a real service: EXECUTOR_URL names it."""

import os
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
