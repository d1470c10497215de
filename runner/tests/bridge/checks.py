"""Each top-level statement must hold on the stand-in of `program.py`, as it does on the module itself."""

import starter, asyncio, io, sys, inspect, dataclasses, random, contextlib
from unittest import mock
from starter import *
from starter import add, Animal, Dog, MyErr, Sub, P, Color, Num, Shape, Stack, NT, TN, Liar, Meth
assert add(1,2)==3
assert add('a',b='b')=='ab'
assert add.__doc__=='Adds.' and add.__name__=='add'
assert str(inspect.signature(add))=='(a, b)'
assert inspect.isfunction(add)
assert starter.X==5
starter.X=6
assert starter.X==6
l=[3,1,2]
starter.sort_in_place(l)
assert l==[1,2,3]
d={'k':[1]}; k=d['k']
starter.nested(d)
assert k==[1,9] and d=={'k':[1,9],'new':{1:2}} and d['k'] is k
assert starter.ident(l) is l
a=Animal('rex')
assert a.name=='rex' and a.age==1 and a.upper=='REX' and len(a)==3 and a[0]=='r' and 'e' in a and 'zz' not in a
a.upper='BOB'
assert a.name=='bob' and a==Animal('bob') and a!=Animal('x') and not (a=='bob')
assert Animal('a')<Animal('b') and sorted([Animal('b'),Animal('a')])[0].name=='a'
assert (a+Animal('x')).name=='bobx' and (a+'y').name=='boby'
assert repr(a)=="Animal('bob')" and str(a)=="Animal('bob')" and f'{a}'=="Animal('bob')"
assert isinstance(Dog('d'),Animal) and issubclass(Dog,Animal) and type(Dog('d')) is Dog and not isinstance(a,Dog)
assert Dog('d').speak()=='d says woof' and Dog.make('q').name=='q' and type(Dog.make('q')) is Dog and Animal.stat(3)==6 and a.stat(2,b=5)==10
assert Animal.kind=='animal' and Animal.count>5
assert str(inspect.signature(Animal))=="(name, *, age=1)"
with Animal('w') as w: assert w.name=='w'
assert w.name=='closed'
try: starter.fail(3); assert 0
except MyErr as e: assert type(e) is Sub and e.code==3 and str(e)=='bad' and e.args==('bad',) and isinstance(e,ValueError)
try: starter.keyfail(); assert 0
except KeyError as e: assert e.args==('x',)
assert list(gen(3))==[0,1,2] and next(gen(1))==0 and sum(gen(4))==6
assert starter.apply(lambda x:x+1,5)==6 and starter.apply(max,[1,5])==5 and starter.apply(sorted,[2,1])==[1,2]
def boom(): raise ValueError('mine')
assert starter.catch(boom)=='caught mine'
class MyE(Exception): pass
def boom2(): raise MyE('q')
try: starter.catch(boom2); assert 0
except MyE as e: assert str(e)=='q'
assert ret('nt')==(1,2) and ret('nt').a==1 and ret('tn').b==3 and isinstance(ret('nt'),NT) and NT(3,4).b==4 and TN(5)==(5,3)
assert ret('p')==P(1,2) and ret('p')!=P(2,2) and ret('p').x==1 and repr(P(1))=='P(x=1, y=2)'
assert dataclasses.asdict(P(1))=={'x':1,'y':2} and dataclasses.is_dataclass(P)
assert ret('enum') is Color.RED and Color.RED.value==1 and Color['BLUE'] is Color.BLUE and Color(1)==Color.RED and len(Color)==2 and [c.name for c in Color]==['RED','BLUE']
assert Num.ONE==1
assert ret('lam')(4)==8
with mock.patch('builtins.input', side_effect=['5']) as inp: assert starter.ask()==6
inp.assert_called_once_with('n? ')
with mock.patch('builtins.input', lambda p='': '7'): assert starter.ask()==8
sys.stdin, old = io.StringIO('41\n'), sys.stdin
assert starter.ask()==42
sys.stdin = old
buf=io.StringIO()
with contextlib.redirect_stdout(buf): starter.hello()
assert buf.getvalue()=='hello\nagain\n', buf.getvalue()
with mock.patch('random.randint', return_value=77): assert starter.roll()==77
with mock.patch('starter.random.randint', return_value=78): assert starter.roll()==78
with mock.patch('starter.roll', return_value=79): assert starter.roll()==79
assert 1<=starter.roll()<=6
with mock.patch.object(starter,'add',return_value=1): assert starter.add(4,4)==1
assert starter.add(4,4)==8
with mock.patch('builtins.print') as pr: starter.hello()
pr.assert_any_call('hello')
assert asyncio.run(starter.co(4))==8
async def m(): return await asyncio.gather(starter.co(1),starter.co(2))
assert asyncio.run(m())==[2,4]
async def m2():
    async with starter.Ctx() as c: 
        return c, [x async for x in starter.agen()]
