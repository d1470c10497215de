# status: tests_failed
# fails: test_below_zero, test_decimals
def sum_numbers(text):
    total = 0
    for line in text.split("\n"):
        line = line.strip()
        if line.isdigit():
            total += int(line)
    return total
