# expect: status=error
# claim: G68 — lone surrogates in a message or in the output: the answer is valid JSON
import sys

sys.stdout.reconfigure(errors="surrogatepass")
sys.stderr.reconfigure(errors="surrogatepass")
print("\ud800 \udfff \ude00\ud83d")
raise ValueError("\ud800 \0 \x1b[2J \udcff")
