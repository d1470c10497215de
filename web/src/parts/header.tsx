import { useState } from 'preact/hooks';
import { type Theme, applyTheme, currentTheme } from '../theme';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const LABEL: Record<Theme, string> = { system: 'Auto', light: 'Light', dark: 'Dark' };

export function Header({ path }: { path: string }) {
  const [theme, setTheme] = useState(currentTheme());
  const turn = () => {
    applyTheme(NEXT[theme]);
    setTheme(NEXT[theme]);
  };
  const at = (own: boolean) => (own ? 'page' : undefined);
  return (
    <header class="top">
      <a class="brand" href="/" aria-label="Python exercises"><span class="brand-mark" aria-hidden="true">›_</span><span class="brand-name">Python exercises</span></a>
      <nav aria-label="Main">
        <a href="/" aria-current={at(path === '/')}>Exercises</a>
        <a href="/playground" aria-current={at(path === '/playground')}>Playground</a>
      </nav>
      <button class="button ghost small" onClick={turn} aria-label={`Colours: ${LABEL[theme]}. Change to ${LABEL[NEXT[theme]]}`}>
        <span aria-hidden="true">◐</span> {LABEL[theme]}
      </button>
    </header>
  );
}
