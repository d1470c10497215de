// A client for python-executor: one file, `fetch` alone, for Node 20 and browsers. Its types are the service's own
// (`@portal/types`, in web/types). Copy it into your project.
//
//   const executor = new Executor('http://127.0.0.1:3001');
//   const result = await executor.execute({ code: "print('Hello')" });
//   const graded = await executor.execute({ code: 'def f(): return 1', testCode: 'assert f() == 1' });
//   for (const test of graded.testResult?.testCases ?? []) console.log(test.name, test.passed, test.message);
//
// Later, and many at a time, as jobs that survive the service's death:
//
//   const { batchId } = await executor.submit({ jobs: [{ code: 'print(1)' }, { code: 'print(2)' }] });
//   for await (const job of executor.events(batchId!)) console.log(job.id, job.status, job.result?.output);
import type {
  BatchInfo,
  BatchRequest,
  ExecuteRequest,
  ExecuteResponse,
  Failure,
  Health,
  JobInfo,
  JobRequest,
  JobsAccepted,
} from '@portal/types';

/** The program was not run, and that is not its doing: the request is wrong, or the service cannot take it. */
export class ExecutorError extends Error {
  constructor(
    /** Of HTTP; 0 where nobody answered. */
    readonly status: number,
    /** Stable: `VALIDATION_FAILED`, `FULL`, … */
    readonly code: string,
    message: string,
    /** Of the request, where one is at fault. */
    readonly field?: string,
    /** Names the request in the service's log. */
    readonly requestId?: string,
  ) {
    super(message);
    this.name = 'ExecutorError';
  }
}

/** How to ask. */
export interface Options {
  /** An API key. */
  key?: string;
  /** For each try, in milliseconds; 60,000 unless told. */
  timeoutMs?: number;
  /** How often a service that is full is asked; 5 unless told. */
  tries?: number;
}

/** A service at one address. */
export class Executor {
  constructor(
    private readonly url = 'http://127.0.0.1:3001',
    private readonly options: Options = {},
  ) {}

  /**
   * Runs a program, with its tests if there are some. A service that is full is asked again when it says so; a request
   * that may have run is not sent again.
   */
  execute(request: ExecuteRequest): Promise<ExecuteResponse> {
    return this.ask('/execute', JSON.stringify(request));
  }

  /**
   * Has a program run later, or up to 1,000 of them as a batch. With an `idempotencyKey` it can be sent again when the
   * answer was lost: the ids are the same, and nothing runs twice.
   */
  submit(request: JobRequest | BatchRequest): Promise<JobsAccepted> {
    return this.ask('/jobs', JSON.stringify(request));
  }

  /** A job as it is now. */
  job(id: string): Promise<JobInfo> {
    return this.ask(`/jobs/${id}`);
  }

  /** A batch as it is now. */
  batch(id: string): Promise<BatchInfo> {
    return this.ask(`/batches/${id}`);
  }

  /** Cancels a job: as it is afterwards. What has ended stays. */
  cancel(id: string): Promise<JobInfo> {
    return this.ask(`/jobs/${id}`, undefined, 'DELETE');
  }

  /** Cancels what has not ended of a batch: as it is afterwards. */
  cancelBatch(id: string): Promise<BatchInfo> {
    return this.ask(`/batches/${id}`, undefined, 'DELETE');
  }

  /** A job once it has ended: `done`, `set_aside` (`reason` says why) or `cancelled`. */
  async wait(id: string, timeoutMs = 60_000): Promise<JobInfo> {
    const until = Date.now() + timeoutMs;
    for (let pause = 50; ; pause = Math.min(pause * 1.5, 5000)) {
      const job = await this.job(id);
      if (job.finishedAt !== null) return job;
      if (Date.now() + pause > until) throw new Error(`job ${id} is ${job.status} after ${timeoutMs} ms`);
      await sleep(pause);
    }
  }

  /**
   * Each job of a batch once it has ended, in the order in which they end. A connection that breaks is taken up again
   * where it was, until nothing was heard for `timeoutMs`.
   */
  async *events(batch: string): AsyncGenerator<JobInfo, void> {
    const patience = this.options.timeoutMs ?? 60_000;
    let after: string | undefined;
    let heard = Date.now();
    for (let pause = 200; ; pause = Math.min(pause * 2, 10_000)) {
      let problem: unknown;
      const silence = new AbortController();
      let timer = setTimeout(() => silence.abort(), patience);
      try {
        const headers: Record<string, string> = after === undefined ? {} : { 'last-event-id': after };
        const response = await this.open(`/batches/${batch}/events`, { headers, signal: silence.signal });
        for await (const event of eventsOf(response)) {
          clearTimeout(timer);
          timer = setTimeout(() => silence.abort(), patience);
          heard = Date.now();
          pause = 200;
          if (event.name === 'end') return;
          if (event.name !== 'job') continue;
          after = event.id;
          yield JSON.parse(event.data) as JobInfo;
        }
      } catch (error) {
        if (error instanceof ExecutorError && error.status !== 0) throw error;
        problem = error;
      } finally {
        clearTimeout(timer);
        silence.abort();
      }
      if (Date.now() - heard > patience) {
        const why = `${this.url}: the events of batch ${batch} broke off: ${String(problem)}`;
        throw new ExecutorError(0, 'UNREACHABLE', why);
      }
      await sleep(pause * (0.5 + Math.random() / 2));
    }
  }

  /** How the service is. */
  health(): Promise<Health> {
    return this.ask('/health');
  }

  private async ask<T>(path: string, body?: string, method = body === undefined ? 'GET' : 'POST'): Promise<T> {
    return (await (await this.open(path, { method, body })).json()) as T;
  }

  private async open(path: string, request: RequestInit): Promise<Response> {
    const headers: Record<string, string> = { 'content-type': 'application/json', ...(request.headers as object) };
    if (this.options.key) headers.authorization = `Bearer ${this.options.key}`;
    for (let left = (this.options.tries ?? 5) - 1; ; left--) {
      const signal = request.signal ?? AbortSignal.timeout(this.options.timeoutMs ?? 60_000);
      const init = { ...request, headers, signal };
      const response = await fetch(this.url.replace(/\/$/, '') + path, init).catch((error: unknown) => {
        throw new ExecutorError(0, 'UNREACHABLE', `${this.url}: ${String(error)}`);
      });
      if (response.ok) return response;
      const wait = response.headers.get('retry-after');
      if (left <= 0 || wait === null || ![429, 503].includes(response.status)) throw await refusal(response);
      // Not all at the same moment.
      await sleep(Number(wait) * 1000 + Math.random() * 250);
    }
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, milliseconds));
}

/** Server-sent events. The service ends lines with a line feed. */
async function* eventsOf(response: Response): AsyncGenerator<{ id?: string; name: string; data: string }, void> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let id: string | undefined;
  let [rest, name, data] = ['', 'message', [] as string[]];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const [, field, text] = /^([^:]*):? ?(.*)$/.exec(line)!;
      if (field === 'id') id = text;
      else if (field === 'event') name = text;
      else if (field === 'data') data.push(text);
      else if (line === '') {
        if (data.length > 0) yield { id, name, data: data.join('\n') };
        [name, data] = ['message', []];
      }
    }
  }
}

async function refusal(response: Response): Promise<ExecutorError> {
  const said = (await response.json().catch(() => ({}))) as Partial<Failure>;
  const message = said.error ?? `HTTP ${response.status}`;
  return new ExecutorError(response.status, said.code ?? 'UNKNOWN', message, said.field, said.requestId);
}
