import { useState } from 'react';
import { csv, download } from '../../lib/download';
import { useFormats } from '../../lib/format';
import { useWords } from '../../lib/words';
import { Button, Chip, Findings, Table, Tallies, type ChipTone, To } from '../parts/ui';
import type { ImportReport, ImportRow, RowFate } from '../parts/types';
import { DifferenceView } from './diff';

const TONES: Record<RowFate, ChipTone> = { repaired: 'warn', set_aside: 'info', rejected: 'bad' };
const FATES: RowFate[] = ['rejected', 'repaired', 'set_aside'];

/** What became of every row of a file, and what the book would gain and lose. */
export function ReportView({ it }: { it: ImportReport }) {
  const { t } = useWords();
  const format = useFormats();
  const [fate, setFate] = useState<RowFate | null>(null);
  const rows = fate ? it.rows.filter((row) => row.fate === fate) : it.rows;
  const counted = { repaired: it.repaired, set_aside: it.set_aside, rejected: it.rejected };
  const told = it.repaired + it.set_aside + it.rejected;
  const save = () =>
    download(`${it.book}-report.csv`, csv([
      ['line', 'column', 'fate', 'reason', 'found', 'repaired_to'],
      ...it.rows.map((row) => [row.line, row.column, row.fate, row.reason, row.found, row.repaired_to]),
    ]), 'text/csv');
  return (
    <div className="book-report">
      <p>{t('book-report-what', { kind: it.kind, book: it.book, edition: it.edition })}</p>
      {it.unchanged && <p className="pp-note">{t('book-report-unchanged')}</p>}
      <Tallies items={[
        { label: t('book-read'), value: it.read, tone: 'neutral' },
        { label: t('book-accepted'), value: it.accepted, tone: 'good' },
        { label: t('book-fate-repaired'), value: it.repaired, tone: 'warn' },
        { label: t('book-fate-set_aside'), value: it.set_aside, tone: 'info' },
        { label: t('book-fate-rejected'), value: it.rejected, tone: 'bad' },
      ]} />
      <Findings items={it.findings} />
      {it.reasons && it.reasons.length > 0 && (
        <details>
          <summary>{t('book-reasons')}</summary>
          <ul className="pp-plain-list">
            {it.reasons.map((reason) => (
              <li key={`${reason.fate}${reason.reason}`}>
                <Chip tone={TONES[reason.fate]}>{t(`book-fate-${reason.fate}`)}</Chip> {reason.reason} · {format.number(reason.rows)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {it.rows.length > 0 ? (
        <section>
          <div className="toolbar">
            <h3>{t('book-rows-told')}</h3>
            <div className="pp-switch" role="group" aria-label={t('book-fate')}>
              <Button small tone={fate === null ? 'primary' : 'plain'} aria-pressed={fate === null} onClick={() => setFate(null)}>{t('pg-all')}</Button>
              {FATES.filter((one) => counted[one] > 0).map((one) => (
                <Button small key={one} tone={fate === one ? 'primary' : 'plain'} aria-pressed={fate === one} onClick={() => setFate(one)}>
                  {t(`book-fate-${one}`)} {format.number(counted[one])}
                </Button>
              ))}
            </div>
            <Button small tone="quiet" onClick={save}>{t('book-report-csv')}</Button>
          </div>
          <Table<ImportRow & { at: number }>
            caption={t('book-rows-told')}
            rows={rows.map((row, at) => ({ ...row, at }))}
            id={(row) => `${row.line}-${row.at}`}
            columns={[
              { key: 'line', title: t('book-line'), end: true, lead: true, by: (row) => row.line, cell: (row) => format.number(row.line) },
              { key: 'fate', title: t('book-fate'), by: (row) => row.fate, cell: (row) => <Chip tone={TONES[row.fate]}>{t(`book-fate-${row.fate}`)}</Chip> },
              { key: 'column', title: t('book-column'), by: (row) => row.column, cell: (row) => (row.column ? <code>{row.column}</code> : '') },
              { key: 'reason', title: t('book-reason'), by: (row) => row.reason, cell: (row) => row.reason },
              { key: 'found', title: t('book-found'), cell: (row) => (row.found ? <><code>{row.found}</code>{row.repaired_to ? <><To /><code>{row.repaired_to}</code></> : null}</> : '') },
            ]}
          />
          {told > it.rows.length && <p className="muted">{t('book-rows-sampled', { shown: it.rows.length, all: told })}</p>}
        </section>
      ) : (
        <p className="muted">{t('book-rows-clean')}</p>
      )}
      <section>
        <h3>{t('book-diff-title')}</h3>
        <DifferenceView it={it.difference} />
      </section>
    </div>
  );
}
