# status: tests_failed
# fails: test_four_and_nine, test_tens, test_hundreds, test_long_ones
def roman(number):
    if not 1 <= number <= 3999:
        raise ValueError("no")
    text = ""
    for value, sign in [(1000, "M"), (500, "D"), (100, "C"), (50, "L"), (10, "X"), (5, "V"), (1, "I")]:
        text += sign * (number // value)
        number %= value
    return text
