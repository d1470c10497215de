# status: tests_failed
# fails: test_letters_only
from collections import Counter


def top_letters(text, n):
    counts = Counter(text.lower())
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:n]
