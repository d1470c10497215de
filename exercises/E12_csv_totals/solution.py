import csv


def totals(path):
    """Returns what was earned with each product."""
    sums = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            sold = int(row["amount"]) * float(row["price"])
            sums[row["product"]] = sums.get(row["product"], 0) + sold
    return sums
