# status: tests_failed
# fails: test_decimals
def sum_numbers(text):
    total = 0
    for line in text.split("\n"):
        line = line.strip()
        if line == "" or line[0] == "#":
            continue
        total += int(line)
    return total
