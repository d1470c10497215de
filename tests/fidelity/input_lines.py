# stdin: Ada\n36\n\nlast without newline
name = input("Name: ")
age = int(input("Age: "))
print(f"{name} will be {age + 1}")
print(repr(input()))
print(repr(input()))
try:
    input("more? ")
except EOFError as error:
    print(repr(error))
