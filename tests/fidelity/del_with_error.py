class Thing:
    def __del__(self):
        print("del runs after the traceback")


thing = Thing()
raise ValueError("main fails")
