with open("helper.py", "w") as file:
    file.write("def f(:\n    pass\n")
import helper
