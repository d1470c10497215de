// Builds the page anew and compares it with the committed one.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT = 300 * 1024;
const here = import.meta.dirname;
const fresh = mkdtempSync(join(tmpdir(), 'page-'));

function files(folder) {
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  return names.filter((name) => statSync(join(folder, name)).isFile());
}

try {
  const vite = join(here, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'], { cwd: here, stdio: 'inherit' });
  const committed = join(here, 'dist');
  const names = new Set([...files(fresh), ...files(committed)]);
  const differs = [...names].filter((name) => {
    try {
      return !readFileSync(join(fresh, name)).equals(readFileSync(join(committed, name)));
    } catch {
      return true;
    }
  });
  const size = files(fresh).reduce((sum, name) => sum + gzipSync(readFileSync(join(fresh, name))).length, 0);
  console.log(`${names.size} files, ${(size / 1024).toFixed(1)} KiB compressed`);
  if (differs.length > 0) console.error(`web/dist is not what the sources build: ${differs.join(', ')}; run npm run build`);
  if (size > LIMIT) console.error(`more than ${LIMIT / 1024} KiB`);
  process.exitCode = differs.length > 0 || size > LIMIT ? 1 : 0;
} finally {
  rmSync(fresh, { recursive: true });
}
