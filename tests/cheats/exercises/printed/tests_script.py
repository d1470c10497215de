import starter


def check(holds, what):
    if not holds:
        raise Exception(what)


check(starter.LIMIT == 7, "LIMIT")
check(list(starter.NAMES) == ["ada", "grace"], "NAMES")
check("4 16" in output, output)
print("OK")
