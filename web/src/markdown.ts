import MarkdownIt from 'markdown-it';

/** CommonMark without raw HTML and without images; links with a scheme other than http(s) stay text. */
const parser = new MarkdownIt('commonmark', { html: false }).disable('image');
parser.validateLink = (url) => /^(https?:\/\/|\/(?!\/)|#)/i.test(url.trim());

// A line of text does not break inside a short piece of code.
const plain = parser.renderer.rules.code_inline;
parser.renderer.rules.code_inline = (...token) => {
  const html = plain?.(...token) ?? '';
  return (token[0][token[1]]?.content.length ?? 0) <= 24 ? html.replace('<code', '<code class="short"') : html;
};

export function render(text: string): string {
  return parser.render(text);
}
