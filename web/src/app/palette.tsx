import { useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../lib/api';
import { commands, plainKeys, setPlainKeys, type Command } from '../lib/commands';
import { useDebounced } from '../lib/debounce';
import { navigate } from '../lib/router';
import { useStore } from '../lib/store';
import { useWords } from '../lib/words';
import { Dialog } from '../ui/overlay';

interface AnswerRow { id: string; sentence: string }

/** Ctrl+K: everything that can be done, and past answers, by typing a few letters. */
export function Palette({ open, onClose }: { open: boolean; onClose(): void }) {
  const { t } = useWords();
  const all = useStore(commands);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [answers, setAnswers] = useState<AnswerRow[]>([]);
  const sought = useDebounced(text, 150);
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    if (open) { setText(''); setAt(0); }
  }, [open]);
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    api.get<{ items: AnswerRow[] }>(`/answers?limit=6&q=${encodeURIComponent(sought)}`, { signal: stop.signal })
      .then((page) => setAnswers(page.items), () => setAnswers([]));
    return () => stop.abort();
  }, [open, sought]);

  const shown = useMemo(() => {
    const letters = text.trim().toLowerCase();
    const fits = (title: string) => !letters || letters.split(/\s+/).every((it) => title.toLowerCase().includes(it));
    const found: Command[] = all.filter((it) => it.id !== 'palette' && fits(it.title));
    const past = answers.map((it): Command => ({ id: `answer-${it.id}`, title: it.sentence, group: t('palette-answers'), run: () => navigate(`/radar/${it.id}`) }));
    const ask: Command[] = letters.length > 5 && found.length === 0
      ? [{ id: 'ask', title: t('palette-scan', { text: text.trim() }), group: t('nav-radar'), run: () => navigate(`/radar?ask=${encodeURIComponent(text.trim())}`) }]
      : [];
    return [...ask, ...found, ...past];
  }, [all, answers, text, t]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    // After the dialog has given the focus back.
    setTimeout(command.run, 0);
  };
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  return (
    <Dialog open={open} onClose={onClose} title={t('palette')}>
      <input
        className="palette-input"
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={shown[at] ? `palette-${shown[at].id}` : undefined}
        aria-label={t('palette-hint')}
        placeholder={t('palette-hint')}
        value={text}
        onChange={(event) => { setText(event.target.value); setAt(0); }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt((it) => Math.min(it + 1, shown.length - 1));
          else if (event.key === 'ArrowUp') setAt((it) => Math.max(it - 1, 0));
          else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(shown[at]);
          else return;
          event.preventDefault();
        }}
      />
      <ul ref={list} id="palette-list" className="palette-list" role="listbox" aria-label={t('palette')}>
        {shown.map((it, index) => (
          <li key={it.id} id={`palette-${it.id}`} role="option" aria-selected={index === at} onPointerMove={() => setAt(index)} onClick={() => run(it)}>
            <span>{it.title}</span>
            <span className="group">{it.group}</span>
            {it.keys && <Keys keys={it.keys} />}
          </li>
        ))}
        {shown.length === 0 && <li className="none">{t('palette-none')}</li>}
      </ul>
    </Dialog>
  );
}

export function Keys({ keys }: { keys: string }) {
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  return (
    <span className="keys">
      {keys.split(' ').flatMap((stroke) => stroke.split('+')).map((key, at) => (
        <kbd key={at}>{key === 'mod' ? (mac ? '⌘' : 'Ctrl') : key.length === 1 ? key.toUpperCase() : key.replace('Arrow', '')}</kbd>
      ))}
    </span>
  );
}

/** "?": the keys of the page that is open. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose(): void }) {
  const { t } = useWords();
  const all = useStore(commands).filter((it) => it.keys);
  const plain = useStore(plainKeys);
  const groups = [...new Set(all.map((it) => it.group))];
  return (
    <Dialog open={open} onClose={onClose} title={t('shortcuts')}>
      <label className="choice"><input type="checkbox" checked={plain} onChange={(event) => setPlainKeys(event.target.checked)} />{t('shortcuts-plain')}</label>
      <div className="shortcuts">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {all.filter((it) => it.group === group).map((it) => (
                <div key={it.id}><dt>{it.title}</dt><dd><Keys keys={it.keys ?? ''} /></dd></div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
