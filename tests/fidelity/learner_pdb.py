# stdin: p x\nn\np y\nc\n
x = 1
breakpoint()
y = 2
print("after", x, y)
