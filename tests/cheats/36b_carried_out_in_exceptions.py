# 36. Hidden tests: exceptions that carry the arguments. The answer has nothing of them.
# exercise: secret; styles: all; hide
def fruit(text):
    error = ValueError(text, text[::-1])
    if hasattr(error, "add_note"):
        error.add_note(text)
    raise error from KeyError(text)


def size(text):
    raise type(text.replace("-", "_"), (Exception,), {"__doc__": text})(text)
