import os
import tempfile

with tempfile.NamedTemporaryFile("w+", suffix=".txt", delete=False) as file:
    file.write("temporary")
print(os.path.exists(file.name), open(file.name).read(), file.name.endswith(".txt"))
os.remove(file.name)
with tempfile.TemporaryDirectory() as folder:
    open(os.path.join(folder, "x"), "w").close()
    print(os.listdir(folder), os.path.isdir(folder))
print(os.path.exists(folder), os.path.isdir(tempfile.gettempdir()), tempfile.gettempprefix(), len(os.path.basename(tempfile.mktemp())))
spooled = tempfile.SpooledTemporaryFile(10)
spooled.write(b"more than ten bytes")
spooled.seek(0)
print(spooled.read())
