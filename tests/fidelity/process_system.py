import os

print(os.waitstatus_to_exitcode(os.system("exit 3")), flush=True)
print(os.popen("echo one; echo two").read().split())
os.system("echo shell; echo error >&2")
