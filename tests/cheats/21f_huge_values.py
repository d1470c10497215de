# 21. Values of hundreds of megabytes. No case passes.
# exercise: text; styles: asserts unittest pytest; timeoutMs: 2500
def shout(text):
    return "HUH?" * 30_000_000


def vowels(text):
    return 3 << 100_000_000


def initials(name):
    return ["A"] * 10_000_000
