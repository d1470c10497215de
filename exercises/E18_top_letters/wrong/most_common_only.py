# status: tests_failed
# fails: test_in_alphabetical_order, test_the_order_decides_who_is_left_out
from collections import Counter


def top_letters(text, n):
    return Counter(letter for letter in text.lower() if letter.isalpha()).most_common(n)
