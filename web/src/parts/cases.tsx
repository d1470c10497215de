import type { TestCase } from '@portal/types';
import { Fragment } from 'preact';
import { type Piece, diff, visible } from '../diff';

const WORD: Record<TestCase['status'], string> = {
  passed: 'passed',
  failed: 'failed',
  error: 'error',
  skipped: 'skipped',
  not_run: 'not run',
};

/** Every test; those that did not pass come open, with what they expected. */
export function Cases({ cases }: { cases: TestCase[] }) {
  return (
    <ul class="cases" aria-label="Tests">
      {cases.map((one, index) => (
        <li key={index} class={`case ${one.passed ? 'good' : 'bad'}`}>
          <p class="case-head">
            <span class="case-mark" aria-hidden="true">{one.passed ? '✓' : '✕'}</span>
            <span class="case-name"><Name name={one.name} /></span>
            <span class="case-status">{WORD[one.status]}</span>
          </p>
          {!one.passed && <Why one={one} />}
        </li>
      ))}
    </ul>
  );
}

function Why({ one }: { one: TestCase }) {
  const compared = one.expected !== undefined && one.actual !== undefined ? diff(one.expected, one.actual) : null;
  const message = one.message ?? one.error;
  return (
    <div class="why">
      {one.source && <pre class="source" tabIndex={0} aria-label="The test"><code>{one.source}</code></pre>}
      {compared && (
        <dl class="diff">
          <dt>Expected</dt>
          <dd class="expected"><Pieces pieces={compared.expected} /></dd>
          <dt>Your result</dt>
          <dd class="actual"><Pieces pieces={compared.actual} /></dd>
        </dl>
      )}
      {message && !compared && <p class="message">{message}</p>}
      {one.output && <pre tabIndex={0} aria-label="Printed during the test">{one.output}</pre>}
    </div>
  );
}

/** Long names may break where their words do. */
function Name({ name }: { name: string }) {
  return <>{name.split(/(?<=_)(?=[^_])/).map((word, i) => <Fragment key={i}>{i > 0 && <wbr />}{word}</Fragment>)}</>;
}

function Pieces({ pieces }: { pieces: Piece[] }) {
  if (pieces.length === 0) return <em>nothing</em>;
  return <code>{pieces.map((piece, i) => (piece.differs ? <mark key={i}>{visible(piece)}</mark> : piece.text))}</code>;
}
