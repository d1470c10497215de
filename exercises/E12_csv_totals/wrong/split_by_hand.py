# status: tests_failed
# fails: test_other_order, test_more_columns, test_commas_in_names
def totals(path):
    sums = {}
    with open(path) as file:
        next(file)
        for line in file:
            product, amount, price = line.strip().split(",")
            sums[product] = sums.get(product, 0) + int(amount) * float(price)
    return sums
