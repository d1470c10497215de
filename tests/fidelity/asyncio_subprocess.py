# timeout: 10000
import asyncio
import sys


async def main():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "print(input() * 2)", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate(b"ab\n")
    print(out, process.returncode)
    shell = await asyncio.create_subprocess_shell("echo shell; exit 3", stdout=asyncio.subprocess.PIPE)
    print(await shell.communicate(), shell.returncode)


asyncio.run(main())
