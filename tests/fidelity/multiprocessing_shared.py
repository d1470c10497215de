# timeout: 10000
import multiprocessing


def add(value, lock, array):
    for _ in range(200):
        with lock:
            value.value += 1
    array[0] += 0.5


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    value, lock, array = context.Value("i", 0, lock=False), context.Lock(), context.Array("d", [1.0, 2.0])
    processes = [context.Process(target=add, args=(value, lock, array)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(value.value, array[1])
    parent, child = context.Pipe()
    parent.send({"a": [1, 2]})
    print(child.recv(), child.poll())
