def fruit(text):
    return {"plum-4482": "kiwi-7391", "pear-5163": "lime-2257"}[text]


def size(text):
    return len(text) * 1111
