# Coroutines, async generators and context managers, run by the tests.
# %% program
import asyncio


async def double(n):
    await asyncio.sleep(0)
    return n * 2


async def all_of(numbers):
    return await asyncio.gather(*(double(n) for n in numbers))


async def ticks(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


class Door:
    async def __aenter__(self):
        self.open = True
        return self

    async def __aexit__(self, *exc):
        self.open = False


async def fails():
    raise LookupError("lost")
# %% tests
import asyncio
import inspect

assert asyncio.run(double(4)) == 8
assert asyncio.run(all_of([1, 2])) == [2, 4]


async def collect():
    return [i async for i in ticks(3)]


assert asyncio.run(collect()) == [0, 1, 2]


async def enter():
    async with Door() as door:
        was = door.open
    return was, door.open


assert asyncio.run(enter()) == (True, False)


async def gathered():
    return await asyncio.gather(double(1), double(2))


assert asyncio.run(gathered()) == [2, 4]
try:
    asyncio.run(fails())
    text = ""
except LookupError as error:
    text = str(error)
assert text == "lost"
assert inspect.iscoroutinefunction(double)
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
# Test 7: passed
