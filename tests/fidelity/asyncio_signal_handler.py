import asyncio
import os
import signal


async def main():
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, done.set)
    loop.call_soon(os.kill, os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(done.wait(), 2)
    print("handled")
    reader, writer = os.pipe()
    loop.add_reader(reader, lambda: print("readable", os.read(reader, 10)))
    os.write(writer, b"x")
    await asyncio.sleep(0.02)


asyncio.run(main())
