import type { EditorView } from '@codemirror/view';
import type { ExecuteResponse } from '@portal/types';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { createEditor, goToLine, markFault, replaceCode } from '../editor';
import { useRunner } from '../runner';
import { recall, remember } from '../storage';
import { Results } from './results';

interface Props {
  /** Under which the code is kept. */
  id: string;
  firstCode: string;
  starterCode: string;
  /** The exercise whose tests can be run; none in the playground. */
  exerciseId?: string;
  onTested?: (result: ExecuteResponse) => void;
  /** What stands beneath the verdict of a passed test. */
  passed?: ComponentChildren;
}

const apple = /Mac|iPhone|iPad/.test(navigator.platform);
const MOD = apple ? '⌘' : 'Ctrl';

/** Editor, its buttons, and what comes back. */
export function Workspace({ id, firstCode, starterCode, exerciseId, onTested, passed }: Props) {
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const [stdin, setStdin] = useState(recall(`stdin:${id}`) ?? '');
  const { run, start, stop } = useRunner(id);

  const send = async (tests: boolean) => {
    const view = editor.current;
    if (!view) return;
    markFault(view, null);
    const before = view.state.doc;
    const input = !tests && stdin !== '' ? { stdin } : {};
    const target = exerciseId === undefined ? {} : { exerciseId, runTests: tests };
    const result = await start({ code: before.toString(), ...target, ...input });
    if (!result) return;
    if (view.state.doc.eq(before)) markFault(view, result.error?.line ?? null);
    if (tests) onTested?.(result);
  };
  const act = useRef(send);
  act.current = send;

  useEffect(() => {
    if (!parent.current) return;
    const view = createEditor({
      parent: parent.current,
      code: firstCode,
      onChange: (code) => remember(`code:${id}`, code),
      onRun: () => void act.current(false),
      onTest: () => void act.current(exerciseId !== undefined),
    });
    editor.current = view;
    return () => view.destroy();
  }, [id]);

  const reset = () => {
    if (!editor.current || !confirm('Replace your code with the starter code?')) return;
    replaceCode(editor.current, starterCode);
    remember(`code:${id}`, null);
    editor.current.focus();
  };
  const busy = run.state === 'running' || run.state === 'waiting';
  return (
    <section class="workspace" aria-label="Your program">
      <div class="pane editor-pane">
        <div class="bar">
          <span class="file">main.py</span>
          <button class="button ghost small" onClick={reset}>Reset</button>
        </div>
        <div class="editor" ref={parent} />
        <p id="editor-help" class="editor-help">Tab indents. Press Escape, then Tab, to leave the editor.</p>
      </div>
      <div class="actions">
        <button class={`button ${exerciseId ? '' : 'primary'}`} onClick={() => void send(false)} aria-keyshortcuts="Control+Enter">
          <span aria-hidden="true">▷</span> Run <kbd>{MOD} ↵</kbd>
        </button>
        {exerciseId && (
          <button class="button primary" onClick={() => void send(true)} aria-keyshortcuts="Control+Shift+Enter">
            <span aria-hidden="true">✓</span> Test <kbd>{MOD} ⇧ ↵</kbd>
          </button>
        )}
        {busy && <button class="button ghost" onClick={stop}>Cancel</button>}
      </div>
      <details class="stdin" open={stdin !== ''}>
        <summary>Input for the program</summary>
        <textarea
          rows={3}
          aria-label="Standard input"
          placeholder="One line for each input()"
          value={stdin}
          onInput={(event) => {
            setStdin(event.currentTarget.value);
            remember(`stdin:${id}`, event.currentTarget.value || null);
          }}
        />
      </details>
      <Results run={run} onLine={(line) => editor.current && goToLine(editor.current, line)} passed={passed} />
    </section>
  );
}
