import os
import stat

os.umask(0o022)
open("plain", "w").close()
os.mkdir("folder")
print(oct(os.stat("plain").st_mode), oct(os.stat("folder").st_mode))
os.symlink("plain", "link")
print(os.readlink("link"), os.path.islink("link"), stat.filemode(os.lstat("link").st_mode)[0])
os.chdir("folder")
print(os.path.basename(os.getcwd()), os.listdir(".."), sep="\n") if len(os.listdir("..")) < 2 else print(sorted(os.listdir("..")))
os.rmdir("nothing")
