import { useState, type FormEvent } from 'react';
import { api, asProblem, type Problem } from '../../lib/api';
import { useWords } from '../../lib/words';
import { Button, Field, ProblemBox, To } from '../parts/ui';
import type { Quote } from '../parts/types';
import { EMPTY, FIELDS, INCOTERMS, NEEDED, UNITS, bodyOf, draftOf, fieldOf, merged, ready, type FieldName, type QuoteDraft } from './fields';

interface FormProps {
  quote: Quote | null;
  onSaved: (quote: Quote) => void;
  onCancel: () => void;
}

/** Who saved in between, and what. */
interface Conflict {
  theirs: Quote;
  fields: FieldName[];
}

/** A quote to add or to mend. Saving sends the version that was read, so that nobody's change is lost. */
export function QuoteForm({ quote, onSaved, onCancel }: FormProps) {
  const { t } = useWords();
  const [base, setBase] = useState<Quote | null>(quote);
  const [draft, setDraft] = useState<QuoteDraft>(quote ? draftOf(quote) : EMPTY);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const set = (name: FieldName, value: string) => setDraft({ ...draft, [name]: value });

  const compare = async (mine: Problem) => {
    const theirs = await api.get<Quote>(`/quotes/${base?.id}`);
    const [now, before] = [draftOf(theirs), base ? draftOf(base) : EMPTY];
    const fields = FIELDS.filter((it) => now[it] !== before[it]);
    setProblem(fields.length ? null : mine);
    setConflict({ theirs, fields });
  };
  const save = async (over: Quote | null) => {
    setBusy(true);
    setProblem(null);
    try {
      const at = over ?? base;
      const mine = over && base ? merged(draft, draftOf(base), draftOf(over)) : draft;
      const body = bodyOf(mine, at ? draftOf(at) : null);
      const saved = at
        ? await api.patch<Quote>(`/quotes/${at.id}`, body, { ifMatch: `"${at.version}"` })
        : await api.post<Quote>('/quotes', body);
      onSaved(saved);
    } catch (cause) {
      const problem = asProblem(cause);
      if (problem.status === 412 && base) await compare(problem).catch((other: unknown) => setProblem(asProblem(other)));
      else setProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(null);
  };
  const takeTheirs = () => {
    if (!conflict) return;
    setBase(conflict.theirs);
    setDraft(draftOf(conflict.theirs));
    setConflict(null);
  };
  const errors = new Map(problem?.rows.map((it) => [fieldOf(it.column), it.text]));
  const input = (name: FieldName) => {
    const common = { value: draft[name], 'aria-invalid': errors.has(name) || undefined, onChange: (event: { target: { value: string } }) => set(name, event.target.value) };
    if (name === 'incoterm') {
      return (
        <select {...common}>
          <option value="" />
          {INCOTERMS.map((it) => <option key={it}>{it}</option>)}
        </select>
      );
    }
    if (name === 'valid_until') return <input type="date" {...common} />;
    return (
      <input {...common} autoComplete="off" dir="auto" list={name === 'unit' ? 'quote-units' : undefined}
        inputMode={name === 'price' || name === 'unit_weight' ? 'decimal' : name === 'hs' ? 'numeric' : undefined}
        maxLength={name === 'currency' ? 3 : name === 'country' ? 60 : 300} />
    );
  };
  return (
    <form className="quote-form" onSubmit={submit} aria-label={t(base ? 'quote-edit' : 'quote-add')}
      onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); onCancel(); } }}>
      {conflict && (
        <div className="pp-conflict" role="alert">
          <p><strong>{t('quote-conflict')}</strong></p>
          <ul className="pp-plain-list">
            {conflict.fields.map((it) => (
              <li key={it}>
                {t(`quote-field-${it}`)}: <del>{base ? draftOf(base)[it] || '—' : '—'}</del><To /><ins>{draftOf(conflict.theirs)[it] || '—'}</ins>
                {base && draft[it] !== draftOf(base)[it] && <> · {t('quote-conflict-yours', { value: draft[it] || '—' })}</>}
              </li>
            ))}
          </ul>
          <div className="actions">
            <Button small onClick={takeTheirs}>{t('quote-conflict-theirs')}</Button>
            <Button small tone="danger" busy={busy} onClick={() => { setConflict(null); void save(conflict.theirs); }}>{t('quote-conflict-mine')}</Button>
          </div>
        </div>
      )}
      <datalist id="quote-units">{UNITS.map((it) => <option key={it} value={it} />)}</datalist>
      <div className="pp-form-grid">
        {FIELDS.map((name) => (
          <Field key={name} error={errors.get(name)}
            label={<>{t(`quote-field-${name}`)}{NEEDED.includes(name) && <span className="pp-needed"> {t('pg-needed')}</span>}</>}>
            {input(name)}
          </Field>
        ))}
      </div>
      <p className="pp-hint">{t('quote-form-hint')}</p>
      <ProblemBox problem={problem} />
      <div className="actions">
        <Button type="submit" tone="primary" busy={busy} disabled={!ready(draft)}>{t('save')}</Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
