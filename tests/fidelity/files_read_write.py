import os
import shutil

os.umask(0o022)
with open("text.txt", "w", encoding="utf-8") as file:
    file.write("één\ntwee\r\ndrie")
print(open("text.txt", encoding="utf-8").readlines(), open("text.txt", "rb").read(), os.path.getsize("text.txt"))
print([line.strip() for line in open("text.txt", newline="")])
with open("text.txt", "a") as file:
    print(file.tell(), file.write("!"), file.seekable(), file.readable(), file.name, file.mode)
with open("text.txt", "r+b") as file:
    file.seek(-3, 2)
    print(file.read(), file.seek(0), file.read(2))
shutil.copy("text.txt", "copy.txt")
print(sorted(os.listdir(".")), oct(os.stat("copy.txt").st_mode))
open("x.txt", "x").close()
open("x.txt", "x")
