import type { ExerciseProgress, Hint } from '@portal/types';
import { useEffect, useState } from 'preact/hooks';
import { ApiError, api } from '../api';
import { Markdown } from './markdown';

interface Props {
  id: string;
  progress: ExerciseProgress | null;
  onProgress: () => void;
}

const said = (error: unknown) => (error instanceof ApiError ? error.message : String(error));

/** Hints, one after the other, and the solution. */
export function Help({ id, progress, onProgress }: Props) {
  const [hints, setHints] = useState<Hint[]>([]);
  const [seen, setSeen] = useState(progress?.hintsSeen ?? 0);
  const [solution, setSolution] = useState<string | null>(null);
  const [locked, setLocked] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    api.hints(id).then(setHints, (error: unknown) => setFault(said(error)));
  }, [id]);

  const reveal = async () => {
    const next = hints[seen];
    if (!next) return;
    try {
      await api.reveal(id, next.level);
      setSeen(seen + 1);
      setFault(null);
      onProgress();
    } catch (error) {
      setFault(said(error));
    }
  };
  const ask = async (giveUp: boolean) => {
    try {
      setSolution((await api.solution(id, giveUp)).solutionCode);
      setLocked(false);
      setFault(null);
      onProgress();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'SOLUTION_LOCKED') setLocked(true);
      else setFault(said(error));
    }
  };
  return (
    <section class="help" aria-labelledby="help">
      <h2 id="help">Stuck?</h2>
      <div class="revealed" aria-live="polite">
        {hints.slice(0, seen).map((hint) => (
          <div class="hint" key={hint.level}>
            <h3>Hint {hint.level}</h3>
            <Markdown text={hint.text} />
          </div>
        ))}
        {solution !== null && (
          <div class="hint">
            <h3>A solution</h3>
            <pre tabIndex={0} aria-label="Solution"><code>{solution}</code></pre>
          </div>
        )}
        {locked && <p>Three attempts first? You learn more from a try of your own. You can also look now.</p>}
        {fault && <p class="note warn">{fault}</p>}
      </div>
      <div class="help-actions">
        {seen < hints.length && (
          <button class="button small" onClick={() => void reveal()}>{seen === 0 ? 'Show a hint' : 'Show the next hint'} ({seen + 1} of {hints.length})</button>
        )}
        {solution === null && (
          <button class="button ghost small" onClick={() => void ask(locked)}>{locked ? 'Show it anyway' : 'Show the solution'}</button>
        )}
      </div>
    </section>
  );
}
