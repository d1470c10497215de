try:
    open("missing.txt")
except FileNotFoundError as error:
    print(error, error.errno, error.filename)
try:
    open(".")
except IsADirectoryError as error:
    print(error)
try:
    open("main.py").write("x")
except OSError as error:
    print(type(error).__name__, error)
with open("missing/folder.txt", "w") as file:
    pass
