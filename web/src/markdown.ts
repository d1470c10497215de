import MarkdownIt from 'markdown-it';

/** CommonMark without raw HTML and without images; links with a scheme other than http(s) stay text. */
const parser = new MarkdownIt('commonmark', { html: false }).disable('image');
parser.validateLink = (url) => /^(https?:\/\/|\/(?!\/)|#)/i.test(url.trim());

// Code wider than the screen scrolls, by keyboard too.
for (const kind of ['fence', 'code_block'] as const) {
  const plain = parser.renderer.rules[kind];
  parser.renderer.rules[kind] = (...token) => (plain?.(...token) ?? '').replace('<pre', '<pre tabindex="0"');
}

// A line of text does not break inside a short piece of code.
const plainInline = parser.renderer.rules.code_inline;
parser.renderer.rules.code_inline = (...token) => {
  const html = plainInline?.(...token) ?? '';
  return (token[0][token[1]]?.content.length ?? 0) <= 24 ? html.replace('<code', '<code class="short"') : html;
};

export function render(text: string): string {
  return parser.render(text);
}
