import type { ExecuteResponse, Exercise, Failure, Hint, Progress, RunRequest, Solution, Success } from '@portal/types';

/** A call that brought no data: what to tell, and when it is worth trying again. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly retryAfter: number | null = null,
    readonly requestId: string | null = null,
  ) {
    super(message);
  }
}

async function call<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { signal: signal ?? null };
  if (body !== undefined) {
    init.method = 'POST';
    init.headers = { 'Content-Type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw navigator.onLine
      ? new ApiError('The server cannot be reached. Your code is safe in this browser.', 'UNREACHABLE', 5)
      : new ApiError('You are offline. Your code is safe in this browser; connect and try again.', 'OFFLINE');
  }
  const answer = (await response.json().catch(() => null)) as Success<T> | Failure | null;
  if (response.ok && answer?.success) return answer.data;
  throw failure(response, answer && !answer.success ? answer : null);
}

function failure(response: Response, answer: Failure | null): ApiError {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  const wait = Number.isFinite(seconds) && seconds >= 0 ? Math.max(1, seconds) : 5;
  const id = answer?.requestId ?? null;
  const code = answer?.code ?? `HTTP_${response.status}`;
  const who = code.startsWith('EXECUTOR') ? 'Python' : 'The server';
  if (response.status === 503) return new ApiError(`${who} is busy or away for a moment. Your code is safe.`, code, wait, id);
  if (response.status === 429) return new ApiError('That was a lot of runs in a short time.', code, wait, id);
  if (response.status >= 500) return new ApiError('Something went wrong on our side, not in your code.', code, null, id);
  return new ApiError(answer?.error ?? `The server answered ${response.status}.`, code, null, id);
}

const at = (id: string) => `/api/exercises/${encodeURIComponent(id)}`;

export const api = {
  exercises: () => call<Exercise[]>('/api/exercises'),
  progress: () => call<Progress>('/api/progress'),
  run: (request: RunRequest, signal: AbortSignal) => call<ExecuteResponse>('/api/execution/run', request, signal),
  hints: (id: string) => call<Hint[]>(`${at(id)}/hints`),
  reveal: (id: string, level: number) => call<Hint>(`${at(id)}/hints/${level}`, {}),
  solution: (id: string, giveUp: boolean) => call<Solution>(`${at(id)}/solution`, giveUp ? { giveUp } : {}),
};
