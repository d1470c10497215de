# timeout: 15000
import multiprocessing
import os


def work(text):
    return text.upper(), __name__, multiprocessing.current_process().name


print("imported as", __name__, flush=True)
if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(pool.map(work, ["a", "b"])[0][:2])
