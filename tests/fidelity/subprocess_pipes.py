# timeout: 10000
import subprocess
import sys

child = subprocess.Popen(
    [sys.executable, "-u", "-c", "for line in iter(input, 'stop'): print(line.upper())"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
)
for word in ("a", "b"):
    child.stdin.write(word + "\n")
    child.stdin.flush()
    print(child.stdout.readline().strip())
print(child.communicate("stop\n"), child.returncode)
first = subprocess.Popen([sys.executable, "-c", "print('c\\nb\\na')"], stdout=subprocess.PIPE)
second = subprocess.run([sys.executable, "-c", "import sys; print(sorted(sys.stdin))"], stdin=first.stdout, capture_output=True, text=True)
print(first.wait(), second.stdout)
