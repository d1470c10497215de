// Against a real service: EXECUTOR_URL names it.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Executor, ExecutorError } from './executor';

const executor = new Executor(process.env.EXECUTOR_URL);

test('a program', async () => {
  const result = await executor.execute({ code: 'print(input() * 2)', stdin: 'ab' });
  assert.deepEqual([result.success, result.status, result.output], [true, 'ok', 'abab']);
});

test('a mistake', async () => {
  const result = await executor.execute({ code: 'print(nothing)' });
  assert.equal(result.error?.type, 'NameError');
});

test('a grade', async () => {
  const testCode = 'assert f(1) == 2\nassert f(2) == 3';
  const right = await executor.execute({ code: 'def f(x): return x + 1', testCode });
  assert.equal(right.testResult?.passed, true);
  const wrong = await executor.execute({ code: 'def f(x): return 2', testCode });
  assert.deepEqual(wrong.testResult?.testCases.map((one) => one.passed), [true, false]);
});

test('a wrong request', async () => {
  const asked = executor.execute({ code: '' });
  await assert.rejects(asked, (error) => error instanceof ExecutorError && error.status === 400 && error.field === 'code');
});

test('health', async () => {
  assert.equal((await executor.health()).status, 'healthy');
});

test('a full service is asked again when it says so', async () => {
  let asked = 0;
  const server = createServer((_, answer) => {
    const isFull = ++asked < 3;
    answer.writeHead(isFull ? 503 : 200, { 'retry-after': '0' });
    answer.end(isFull ? '{"success": false, "error": "full", "code": "FULL", "requestId": "x"}' : '{}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  assert.deepEqual(await new Executor(url).health(), {});
  assert.equal(asked, 3);
  asked = 0;
  await assert.rejects(new Executor(url, { tries: 1 }).health(), { status: 503, code: 'FULL' });
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await assert.rejects(new Executor(url).health(), { code: 'UNREACHABLE' });
});
