import asyncio
import threading


def blocking(x):
    return threading.current_thread() is threading.main_thread(), x + 1


async def ticker(limit):
    for number in range(limit):
        yield number
        await asyncio.sleep(0)


async def main():
    print(await asyncio.to_thread(blocking, 1))
    print([number async for number in ticker(3)])
    print(asyncio.current_task().get_name(), len(asyncio.all_tasks()))


asyncio.run(main())
