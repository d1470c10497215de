// Against a real service: EXECUTOR_URL names it.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createProxy } from 'node:net';
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

test('a job has one result however often it is sent', async () => {
  const request = { code: 'print(6 * 7)', idempotencyKey: `one ${Math.random()}` };
  const [first, second] = [await executor.submit(request), await executor.submit(request)];
  assert.deepEqual(first, second);
  assert.equal(first.batchId, null);
  const job = await executor.wait(first.jobIds[0]);
  assert.deepEqual([job.status, job.result?.output, job.deliveries], ['done', '42', 1]);
  await assert.rejects(executor.submit({ ...request, code: 'print(43)' }), { status: 409, code: 'KEY_REUSED' });
});

test('what is cancelled ends', async () => {
  const slow = { code: 'import time\ntime.sleep(2)' };
  const { jobIds } = await executor.submit(slow);
  assert.equal((await executor.cancel(jobIds[0])).status, 'cancelled');
  await assert.rejects(executor.wait((await executor.submit(slow)).jobIds[0], 100), /is (queued|running) after 100 ms/);
  const { batchId } = await executor.submit({ jobs: Array.from({ length: 20 }, () => slow) });
  const { progress } = await executor.cancelBatch(batchId!);
  assert.equal(progress.cancelled + progress.done, 20);
  assert.equal((await executor.batch(batchId!)).finished, true);
});

test('events that break off go on', async () => {
  const to = new URL(process.env.EXECUTOR_URL!);
  let cuts = 0;
  // Closes each connection after so many bytes of an answer.
  const proxy = createProxy((client) => {
    const service = connect(Number(to.port), to.hostname);
    let left = 4000;
    client.on('error', () => service.destroy()).pipe(service);
    service.on('error', () => client.destroy()).on('end', () => client.end());
    service.on('data', (bytes) => {
      client.write(bytes.subarray(0, left));
      left -= bytes.length;
      if (left > 0) return;
      cuts += 1;
      client.end();
      service.destroy();
    });
  });
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
  const jobs = Array.from({ length: 30 }, (_, n) => ({ code: `print(${n})` }));
  const { batchId, jobIds } = await executor.submit({ jobs, idempotencyKey: `events ${Math.random()}` });
  const told = new Map<string, string | undefined>();
  const through = new Executor(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  for await (const job of through.events(batchId!)) {
    assert.ok(!told.has(job.id), 'none is told twice');
    told.set(job.id, job.result?.output);
  }
  assert.deepEqual(jobIds.map((id) => told.get(id)), jobs.map((_, n) => String(n)));
  assert.ok(cuts >= 3, `${cuts} cuts`);
  await new Promise((closed) => proxy.close(closed));
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
