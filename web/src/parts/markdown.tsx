import { render } from '../markdown';

export function Markdown({ text }: { text: string }) {
  return <div class="prose" dangerouslySetInnerHTML={{ __html: render(text) }} />;
}
