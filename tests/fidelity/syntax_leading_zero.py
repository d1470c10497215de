number = 0123
