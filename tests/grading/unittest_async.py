# IsolatedAsyncioTestCase.
# %% program
import asyncio


async def double(n):
    await asyncio.sleep(0)
    return n * 2


async def wrong():
    return 1
# %% tests
import unittest

from starter import double, wrong


class AsyncTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.four = await double(2)

    async def test_double(self):
        self.assertEqual(await double(self.four), 8)

    async def test_wrong(self):
        self.assertEqual(await wrong(), 2)
# %% cases
# test_double: passed
# test_wrong: failed {"expected": "2", "actual": "1"}
