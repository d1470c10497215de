# status: tests_failed
# fails: test_not_opened, test_closed_too_early
def is_balanced(text):
    pairs = {")": "(", "]": "[", "}": "{"}
    stack = []
    for letter in text:
        if letter in "([{":
            stack.append(letter)
        elif letter in pairs and stack.pop() != pairs[letter]:
            return False
    return not stack
