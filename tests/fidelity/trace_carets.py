def mean(values):
    return sum(values) / len(values)


def report(data):
    return {name: mean(values) for name, values in data.items()}


print(report({"a": [1, 2, 3]}))
print(report({"a": [1, 2, 3], "b": []})["b"] + (1 + 2) * 3)
