# 9. asyncio.CancelledError and the like. No case passes.
# exercise: text; styles: all
import asyncio


def shout(text):
    raise asyncio.CancelledError


def vowels(text):
    raise asyncio.TimeoutError


def initials(text):
    raise EOFError
