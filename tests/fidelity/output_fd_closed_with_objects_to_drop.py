import os


class Noisy:
    def __del__(self):
        print("said to nobody")


kept = Noisy()
print("never to be read")
os.close(1)
