import MarkdownIt from 'markdown-it';

/** CommonMark without raw HTML and without images; links with a scheme other than http(s) stay text. */
const parser = new MarkdownIt('commonmark', { html: false }).disable('image');
parser.validateLink = (url) => /^(https?:\/\/|\/(?!\/)|#)/i.test(url.trim());

export function render(text: string): string {
  return parser.render(text);
}
