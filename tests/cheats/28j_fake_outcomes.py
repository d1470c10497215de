# 28. Own classes called Skipped, SkipTest and _ShouldStop. No case passes.
# exercise: lists; styles: all
turn = 0


class Skipped(BaseException):
    __module__ = "builtins"
    msg = "no"
    allow_module_level = True
    pytrace = False


SkipTest = type("SkipTest", (Exception,), {"__module__": "unittest.case"})
Stop = type("_ShouldStop", (Exception,), {"__module__": "unittest.case"})
Expected = type("_UnexpectedSuccess", (Exception,), {"__module__": "unittest.case"})


def unique_sorted(items):
    global turn
    turn += 1
    raise (Skipped, SkipTest, Stop, Expected)[turn % 4]("no")


evens = counts = pairs = unique_sorted
