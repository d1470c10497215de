/** What this browser remembers. A browser that forbids it (private windows) only forgets. */
const PREFIX = 'portal:';

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // Full or forbidden: the page works on without it.
  }
}

/** The code to start with: what was written here, what was run last elsewhere, or the starter. */
export function firstCode(id: string, lastCode: string | null | undefined, starter: string): string {
  return recall(`code:${id}`) ?? lastCode ?? starter;
}
