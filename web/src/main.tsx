import { render } from 'preact';
import { App } from './app';
import './styles/tokens.css';
import './styles/base.css';
import './styles/list.css';
import './styles/workspace.css';
import './styles/results.css';
import './styles/editor.css';
import { applyTheme, currentTheme } from './theme';

applyTheme(currentTheme());
const root = document.getElementById('app');
if (root) render(<App />, root);
