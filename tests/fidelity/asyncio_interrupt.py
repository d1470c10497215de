import asyncio
import os
import signal


async def main():
    asyncio.get_running_loop().call_later(0.01, os.kill, os.getpid(), signal.SIGINT)
    try:
        await asyncio.sleep(2)
    finally:
        print("cleanup")


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")
