import atexit

file = open("notes.txt", "w")
file.write("not flushed yet")


def show():
    print("at exit:", repr(open("notes.txt").read()))
    file.close()
    print("closed:", repr(open("notes.txt").read()))


atexit.register(show)
