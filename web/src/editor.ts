import { autocompletion, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';

/** The line at fault, from 1; null for none. */
const setFault = StateEffect.define<number | null>();

const faultLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, change) {
    // An edit is an answer to the error: the mark goes.
    let next = change.docChanged ? Decoration.none : marks;
    for (const effect of change.effects) {
      if (!effect.is(setFault)) continue;
      const inside = effect.value !== null && effect.value >= 1 && effect.value <= change.state.doc.lines;
      const mark = Decoration.line({ class: 'cm-fault' });
      next = inside ? Decoration.set(mark.range(change.state.doc.line(effect.value ?? 1).from)) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * Typing over a selection. Chromium would keep the colour of what is replaced by a style attribute, which the page's
 * policy refuses, with a complaint in the console.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput({ inputType, isComposing, data }, view) {
    const { from, to, empty } = view.state.selection.main;
    if (inputType !== 'insertText' || isComposing || !data || empty) return false;
    const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handler) => handler(view, from, to, data, insert))) view.dispatch(insert());
    return true;
  },
});

export interface EditorOptions {
  parent: HTMLElement;
  code: string;
  onChange: (code: string) => void;
  onRun: () => void;
  onTest: () => void;
}

export function createEditor({ parent, code, onChange, onRun, onTest }: EditorOptions): EditorView {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';
  const act = (what: () => void) => () => {
    what();
    return true;
  };
  const extensions = [
    EditorView.cspNonce.of(nonce),
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run: act(onRun) }, { key: 'Mod-Shift-Enter', run: act(onTest) }])),
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    indentUnit.of('    '),
    EditorState.tabSize.of(4),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ activateOnTyping: false }),
    python(),
    syntaxHighlighting(classHighlighter),
    faultLine,
    typeOver,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': 'Python code', 'aria-describedby': 'editor-help' }),
    EditorView.updateListener.of((update) => update.docChanged && onChange(update.state.doc.toString())),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
  ];
  return new EditorView({ parent, state: EditorState.create({ doc: code, extensions }) });
}

export function markFault(view: EditorView, line: number | null): void {
  view.dispatch({ effects: setFault.of(line) });
}

export function replaceCode(view: EditorView, code: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: code } });
}

export function goToLine(view: EditorView, line: number): void {
  const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  view.dispatch({ selection: { anchor: at.from }, scrollIntoView: true });
  view.focus();
}
