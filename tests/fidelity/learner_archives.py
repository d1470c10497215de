import gzip
import io
import os
import shutil
import tarfile
import zipfile

with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("hello.txt", "hello " * 100)
    archive.write("main.py")
with zipfile.ZipFile("a.zip") as archive:
    print(archive.namelist(), archive.read("hello.txt")[:11], archive.testzip())
buffer = io.BytesIO()
with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
    archive.add("main.py")
buffer.seek(0)
print(tarfile.open(fileobj=buffer).getnames(), gzip.decompress(gzip.compress(b"x" * 50)) == b"x" * 50)
shutil.unpack_archive("a.zip", "out")
print(sorted(os.listdir("out")))
zipfile.ZipFile("main.py")
