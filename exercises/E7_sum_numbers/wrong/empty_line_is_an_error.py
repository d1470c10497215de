# status: tests_failed
# fails: test_empty_lines
def sum_numbers(text):
    total = 0
    for line in text.splitlines():
        if line.strip().startswith("#"):
            continue
        total += float(line)
    return total
