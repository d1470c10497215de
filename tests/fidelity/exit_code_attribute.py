error = SystemExit("text")
error.code = 12
raise error
