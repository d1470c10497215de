# requires: 3.11
def work():
    errors = []
    for text in ("1", "x", None):
        try:
            int(text)
        except Exception as error:
            errors.append(error)
    raise ExceptionGroup("two failed", errors + [ExceptionGroup("inner", [KeyError("k"), OSError(2, "gone", "f.txt")])])


try:
    work()
except* ValueError as group:
    print("values:", group.exceptions)
