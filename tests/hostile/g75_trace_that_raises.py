# expect: status=ok|error|killed
# claim: G75 — trace functions and audit hooks that raise on everything harm only the run
import sys


def tracer(*rest):
    raise RuntimeError("trace")


def hook(name, rest):
    raise RuntimeError("audit")


sys.addaudithook(hook)
sys.settrace(tracer)
sys.setprofile(tracer)
len([])
