import warnings

print([(entry[0], entry[2].__name__, str(entry[3])) for entry in warnings.filters])
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    warnings.warn("recorded")
    print(len(seen), seen[0].message, seen[0].category.__name__, seen[0].lineno)
warnings.filterwarnings("ignore", message="quiet")
warnings.warn("quiet please")
warnings.simplefilter("error")
warnings.warn("now an error")
