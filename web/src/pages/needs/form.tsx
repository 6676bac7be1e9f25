import { useEffect, useState, type FormEvent } from 'react';
import { api, asProblem, type Problem } from '../../lib/api';
import { useDebounced } from '../../lib/debounce';
import type { Finding } from '../../lib/types';
import { useWords } from '../../lib/words';
import { Button, Chip, Field, Findings, ProblemBox, useTask } from '../parts/ui';
import type { KeptNeed } from '../parts/types';

interface Reading {
  sentence: string;
  understood: { text: string; as: string }[];
  findings: Finding[];
}

/** A need in a person's own words; below it stands how it is understood, before it is kept. */
export function NeedForm({ need, onSaved, onCancel }: { need: KeptNeed | null; onSaved: (need: KeptNeed) => void; onCancel: () => void }) {
  const { t, lang } = useWords();
  const [text, setText] = useState(need?.text ?? '');
  const [title, setTitle] = useState(need?.title ?? '');
  const [reading, setReading] = useState<Reading | null>(null);
  const [unclear, setUnclear] = useState<Problem | null>(null);
  const still = useDebounced(text, 500);
  const save = useTask();
  useEffect(() => {
    if (still.trim().length < 8) {
      setReading(null);
      setUnclear(null);
      return;
    }
    const stop = new AbortController();
    api.post<Reading>('/needs/read', { text: still }, { signal: stop.signal }).then(
      (it) => {
        setReading(it);
        setUnclear(null);
      },
      (cause: unknown) => {
        if (stop.signal.aborted) return;
        setReading(null);
        setUnclear(asProblem(cause));
      },
    );
    return () => stop.abort();
  }, [still, lang]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Without a title the need is called by its words.
    const body = { text: text.trim(), ...(title.trim() ? { title: title.trim() } : {}) };
    void save.run(async () => onSaved(need
      ? await api.patch<KeptNeed>(`/needs/${need.id}`, body, { ifMatch: `"${need.version}"` })
      : await api.post<KeptNeed>('/needs', body)));
  };
  return (
    <form className="form" onSubmit={submit}>
      <Field label={t('need-text')} hint={t('need-text-hint')}>
        <textarea rows={3} value={text} onChange={(event) => setText(event.target.value)} dir="auto" required maxLength={2000} />
      </Field>
      <div aria-live="polite" className="need-reading">
        {reading && (
          <>
            <p><b>{t('need-understood')}</b> {reading.sentence}</p>
            {reading.understood?.length > 0 && <p className="need-chips">{reading.understood.map((it, at) => <Chip key={at} title={it.as}>{it.text}</Chip>)}</p>}
            <Findings items={reading.findings} />
          </>
        )}
        <ProblemBox problem={unclear} />
      </div>
      <Field label={t('need-title-field')} hint={t('need-title-hint')}>
        <input value={title} onChange={(event) => setTitle(event.target.value)} dir="auto" maxLength={200} />
      </Field>
      <ProblemBox problem={save.problem} />
      <div className="actions">
        <Button type="submit" tone="primary" busy={save.busy} disabled={text.trim() === ''}>{t('save')}</Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
