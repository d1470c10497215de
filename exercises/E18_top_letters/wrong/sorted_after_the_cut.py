# status: tests_failed
# fails: test_the_order_decides_who_is_left_out
from collections import Counter


def top_letters(text, n):
    counts = Counter(letter for letter in text.lower() if letter.isalpha())
    return sorted(counts.most_common(n), key=lambda pair: (-pair[1], pair[0]))
