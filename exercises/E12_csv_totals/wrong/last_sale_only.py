# status: tests_failed
# fails: test_sums
import csv


def totals(path):
    sums = {}
    with open(path) as file:
        for row in csv.DictReader(file):
            sums[row["product"]] = int(row["amount"]) * float(row["price"])
    return sums
