def f():
    print(counter)
    counter = 1


counter = 0
try:
    f()
except UnboundLocalError as error:
    print(error)
try:
    a, b = 1
except TypeError as error:
    print(error)
try:
    a, b = [1, 2, 3]
except ValueError as error:
    print(error)
try:
    (1, 2)[0] = 3
except TypeError as error:
    print(error)
for i in range(3):
    pass
print(i, [i for i in range(5)], i)
del i
print(i)
