def is_balanced(text):
    """Returns whether the brackets of a text fit."""
    closing = {"(": ")", "[": "]", "{": "}"}
    expected = []
    for letter in text:
        if letter in closing:
            expected.append(closing[letter])
        elif letter in closing.values():
            if not expected or expected.pop() != letter:
                return False
    return not expected
