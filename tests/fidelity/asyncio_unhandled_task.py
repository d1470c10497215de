import asyncio
import gc


async def fail():
    raise RuntimeError("nobody looks")


async def main():
    task = asyncio.create_task(fail(), name="lost")
    await asyncio.sleep(0.01)
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: print(context["message"], repr(context["exception"])))
    del task
    gc.collect()


asyncio.run(main())
