print(list(globals()))
print(dir())
print(list(vars()))
