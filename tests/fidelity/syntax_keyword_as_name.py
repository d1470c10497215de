class = "biology"
