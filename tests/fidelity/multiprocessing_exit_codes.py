# timeout: 10000
import multiprocessing
import os
import sys
import time


def leave(how):
    if how == "exit":
        sys.exit(4)
    if how == "text":
        sys.exit("a text")
    if how == "error":
        raise ValueError("in a process")
    if how == "hard":
        os._exit(6)
    if how == "sleep":
        time.sleep(30)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    for how in ("exit", "text", "error", "hard", "sleep", "fine"):
        process = context.Process(target=leave, args=(how,), name="named")
        process.start()
        if how == "sleep":
            process.terminate()
        process.join()
        print(how, process.exitcode, flush=True)
