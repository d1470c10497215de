# status: tests_failed
# fails: test_several_lines, test_below_zero, test_decimals, test_empty_lines, test_notes, test_spaces_around, test_nothing_to_add
def sum_numbers(text):
    total = 0
    for line in text.splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            total += float(line)
        return total
