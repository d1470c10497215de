# expect: status=syntax_error|error
# claim: G73 — an unfinished escape and a name of a character that does not exist are errors of the program
x = "\N{NO SUCH CHARACTER}"
