import type { ExecuteResponse, RunRequest } from '@portal/types';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, api } from './api';

/** Where a run stands. */
export type Run =
  | { state: 'idle' }
  | { state: 'running'; tests: boolean }
  | { state: 'waiting'; error: ApiError; seconds: number }
  | { state: 'failed'; error: ApiError }
  | { state: 'done'; tests: boolean; result: ExecuteResponse };

/** After so many refusals the page stops asking by itself. */
const MAX_TRIES = 5;

/** Runs programs, one at a time; waits and tries again when the service asks for that. */
export function useRunner(id: string) {
  const [run, setRun] = useState<Run>({ state: 'idle' });
  const current = useRef<AbortController | null>(null);

  const stop = () => {
    current.current?.abort();
    current.current = null;
    setRun({ state: 'idle' });
  };

  const start = async (request: RunRequest): Promise<ExecuteResponse | null> => {
    current.current?.abort();
    const own = new AbortController();
    current.current = own;
    const tests = request.runTests ?? false;
    for (let tries = 1; ; tries++) {
      setRun({ state: 'running', tests });
      try {
        const result = await api.run(request, own.signal);
        if (own.signal.aborted) return null;
        setRun({ state: 'done', tests, result });
        return result;
      } catch (error) {
        if (own.signal.aborted) return null;
        if (!(error instanceof ApiError)) throw error;
        if (error.retryAfter === null || tries === MAX_TRIES) {
          setRun({ state: 'failed', error });
          return null;
        }
        for (let seconds = error.retryAfter; seconds > 0; seconds--) {
          setRun({ state: 'waiting', error, seconds });
          await new Promise((done) => setTimeout(done, 1000));
          if (own.signal.aborted) return null;
        }
      }
    }
  };

  useEffect(() => stop, [id]);
  return { run, start, stop };
}
