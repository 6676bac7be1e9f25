import { store, useStore } from '../lib/store';
import { Link } from '../lib/router';
import { asProblem } from '../lib/api';
import { useWords } from '../lib/words';
import { Button, cx } from './basic';

export interface Toast {
  id: number;
  text: string;
  detail?: string;
  tone: 'info' | 'good' | 'bad' | 'alert';
  link?: { href: string; text: string };
}

const toasts = store<Toast[]>([]);
let last = 0;

export function dismiss(id: number): void {
  toasts.set(toasts.get().filter((it) => it.id !== id));
}

/** A short message at the edge of the page. Errors and alerts stay until they are closed. */
export function toast(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}): void {
  const it: Toast = { id: ++last, text, tone: 'info', ...more };
  toasts.set([...toasts.get().slice(-3), it]);
  if (it.tone === 'info' || it.tone === 'good') setTimeout(() => dismiss(it.id), 6000);
}

/** For `catch`: shows what the server said. */
export function toastProblem(cause: unknown): void {
  const problem = asProblem(cause);
  toast(problem.code ? `${problem.title} (${problem.code})` : problem.title, {
    tone: 'bad',
    detail: [problem.detail, problem.hint].filter((it) => it && it !== problem.title).join(' '),
  });
}

export function Toasts() {
  const { t } = useWords();
  const all = useStore(toasts);
  return (
    <div className="toasts" role="region" aria-label={t('toasts')} aria-live="polite">
      {all.map((it) => (
        <div key={it.id} className={cx('toast', it.tone)} role={it.tone === 'bad' || it.tone === 'alert' ? 'alert' : 'status'}>
          <div>
            <p>{it.text}</p>
            {it.detail && <p className="detail">{it.detail}</p>}
            {it.link && <Link href={it.link.href} onClick={() => dismiss(it.id)}>{it.link.text}</Link>}
          </div>
          <Button kind="quiet" icon="close" iconOnly onClick={() => dismiss(it.id)}>{t('close')}</Button>
        </div>
      ))}
    </div>
  );
}
