/** A piece of text, and whether the other side lacks it. */
export interface Piece {
  text: string;
  differs: boolean;
}

/** Cells of the table beyond which a comparison goes by lines instead of characters, or is given up. */
const MAX_CELLS = 250_000;

/** Both texts in pieces: those that they share, in order, and those that only one has. */
export function diff(expected: string, actual: string): { expected: Piece[]; actual: Piece[] } {
  let left = [...expected];
  let right = [...actual];
  if (left.length * right.length > MAX_CELLS) {
    left = expected.split(/(?<=\n)/);
    right = actual.split(/(?<=\n)/);
  }
  const shared = left.length * right.length > MAX_CELLS ? null : common(left, right);
  // Texts with little in common are easier to read whole than in crumbs.
  const length = shared?.left.size ?? 0;
  if (!shared || length < Math.max(left.length, right.length) / 3) {
    return { expected: whole(expected), actual: whole(actual) };
  }
  return { expected: pieces(left, shared.left), actual: pieces(right, shared.right) };
}

function whole(text: string): Piece[] {
  return text === '' ? [] : [{ text, differs: true }];
}

/** Indices, on each side, of a longest common subsequence. */
function common(left: string[], right: string[]): { left: Set<number>; right: Set<number> } {
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found = { left: new Set<number>(), right: new Set<number>() };
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) {
      found.left.add(i++);
      found.right.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return found;
}

function pieces(tokens: string[], shared: Set<number>): Piece[] {
  const all: Piece[] = [];
  tokens.forEach((text, index) => {
    const differs = !shared.has(index);
    const last = all.at(-1);
    if (last && last.differs === differs) last.text += text;
    else all.push({ text, differs });
  });
  return all;
}

/** White space that makes a difference, made visible. */
export function visible(piece: Piece): string {
  if (!piece.differs) return piece.text;
  return piece.text.replace(/\n/g, '↵\n').replace(/\t/g, '⇥').replace(/ /g, '·');
}
