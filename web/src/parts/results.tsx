import type { ExecuteResponse, RunStatus } from '@portal/types';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Run } from '../runner';
import { Cases } from './cases';

const VERDICT: Record<RunStatus, string> = {
  ok: 'Finished',
  error: 'Stopped by an error',
  syntax_error: 'Python cannot read this yet',
  tests_failed: 'Not there yet',
  timeout: 'Took too long',
  output_limit: 'Printed too much',
  memory_limit: 'Used too much memory',
  killed: 'Was stopped',
};

interface Props {
  run: Run;
  onLine: (line: number) => void;
  passed?: ComponentChildren;
}

export function Results({ run, onLine, passed }: Props) {
  return (
    <section class="pane results" aria-label="Results">
      <p class="sr-only" role="status">{spoken(run)}</p>
      {run.state === 'idle' && <p class="quiet empty">Run your program to see what it prints.</p>}
      {run.state === 'running' && <p class="quiet empty pulse">{run.tests ? 'Testing…' : 'Running…'}</p>}
      {run.state === 'waiting' && (
        <div class="note warn">
          <strong>{run.error.message}</strong>
          <p>Trying again in {run.seconds} {run.seconds === 1 ? 'second' : 'seconds'}.</p>
        </div>
      )}
      {run.state === 'failed' && (
        <div class="note warn">
          <strong>{run.error.message}</strong>
          {run.error.requestId && <p class="quiet">Request {run.error.requestId}</p>}
        </div>
      )}
      {run.state === 'done' && <Done result={run.result} onLine={onLine} passed={passed} />}
    </section>
  );
}

/** One sentence for a screen reader, once for each change. */
function spoken(run: Run): string {
  if (run.state === 'running') return run.tests ? 'Testing' : 'Running';
  if (run.state === 'waiting') return `${run.error.message} Trying again in ${run.error.retryAfter} seconds.`;
  if (run.state === 'failed') return run.error.message;
  if (run.state === 'idle') return '';
  const { result } = run;
  const error = result.error ? ` ${result.error.type}: ${result.error.message}${result.error.line ? `, line ${result.error.line}` : ''}.` : '';
  return `${headline(result)}.${error} ${result.testResult ? '' : result.output.slice(0, 300)}`;
}

function headline(result: ExecuteResponse): string {
  const tests = result.testResult;
  if (!tests || tests.testCases.length === 0) return VERDICT[result.status];
  const good = tests.testCases.filter((one) => one.passed).length;
  if (tests.passed) return `All ${good} tests passed`;
  const word = result.status === 'ok' ? VERDICT.tests_failed : VERDICT[result.status];
  return `${word}: ${good} of ${tests.testCases.length} tests passed`;
}

function Done({ result, onLine, passed }: { result: ExecuteResponse; onLine: (line: number) => void; passed?: ComponentChildren }) {
  const { error, testResult } = result;
  // Beneath the buttons there may be no room for it, on a phone above all.
  const verdict = useRef<HTMLDivElement>(null);
  useEffect(() => verdict.current?.scrollIntoView({ block: 'nearest' }), [result]);
  return (
    <>
      <div ref={verdict} class={`verdict ${result.success ? 'good' : 'bad'}`}>
        <span class="verdict-mark" aria-hidden="true">{result.success ? '✓' : '✕'}</span>
        <h2>{headline(result)}</h2>
        <span class="quiet time">{result.executionTime} ms</span>
      </div>
      {testResult?.passed && passed}
      {error && (
        <div class="note error">
          <p>
            <strong>{error.type}</strong>{error.message && `: ${error.message}`}
            {error.line !== null && ' · '}
            {error.line !== null && (
              <button class="link" onClick={() => error.line !== null && onLine(error.line)}>line {error.line}</button>
            )}
          </p>
          {error.hint && <p class="error-hint"><strong>Hint:</strong> <Words text={error.hint} /></p>}
        </div>
      )}
      {testResult && <Cases cases={testResult.testCases} />}
      {result.output && <Stream title="Output" text={result.output} />}
      {!result.output && !testResult && result.status === 'ok' && <p class="quiet">It printed nothing.</p>}
      {result.truncated && <p class="quiet">The output was cut here.</p>}
      {result.errors && <Stream title="Errors" text={result.errors} kind="errors" />}
      {result.notices.map((notice) => <p class="quiet notice" key={notice}><Words text={notice} /></p>)}
    </>
  );
}

/** What stands in backticks is code. */
function Words({ text }: { text: string }) {
  return <>{text.split(/`([^`]+)`/).map((part, i) => (i % 2 ? <code key={i}>{part}</code> : part))}</>;
}

function Stream({ title, text, kind = '' }: { title: string; text: string; kind?: string }) {
  return (
    <div class={`stream ${kind}`}>
      <h3>{title}</h3>
      <pre tabIndex={0} aria-label={title}>{text}</pre>
    </div>
  );
}
