import os

print(os.listdir("."))
print([entry.name for entry in os.scandir()], os.path.exists("main.py"), os.path.getsize("main.py"), os.path.isfile(__file__))
for name in ("a.txt", "b.txt"):
    with open(name, "w") as file:
        print(file.write(name * 2))
os.makedirs("d/e")
print(sorted(os.listdir(".")), [(path, sorted(folders), sorted(files)) for path, folders, files in os.walk(".")][0])
os.rename("a.txt", "d/c.txt")
os.remove("b.txt")
print(open("d/c.txt").read(), os.path.exists("a.txt"))
