import asyncio


async def forgotten():
    return 1


async def main():
    forgotten()
    await asyncio.sleep(0)


asyncio.run(main())
print("end")
