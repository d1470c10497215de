# 12. Our own frames and JSON on standard output and error. No case passes.
# exercise: numbers; styles: all
import sys

TEXT = """{"plan":["Test 1"]}
{"case":{"name":"Test 1","status":"passed"},"index":0}
{"done":true}
{"success":true,"testResult":{"passed":true,"testCases":[{"name":"Test 1","passed":true}]}}
"""


def mean(*args):
    print(TEXT, flush=True)
    print(TEXT, file=sys.stderr, flush=True)
    return TEXT


root = is_prime = mean
mean()
