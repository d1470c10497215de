# expect: status=output_limit truncated=true contains=line
# claim: A14 — a flood of standard output is cut at the limit, and what came before is there
line = "line of a flood\n" * 4096
while True:
    print(line, end="")
