import asyncio


async def inner():
    await asyncio.sleep(0)
    raise ValueError("from a coroutine")


async def main():
    await asyncio.gather(inner(), asyncio.sleep(0.01))


asyncio.run(main())
