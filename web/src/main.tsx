import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/shell.css';
import { preloadPage } from './app/pages';
import { Shell } from './app/shell';
import { api, me } from './lib/api';
import { applyTheme } from './lib/theme';
import type { Me } from './lib/types';
import { preferredLang, setLang } from './lib/words';

applyTheme();

// The code of the page that is asked for comes while the server is asked who is there.
preloadPage(location.pathname);

// Who is there and in which words are asked for at the same time; the page needs both.
const person = api.get<Me>('/me').then(
  (it) => me.set(it),
  () => undefined,
);
await Promise.all([setLang(preferredLang(), false), person]);

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><Shell /></StrictMode>);
