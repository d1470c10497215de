try:
    print("a", sep=1)
except TypeError as error:
    print(error)
try:
    print("a", file="name")
except AttributeError as error:
    print(error)
print("a", seperator="-")
