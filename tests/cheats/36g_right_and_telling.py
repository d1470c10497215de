# 36. Hidden tests: right in one case, and it tells what it gets. The answer has nothing of them.
# exercise: secret; styles: all; hide; passes: some
def fruit(text):
    print("got", text)
    raise ValueError("no " + text)


def size(text):
    print(text)
    return len(text) * 1111
