# timeout: 10000
import multiprocessing


def square(x):
    return x * x


def fail(x):
    raise ValueError(f"cannot {x}")


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    with context.Pool(3) as pool:
        print(pool.map(square, range(10)))
        print(pool.starmap(pow, [(2, 3), (3, 2)]))
        print(pool.apply_async(square, (7,)).get(5))
        print(sorted(pool.imap_unordered(square, range(5))))
        try:
            pool.apply(fail, ("do it",))
        except ValueError as error:
            print("ValueError:", error)
