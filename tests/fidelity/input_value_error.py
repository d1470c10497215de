# stdin: abc\n
number = int(input("Number? "))
print(number)
