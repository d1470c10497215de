# stdin: 1\n2\n3\n
import fileinput

print(sum(int(line) for line in fileinput.input()))
print(fileinput.lineno(), fileinput.filename())
