for number in range(6000):
    print(number, "x" * 44)
