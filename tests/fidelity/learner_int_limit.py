number = 10**5000
try:
    print(len(str(number)))
except ValueError as error:
    print(error)
print(int("9" * 5000) % 7)
