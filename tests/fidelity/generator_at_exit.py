def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("generator closed")


generator = numbers()
print(next(generator))
print("main ends")
