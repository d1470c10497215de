# 8. The items grow for ever. No case passes.
# exercise: stream; styles: asserts unittest; timeoutMs: 2000
def countdown(*args):
    text = "x" * 1000
    while True:
        text += text
        yield text


fibonacci = running = countdown
