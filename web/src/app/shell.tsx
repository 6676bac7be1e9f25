import { Suspense, useEffect, useMemo, useState } from 'react';
import { me, useMe } from '../lib/api';
import { useCommands, useShortcuts } from '../lib/commands';
import { connectEvents, useEvents } from '../lib/events';
import { Link, navigate, usePlace } from '../lib/router';
import { nextTheme, useTheme } from '../lib/theme';
import { LANGUAGES, setLang, useWords } from '../lib/words';
import { Button, Loading } from '../ui/basic';
import { Icon, Logo } from '../ui/icons';
import { MenuButton } from '../ui/overlay';
import { toast, Toasts } from '../ui/toasts';
import { Boundary } from './boundary';
import { pageAt } from './pages';
import { HelpSheet, Palette } from './palette';

const NAVIGATION = [
  { href: '/', key: 'r', word: 'nav-radar' },
  { href: '/needs', key: 'n', word: 'nav-needs' },
  { href: '/deals', key: 'd', word: 'nav-deals' },
  { href: '/watches', key: 'w', word: 'nav-watches' },
  { href: '/books', key: 'b', word: 'nav-books' },
  { href: '/suppliers', key: 's', word: 'nav-suppliers' },
  { href: '/quotes', key: 'q', word: 'nav-quotes' },
  { href: '/settings', key: ',', word: 'nav-settings' },
];

export function Shell() {
  const { t, lang } = useWords();
  const { path } = usePlace();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  const who = useMe();
  const signedIn = who !== null && (who.mode === 'local' || who.person !== null);
  // Nobody is signed in where one has to be.
  const stranger = who?.mode === 'login' && who.person === null && !path.startsWith('/sign-in');
  useEffect(() => {
    if (stranger) navigate(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`, { replace: true });
  }, [stranger]);

  useShortcuts();
  useCommands(
    useMemo(
      () => [
        { id: 'palette', title: t('palette'), keys: 'mod+k', group: t('shortcuts-everywhere'), run: () => setPalette(true) },
        { id: 'help', title: t('shortcuts'), keys: '?', group: t('shortcuts-everywhere'), run: () => setHelp(true) },
        ...NAVIGATION.map((it) => ({ id: it.href, title: t('go-to', { page: t(it.word) }), keys: `g ${it.key}`, group: t('shortcuts-go'), run: () => navigate(it.href) })),
        { id: 'theme', title: t('theme-switch'), keys: 't', group: t('shortcuts-everywhere'), run: nextTheme },
        ...LANGUAGES.map((it) => ({ id: `lang-${it.code}`, title: `${t('language')}: ${it.name}`, group: t('language'), run: () => void setLang(it.code) })),
      ],
      [t],
    ),
  );
  useEffect(() => {
    if (signedIn) connectEvents();
  }, [signedIn]);
  useEvents(['alert'], (event) =>
    toast(t('alert-arrived'), { tone: 'alert', detail: typeof event['text'] === 'string' ? event['text'] : '', link: { href: '/watches', text: t('alert-open') } }),
  );
  useEffect(() => setMenu(false), [path]);

  const found = pageAt(path);
  useEffect(() => {
    const word = NAVIGATION.find((it) => it.href !== '/' && path.startsWith(it.href))?.word ?? (path.startsWith('/help') ? 'nav-help' : 'nav-radar');
    document.title = `${t(word)} · Periplus`;
  }, [path, t]);

  return (
    <div className="shell">
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{t('skip')}</a>
      <header className="top">
        <Link href="/" className="brand"><Logo /> <span>PERIPLUS</span></Link>
        <nav aria-label={t('navigation')} className={menu ? 'open' : undefined} id="nav">
          {NAVIGATION.map((it) => (
            <Link key={it.href} href={it.href} {...(it.href === '/' && path.startsWith('/radar') ? { 'aria-current': 'page' as const } : {})}>{t(it.word)}</Link>
          ))}
        </nav>
        <div className="tools">
          <button type="button" className="palette-open" onClick={() => setPalette(true)}>
            <Icon name="search" /> <span>{t('palette-short')}</span> <kbd>{/Mac/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'}</kbd>
          </button>
          <MenuButton
            label={t('language')}
            className="button quiet on-dark"
            button={<><Icon name="globe" /><span>{lang.toUpperCase()}</span><span className="sr-only">{t('language')}</span></>}
            items={LANGUAGES.map((it) => ({ text: it.name, current: it.code === lang, run: () => void setLang(it.code) }))}
          />
          <ThemeButton />
          <Button kind="quiet" className="on-dark wide-only" icon="help" iconOnly onClick={() => setHelp(true)}>{t('shortcuts')}</Button>
          <Who />
          <Button kind="quiet" className="on-dark menu-open" icon={menu ? 'close' : 'menu'} iconOnly aria-expanded={menu} aria-controls="nav" onClick={() => setMenu(!menu)}>{t('navigation')}</Button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Boundary resetKey={path}>
          <Suspense fallback={<Loading />}>
            {stranger ? <Loading /> : found ? <found.Page {...found.params} /> : <NotFound />}
          </Suspense>
        </Boundary>
      </main>
      <footer className="foot">
        <p>{t('footer')}</p>
        <p>
          <Link href="/help">{t('nav-help')}</Link>
          <a href="/api/openapi.json">{t('footer-api')}</a>
          <span>Periplus {me.get()?.version ?? ''}</span>
        </p>
      </footer>
      <Toasts />
      <Palette open={palette} onClose={() => setPalette(false)} />
      <HelpSheet open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function ThemeButton() {
  const { t } = useWords();
  const theme = useTheme();
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  return <Button kind="quiet" className="on-dark" icon={dark ? 'sun' : 'moon'} iconOnly onClick={nextTheme}>{t('theme-switch')}</Button>;
}

function Who() {
  const { t } = useWords();
  const it = useMe();
  if (!it || it.mode === 'local') return null;
  return (
    <Link href="/settings" className="button quiet on-dark who" aria-label={t('who', { name: it.person?.name ?? '', organisation: it.organisation?.name ?? '' })}>
      <Icon name="user" /> <span className="wide-only">{it.person?.name}</span>
    </Link>
  );
}

function NotFound() {
  const { t } = useWords();
  return (
    <div className="page">
      <h1>{t('not-found')}</h1>
      <p className="lead">{t('not-found-detail')}</p>
      <p><Link href="/" className="button primary">{t('nav-radar')}</Link></p>
    </div>
  );
}
