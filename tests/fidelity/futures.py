# timeout: 10000
import concurrent.futures
import multiprocessing


def cube(x):
    return x**3


def fail():
    raise KeyError("in a worker")


if __name__ == "__main__":
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        print(list(pool.map(cube, range(6))))
        future = pool.submit(fail)
        print(repr(future.exception()), future.done(), future.cancelled())
        done, waiting = concurrent.futures.wait([pool.submit(cube, 2), pool.submit(cube, 3)])
        print(sorted(item.result() for item in done), waiting)
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        print(list(pool.map(cube, range(6))))
        print(repr(pool.submit(fail).exception()))
