import copy
import gc
import weakref


class Node:
    def __init__(self, value):
        self.value = value
        self.children = []

    def __copy__(self):
        print("copied")
        return Node(self.value)


node = Node(1)
reference = weakref.ref(node, lambda r: print("gone"))
print(reference() is node, copy.copy(node).value, copy.deepcopy([node, node])[0] is not node)
cache = weakref.WeakValueDictionary(a=node)
print(list(cache))
del node
print(reference(), list(cache), gc.isenabled())
