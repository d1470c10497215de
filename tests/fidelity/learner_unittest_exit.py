import io
import unittest


class Tests(unittest.TestCase):
    def test_fails(self):
        self.assertTrue(False)


unittest.main(testRunner=unittest.TextTestRunner(io.StringIO()), argv=["main.py"])
print("never printed")
