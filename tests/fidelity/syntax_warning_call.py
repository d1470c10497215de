try:
    "a"(1)
except TypeError as error:
    print(error)
try:
    [1, 2](0)
except TypeError as error:
    print(error)
try:
    [1][2, 3]
except TypeError as error:
    print(error)
