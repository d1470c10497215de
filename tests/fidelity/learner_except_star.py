# requires: 3.11
def run(errors):
    try:
        raise ExceptionGroup("several", errors)
    except* (ValueError, TypeError) as group:
        print("handled", [repr(error) for error in group.exceptions])
    except* OSError as group:
        print("os", group)


run([ValueError(1), TypeError(2), FileNotFoundError(2, "gone")])
run([KeyError("left"), ValueError("v")])
