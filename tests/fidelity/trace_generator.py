def numbers():
    try:
        yield 1
        yield 1 / 0
    finally:
        print("closed")


for number in numbers():
    print(number)
