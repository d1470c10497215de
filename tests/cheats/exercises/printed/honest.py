LIMIT = 7
NAMES = ("ada", "grace")

for number in range(1, LIMIT + 1):
    print(number, number**2)
print("done", *NAMES)


def square(n):
    return n**2
