class Strange(Exception):
    def __str__(self):
        raise ValueError("no text")


raise Strange("x")
