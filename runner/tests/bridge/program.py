"""A learner's module with one of everything; `checks.py` asks it through the stand-in."""

import enum, dataclasses, collections, random, typing, math
from decimal import Decimal
def add(a,b): 
    "Adds."
    return a+b
print("loaded")
X=5
def ident(x): return x
def sort_in_place(l): l.sort()
def nested(d): d['k'].append(9); d['new']={1:2}
class Animal:
    kind='animal'
    count=0
    def __init__(self,name,*,age=1): self.name=name; self.age=age; Animal.count+=1
    def speak(self): return self.name+' says '+self.sound()
    def sound(self): return '...'
    @property
    def upper(self): return self.name.upper()
    @upper.setter
    def upper(self,v): self.name=v.lower()
    @classmethod
    def make(cls,n): return cls(n)
    @staticmethod
    def stat(a,b=2): return a*b
    def __eq__(self,o): return isinstance(o,Animal) and self.name==o.name
    def __lt__(self,o): return self.name<o.name
    def __len__(self): return len(self.name)
    def __getitem__(self,i): return self.name[i]
    def __contains__(self,c): return c in self.name
    def __add__(self,o): return Animal(self.name+(o.name if isinstance(o,Animal) else o))
    def __repr__(self): return f'Animal({self.name!r})'
    def __enter__(self): return self
    def __exit__(self,*a): self.name='closed'
class Dog(Animal):
    def sound(self): return 'woof'
class MyErr(ValueError):
    def __init__(self,msg,code): super().__init__(msg); self.code=code
class Sub(MyErr): pass
def fail(c): raise Sub('bad',c)
def keyfail(): return {}['x']
def gen(n):
    for i in range(n): yield i
def apply(f,*a): return f(*a)
def catch(f):
    try: return f()
    except ValueError as e: return 'caught '+str(e)
@dataclasses.dataclass
class P: x:int; y:int=2
class Color(enum.Enum): RED=1; BLUE=2
class Num(enum.IntEnum): ONE=1
NT=collections.namedtuple('NT','a b')
class TN(typing.NamedTuple):
    a:int
    b:int=3
def ret(kind): return {'nt':NT(1,2),'tn':TN(1),'p':P(1),'set':{1,2},'dec':Decimal('1.1'),'lam':(lambda x:x*2),'enum':Color.RED}[kind]
def ask(): return int(input('n? '))+1
def hello(): print('hello'); print('again')
def roll(): return random.randint(1,6)
async def co(x): return x*2
class Liar:
    def __eq__(s,o): return True
    def __lt__(s,o): return True
    def __gt__(s,o): return True
    def __contains__(s,o): return True
    def __sub__(s,o): return 0.0
    def __abs__(s): return s
def lie(): return Liar()
class MyList(list): pass
class LiarList(list):
    def __eq__(s,o): return True
def mylist(): return MyList([1,2])
def liarlist(): return LiarList([9])
class Stack:
    def __init__(self): self.items=[]
    def push(self,x): self.items.append(x); return self
    def __iter__(self): return iter(self.items)
def make_counter():
    n=0
    def c():
        nonlocal n; n+=1; return n
    return c
class Shape:
    def area(self): raise NotImplementedError
    def describe(self): return f'{type(self).__name__} {self.area()}'
class Meth:
    def __eq__(s,o): return True
def bad_eq(): return Meth()
def deco(f):
    def w(*a): return f(*a)+1
    return w
class Ctx: 
    async def __aenter__(self): return 5
    async def __aexit__(self,*a): return False
async def agen():
    yield 1; yield 2
class Box:
    def __init__(self, items=None): self.items = items if items is not None else []; self.table = {}
    def put(self, x): self.items.append(x)
    def size(self): return len(self.items)
    def show(self): return self.render()
    def render(self): return 'box'
