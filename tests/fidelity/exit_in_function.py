def leave(code):
    raise SystemExit(code)


try:
    leave(4)
finally:
    print("finally")
