import io
import sys
import unittest


class Tests(unittest.TestCase):
    def test_good(self):
        self.assertEqual(1 + 1, 2)

    def test_bad(self):
        self.assertEqual([1, 2, 3], [1, 2, 4], "lists differ")

    def test_error(self):
        int("x")

    @unittest.skip("not today")
    def test_skipped(self):
        pass

    def test_sub(self):
        for n in (1, 2, 3):
            with self.subTest(n=n):
                self.assertNotEqual(n, 2)


if __name__ == "__main__":
    stream = io.StringIO()
    program = unittest.main(testRunner=unittest.TextTestRunner(stream, verbosity=2), exit=False)
    for line in stream.getvalue().splitlines():
        if not line.startswith("Ran "):
            print(line)
    print(program.result)
    sys.exit(not program.result.wasSuccessful())
