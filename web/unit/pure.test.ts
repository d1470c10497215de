import { expect, test } from 'vitest';
import { diff, visible } from '../src/diff';
import { render } from '../src/markdown';
import { route } from '../src/router';
import { firstCode, recall, remember } from '../src/storage';

const text = (pieces: { text: string }[]) => pieces.map((piece) => piece.text).join('');
const marked = (pieces: { text: string; differs: boolean }[]) => pieces.filter((one) => one.differs).map((one) => one.text);

test('a diff keeps both texts and marks what the other side lacks', () => {
  const found = diff("'Hello, Ada!'", "'Hello Ada'");
  expect(text(found.expected)).toBe("'Hello, Ada!'");
  expect(text(found.actual)).toBe("'Hello Ada'");
  expect(marked(found.expected)).toEqual([',', '!']);
  expect(marked(found.actual)).toEqual([]);
});

test('texts with little in common are shown whole', () => {
  expect(diff('None', '42')).toEqual({ expected: [{ text: 'None', differs: true }], actual: [{ text: '42', differs: true }] });
  expect(diff('', 'a').expected).toEqual([]);
});

test('long texts are compared by lines, huge ones not at all', () => {
  const lines = Array.from({ length: 400 }, (_, i) => `line ${i}\n`);
  expect(marked(diff(lines.join(''), lines.with(7, 'other\n').join('')).actual)).toEqual(['other\n']);
  const huge = 'a\n'.repeat(100_000);
  expect(text(diff(huge, `${huge}b`).actual)).toBe(`${huge}b`);
});

test('white space that differs is visible', () => {
  expect(visible({ text: ' \n', differs: true })).toBe('·↵\n');
  expect(visible({ text: ' \n', differs: false })).toBe(' \n');
});

test('markdown lets nothing active through', () => {
  for (const hostile of ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '[a](javascript:alert(1))', '[a](data:text/html,x)', '[a](//example.org)']) {
    expect(render(hostile)).not.toMatch(/<(script|img|a )/i);
  }
  expect(render('![a](https://example.org/x.png)')).not.toContain('<img');
  expect(render('[a](https://example.org)')).toContain('<a href="https://example.org">');
  expect(render('`a b`')).toBe('<p><code class="short">a b</code></p>\n');
  expect(render('```python\nx < 1\n```')).toContain('x &lt; 1');
});

test('addresses', () => {
  expect(route('/exercises/E0_greet')).toEqual({ view: 'exercise', id: 'E0_greet' });
  expect(route('/playground')).toEqual({ view: 'playground' });
  expect(route('/exercises/a/b')).toEqual({ view: 'nowhere' });
});

test('code: own first, then what ran last, then the starter; no storage is no failure', () => {
  remember('code:x', 'lost');
  expect(recall('code:x')).toBe(null);
  const kept = new Map<string, string>();
  Object.assign(globalThis, { localStorage: { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value), removeItem: (key: string) => kept.delete(key) } });
  expect(firstCode('x', null, 'starter')).toBe('starter');
  expect(firstCode('x', 'ran', 'starter')).toBe('ran');
  remember('code:x', 'own');
  expect(firstCode('x', 'ran', 'starter')).toBe('own');
});
