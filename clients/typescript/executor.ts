// A client for python-executor: one file, `fetch` alone, for Node 20 and browsers. Its types are the service's own
// (`@portal/types`, in web/types). Copy it into your project.
//
//   const executor = new Executor('http://127.0.0.1:3001');
//   const result = await executor.execute({ code: "print('Hello')" });
//   const graded = await executor.execute({ code: 'def f(): return 1', testCode: 'assert f() == 1' });
//   for (const test of graded.testResult?.testCases ?? []) console.log(test.name, test.passed, test.message);
import type { ExecuteRequest, ExecuteResponse, Failure, Health } from '@portal/types';

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

  /** How the service is. */
  health(): Promise<Health> {
    return this.ask('/health');
  }

  private async ask<T>(path: string, body?: string): Promise<T> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (this.options.key) headers.authorization = `Bearer ${this.options.key}`;
    for (let left = (this.options.tries ?? 5) - 1; ; left--) {
      const signal = AbortSignal.timeout(this.options.timeoutMs ?? 60_000);
      const init = { method: body === undefined ? 'GET' : 'POST', headers, body, signal };
      const response = await fetch(this.url.replace(/\/$/, '') + path, init).catch((error: unknown) => {
        throw new ExecutorError(0, 'UNREACHABLE', `${this.url}: ${String(error)}`);
      });
      if (response.ok) return (await response.json()) as T;
      const wait = response.headers.get('retry-after');
      if (left <= 0 || wait === null || ![429, 503].includes(response.status)) throw await refusal(response);
      // Not all at the same moment.
      await new Promise((resume) => setTimeout(resume, Number(wait) * 1000 + Math.random() * 250));
    }
  }
}

async function refusal(response: Response): Promise<ExecutorError> {
  const said = (await response.json().catch(() => ({}))) as Partial<Failure>;
  const message = said.error ?? `HTTP ${response.status}`;
  return new ExecutorError(response.status, said.code ?? 'UNKNOWN', message, said.field, said.requestId);
}
