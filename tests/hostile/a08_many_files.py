# expect: status=ok|memory_limit output=blocked
# expect[landlock]: status=ok|killed|memory_limit|timeout output=blocked
# claim: A8 — the number of files is bounded
count = 0
try:
    while count < 60000:
        open(f"f{count}", "x").close()
        count += 1
except OSError:
    pass
print(f"HOLE: {count} files" if count >= 60000 else "blocked")
