# timeout: 10000
import multiprocessing


def work(number, results):
    results.put((number, number * number))


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    processes = [context.Process(target=work, args=(n, results), name=f"worker-{n}") for n in range(4)]
    for process in processes:
        process.start()
    print(sorted(results.get() for _ in processes))
    for process in processes:
        process.join()
    print([(process.name, process.exitcode) for process in processes])
