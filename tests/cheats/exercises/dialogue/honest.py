def greet():
    name = input("Name? ")
    print(f"Hello, {name}!")
    return name


def total():
    numbers = []
    while (line := input()) != "":
        numbers.append(int(line))
    print("Total:", sum(numbers))
