import { useState } from 'react';
import { api, asProblem, type Problem } from '../../lib/api';
import { useFormats } from '../../lib/format';
import { Link } from '../../lib/router';
import { useWords } from '../../lib/words';
import { Button, DropZone, Field, ProblemBox, say } from '../parts/ui';
import type { Book, ImportReport } from '../parts/types';
import { ReportView } from './report';

/** Kinds that can be named by hand when the file does not tell. The server knows them all and lists them when one is wrong. */
const KINDS = [
  'ecb-rates', 'flows', 'us-tariff', 'us-tariff-segments', 'us-section-301', 'us-section-232', 'us-exempt-products',
  'ukgt-cet-2020', 'uk-commodity', 'uk-origin-schemes', 'uk-origin-rules', 'au-schedule-3', 'au-agreements', 'unlocode',
  'airports', 'air-routes', 'connectivity', 'port-connectivity', 'geodist', 'chokepoints', 'world-bank', 'grid-intensity',
];

type Step =
  | { at: 'start' }
  | { at: 'trying'; file: File }
  | { at: 'tried'; file: File; report: ImportReport }
  | { at: 'installing'; file: File; report: ImportReport }
  | { at: 'failed'; file: File; problem: Problem; installing: boolean; report: ImportReport | null }
  | { at: 'done'; report: ImportReport };

interface Hints {
  kind: string;
  vintage: string;
  economy: string;
}

const headersOf = (it: Hints): Record<string, string> => ({
  ...(it.kind && { 'X-Kind': it.kind }),
  ...(it.vintage && { 'X-Vintage': it.vintage }),
  ...(it.economy && { 'X-Economy': it.economy.toUpperCase() }),
});

/** A file becomes an edition in two steps: a dry run with the report on every row, then a person's word. */
export function ImportPanel({ books, onInstalled }: { books: Book[]; onInstalled: () => void }) {
  const { t } = useWords();
  const format = useFormats();
  const [step, setStep] = useState<Step>({ at: 'start' });
  const [hints, setHints] = useState<Hints>({ kind: '', vintage: '', economy: '' });

  const send = async (file: File, dry: boolean, report: ImportReport | null) => {
    setStep(dry || !report ? { at: 'trying', file } : { at: 'installing', file, report });
    try {
      const made = await api.upload<ImportReport>(`/books/import${dry ? '?dry_run=true' : ''}`, file, headersOf(hints));
      if (dry) return setStep({ at: 'tried', file, report: made });
      setStep({ at: 'done', report: made });
      say(t('book-installed', { book: made.book, edition: made.edition }));
      onInstalled();
    } catch (cause) {
      setStep({ at: 'failed', file, problem: asProblem(cause), installing: !dry, report });
    }
  };
  const inForce = (name: string | undefined) => books.find((it) => it.name === name)?.edition;
  const change = (name: keyof Hints) => (event: { target: { value: string } }) => setHints({ ...hints, [name]: event.target.value });
  const back = () => setStep({ at: 'start' });
  // What the file is could not be told: here it can be said.
  const unknownKind = step.at === 'failed' && step.problem.code === 'PRP-1407';

  return (
    <section className="panel book-import" aria-label={t('book-import')}>
      <DropZone title={t('book-drop')} text={t('book-drop-text')} busy={step.at === 'trying' || step.at === 'installing'}
        accept=".csv,.tsv,.txt,.json,.xlsx,.xls,.zip,.gz,.zst,.parquet,.tar" onFile={(file) => void send(file, true, null)} />
      <details className="pp-details" open={unknownKind || undefined}>
        <summary>{t('book-hints')}</summary>
        <div className="form-row">
          <Field label={t('book-kind')} hint={t('book-kind-hint')}>
            <input list="book-kinds" value={hints.kind} onChange={change('kind')} autoComplete="off" />
          </Field>
          <datalist id="book-kinds">{KINDS.map((it) => <option key={it} value={it} />)}</datalist>
          <Field label={t('book-vintage')} hint={t('book-vintage-hint')}><input value={hints.vintage} onChange={change('vintage')} /></Field>
          <Field label={t('book-economy')} hint={t('book-economy-hint')}><input value={hints.economy} onChange={change('economy')} maxLength={2} /></Field>
        </div>
      </details>
      <div aria-live="polite">
        {step.at === 'trying' && <p role="status">{t('book-trying', { file: step.file.name, size: format.bytes(step.file.size) })}</p>}
        {step.at === 'failed' && (
          <div>
            <ProblemBox problem={step.problem} lead={
              <>
                {t(step.installing ? 'book-failed' : 'book-dry-failed', { file: step.file.name })}{' '}
                {inForce(step.report?.book) ? t('book-old-stays-edition', { edition: inForce(step.report?.book) ?? '' }) : t('book-old-stays')}
              </>
            } />
            <div className="actions">
              <Button onClick={() => void send(step.file, true, null)}>{t('book-again')}</Button>
              <Button tone="quiet" onClick={back}>{t('close')}</Button>
            </div>
          </div>
        )}
        {(step.at === 'tried' || step.at === 'installing') && (
          <div>
            <h2>{t('book-dry-title', { file: step.file.name })}</h2>
            <p className="pp-note">{t('book-dry-note')}</p>
            <ReportView it={step.report} />
            <div className="actions pp-sticky">
              <Button tone="primary" busy={step.at === 'installing'} disabled={step.report.unchanged || step.report.accepted + step.report.repaired === 0}
                onClick={() => void send(step.file, false, step.report)}>
                {t('book-install', { rows: format.number(step.report.accepted + step.report.repaired), book: step.report.book })}
              </Button>
              <Button onClick={back} disabled={step.at === 'installing'}>{t('book-throw-away')}</Button>
            </div>
          </div>
        )}
        {step.at === 'done' && (
          <div className="pp-done" role="status">
            <p>
              {t('book-installed', { book: step.report.book, edition: step.report.edition })}{' '}
              <Link href={`/books/${encodeURIComponent(step.report.book)}`}>{t('book-open')}</Link>
            </p>
            <Button small tone="quiet" onClick={back}>{t('close')}</Button>
          </div>
        )}
      </div>
    </section>
  );
}
