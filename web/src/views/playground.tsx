import { useEffect, useMemo } from 'preact/hooks';
import { Workspace } from '../parts/workspace';
import { firstCode } from '../storage';

const STARTER = 'for number in range(1, 4):\n    print("Hello", number)\n';

export function Playground() {
  useEffect(() => void (document.title = 'Playground · Python exercises'), []);
  const code = useMemo(() => firstCode('playground', null, STARTER), []);
  return (
    <div class="single">
      <h1>Playground</h1>
      <p class="quiet">Try anything. Nothing here is graded.</p>
      <Workspace id="playground" firstCode={code} starterCode={STARTER} />
    </div>
  );
}
