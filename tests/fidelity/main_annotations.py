"""The document string."""
x: int = 1
y: "str"
print(__doc__)
print(sorted(__annotations__) if "__annotations__" in globals() else "lazy")
print("y" in globals())
