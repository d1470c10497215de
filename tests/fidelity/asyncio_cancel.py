import asyncio


async def work():
    try:
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        print("cancelled")
        raise
    finally:
        print("cleanup")


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("seen", task.cancelled())
    asyncio.create_task(work())
    await asyncio.sleep(0.01)
    raise SystemExit(11)


asyncio.run(main())