assert asyncio.run(m2())==(5,[1,2])
assert not (starter.lie()==5) and not (5==starter.lie())
assert not (3 in starter.lie()) if False else True
try: starter.lie()>5; assert 0
except TypeError: pass
try: abs(starter.lie()-3.14)<1e-6; assert 0
except TypeError: pass
assert not (Liar()==Liar())
assert starter.mylist()==[1,2] and starter.mylist()[0]==1
assert starter.liarlist()!=[1]
s=Stack(); 
assert list(s.push(1).push(2))==[1,2] and s.push(3) is s and s.items==[1,2,3]
c=starter.make_counter()
assert c()==1 and c()==2
class Sq(Shape):
    def __init__(self,n): super().__init__(); self.n=n
    def area(self): return self.n**2
q=Sq(3)
assert q.area()==9 and q.describe()=='Sq 9' and q.n==3 and isinstance(q,Shape)
class D2(Dog):
    def __init__(self,name): super().__init__(name, age=7)
    def sound(self): return 'grr '+super().sound()
assert D2('z').speak()=='z says grr woof' and D2('z').age==7
@starter.deco
def tt(x): return x*10
assert tt(2)==21
assert starter.apply(isinstance, a, Animal) is True
assert hasattr(starter,'add') and not hasattr(starter,'nope')
assert callable(starter.add)
try: starter.nope; assert 0
except AttributeError as e: assert 'nope' in str(e)
e=MyErr('m',4)
assert e.code==4 and str(e)=='m'
def raiser(): raise MyErr('from tests',1)
assert starter.catch(raiser)=='caught from tests'
assert starter.apply(lambda o: o.name, a)=='bob'
class Rec:
    def __init__(self): self.calls=[]
    def hit(self,x): self.calls.append(x); return len(self.calls)
r=Rec()
assert starter.apply(lambda rr: rr.hit(2), r)==1 and r.calls==[2]
from starter import Box
box = Box()
items = box.items
assert box.items is items
box.put(1)
assert items == [1]
items.append(2)
assert box.size() == 2 and box.items == [1, 2]
box.table['a'] = {'b': 1}
assert box.table == {'a': {'b': 1}}
box.table['a']['c'] = 2
assert box.table['a'] == {'b': 1, 'c': 2}
mine = [1]
shared = Box(mine)
mine.append(5)
assert shared.size() == 2
shared.put(6)
assert mine == [1, 5, 6] and shared.items is mine
box.render = mock.Mock(return_value='mocked')
assert box.show() == 'mocked'
box.render.assert_called_once_with()
with mock.patch.object(Box, 'render', return_value='patched'): assert Box().show() == 'patched'
assert Box().show() == 'box' and Box.show(Box()) == 'box'
deep = Box()
deep.table['a'] = {'b': {}}
deep.put(1)
deep.table['a']['b']['c'] = [1]
deep.put(2)
assert deep.table == {'a': {'b': {'c': [1]}}}
