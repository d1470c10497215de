print("a byte order mark stands before this line", len("é"))
raise ValueError("after a byte order mark")
