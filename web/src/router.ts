import { useEffect, useState } from 'preact/hooks';

export type Route = { view: 'list' } | { view: 'playground' } | { view: 'exercise'; id: string } | { view: 'nowhere' };

export function route(path: string): Route {
  const exercise = /^\/exercises\/([A-Za-z0-9_-]+)\/?$/.exec(path);
  if (exercise?.[1]) return { view: 'exercise', id: exercise[1] };
  if (path === '/playground') return { view: 'playground' };
  if (['/', '/index.html', '/exercises', '/exercises/'].includes(path)) return { view: 'list' };
  return { view: 'nowhere' };
}

export function go(path: string): void {
  history.pushState(null, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
  scrollTo(0, 0);
}

/** The address; links within the page change it without a reload. */
export function usePath(): string {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const moved = () => setPath(location.pathname);
    const clicked = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
      if (!link || !plain || link.origin !== location.origin || link.target || link.hash) return;
      if (route(link.pathname).view === 'nowhere') return;
      event.preventDefault();
      go(link.pathname);
    };
    addEventListener('popstate', moved);
    document.addEventListener('click', clicked);
    return () => {
      removeEventListener('popstate', moved);
      document.removeEventListener('click', clicked);
    };
  }, []);
  return path;
}
