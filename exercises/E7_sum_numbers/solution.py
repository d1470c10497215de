def sum_numbers(text):
    """Returns the sum of the numbers in a text, one on each line."""
    total = 0
    for line in text.splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            total += float(line)
    return total
