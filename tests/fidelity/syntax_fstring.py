name = "Ada"
print(f"{name!z} {name")
