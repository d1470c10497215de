# requires: 3.11
import asyncio


async def fail(kind, delay):
    await asyncio.sleep(delay)
    raise kind("in a group")


async def main():
    async with asyncio.timeout(5):
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(ValueError, 0))
            group.create_task(asyncio.sleep(30))


asyncio.run(main())
