import asyncio


async def work(name, delay):
    await asyncio.sleep(delay)
    print(name)
    return name.upper()


async def main():
    print(await asyncio.gather(work("slow", 0.05), work("fast", 0.01)))
    try:
        await asyncio.wait_for(work("never", 30), 0.02)
    except asyncio.TimeoutError as error:
        print("timeout", type(error).__name__)
    print(await asyncio.get_running_loop().run_in_executor(None, sum, [1, 2]))
    queue, lock = asyncio.Queue(), asyncio.Lock()
    await queue.put(1)
    async with lock:
        print(queue.get_nowait(), lock.locked())
    results = await asyncio.gather(work("ok", 0), asyncio.sleep(0, 1 / 3), bad(), return_exceptions=True)
    print(results)


async def bad():
    raise ValueError("bad")


asyncio.run(main())
