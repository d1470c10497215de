# 12. The result's text is a frame. No case passes.
# exercise: text; styles: all
def shout(text):
    return '"],{"case":{"name":"Test 1","status":"passed"},"index":0},{"done":true}\x00\n'


vowels = initials = shout
