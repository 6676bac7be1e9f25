import { useState } from 'react';
import { api } from '../../lib/api';
import { useFormats } from '../../lib/format';
import { useWords } from '../../lib/words';
import { Button, Chip, Findings, ProblemBox, Table, Tallies, say, useTask, type ChipTone } from '../parts/ui';
import type { QuoteSheet, SheetNote, SheetReport } from '../parts/types';
import { FIELDS } from './fields';

const TONES: Record<SheetNote['kind'], ChipTone> = { repair: 'warn', remark: 'info', rejection: 'bad' };

/** Columns by name, as they are read now: what was mapped before, else what the server guessed. */
function startOf(sheet: QuoteSheet): Record<string, string> {
  if (sheet.mapping) return Object.fromEntries(Object.entries(sheet.mapping).map(([field, column]) => [column, field]));
  return Object.fromEntries(sheet.columns.filter((it) => it.guess).map((it) => [it.name, it.guess ?? '']));
}

/** From a table as a supplier sent it to quotes: columns by hand, then every row judged, then the person's word. */
export function SheetPanel({ sheet, onClose, onAccepted }: { sheet: QuoteSheet; onClose: () => void; onAccepted: () => void }) {
  const { t } = useWords();
  const format = useFormats();
  const [fieldOfColumn, setFields] = useState<Record<string, string>>(() => startOf(sheet));
  const [report, setReport] = useState<SheetReport | null>(sheet.report && sheet.state === 'checked' ? sheet.report : null);
  const check = useTask();
  const accept = useTask();

  const used = new Set(Object.values(fieldOfColumn).filter(Boolean));
  const missing = sheet.fields.filter((it) => it.needed && !used.has(it.field)).map((it) => label(it.field, it.what));
  const lacksGoods = !used.has('hs') && !used.has('goods');

  function label(field: string, what: string): string {
    return (FIELDS as readonly string[]).includes(field) ? t(`quote-field-${field}`) : what || field;
  }
  const choose = (column: string, field: string) => {
    const next = { ...fieldOfColumn };
    // A field is in one column: choosing it here takes it from where it was.
    for (const other of Object.keys(next)) if (field && next[other] === field) next[other] = '';
    next[column] = field;
    setFields(next);
    setReport(null);
  };
  const validate = () => check.run(async () => {
    const mapping = Object.fromEntries(Object.entries(fieldOfColumn).filter(([, field]) => field).map(([column, field]) => [field, column]));
    setReport(await api.put<SheetReport>(`/quote-sheets/${sheet.id}/mapping`, { mapping }));
  });
  const take = () => accept.run(async () => {
    const made = await api.post<{ stored: number }>(`/quote-sheets/${sheet.id}/accept`);
    say(t('quote-stored', { count: made.stored }));
    onAccepted();
  });
  const throwAway = async () => {
    await api.delete(`/quote-sheets/${sheet.id}`).catch(() => undefined);
    onClose();
  };

  return (
    <section className="panel quote-sheet" aria-labelledby={`sheet-${sheet.id}`}>
      <h2 id={`sheet-${sheet.id}`}>{t('quote-sheet-title', { name: sheet.name })}</h2>
      <p>{t('quote-map-text')}</p>
      <div className="table-wrap">
        <table className="table pp-stack" role="table">
          <caption className="sr-only">{t('quote-map')}</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">{t('quote-map-column')}</th>
              <th role="columnheader" scope="col">{t('quote-map-samples')}</th>
              <th role="columnheader" scope="col">{t('quote-map-field')}</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {sheet.columns.map((column) => (
              <tr key={column.name} role="row">
                <td role="cell" className="pp-lead-cell" data-label={t('quote-map-column')}><div><b dir="auto">{column.name}</b></div></td>
                <td role="cell" data-label={t('quote-map-samples')}>
                  <span className="quote-samples">{column.sample.slice(0, 4).map((it, at) => <code key={at} dir="auto">{it || '∅'}</code>)}</span>
                </td>
                <td role="cell" data-label={t('quote-map-field')}>
                  <div><select aria-label={t('quote-map-of', { column: column.name })} value={fieldOfColumn[column.name] ?? ''} onChange={(event) => choose(column.name, event.target.value)}>
                    <option value="">{t('quote-map-ignore')}</option>
                    {sheet.fields.map((it) => <option key={it.field} value={it.field} title={it.what}>{label(it.field, it.what)}{it.needed ? ' *' : ''}</option>)}
                  </select>
                  {column.guess && column.guess === fieldOfColumn[column.name] && <span className="muted"> {t('quote-map-guessed')}</span>}</div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div aria-live="polite">
        {missing.length > 0 && <p className="pp-warn">{t('quote-map-missing', { fields: format.list(missing) })}</p>}
        {lacksGoods && <p className="pp-warn">{t('quote-map-goods')}</p>}
      </div>
      <div className="actions">
        <Button tone={report ? 'plain' : 'primary'} busy={check.busy} onClick={() => void validate()}>{t('quote-check')}</Button>
        <Button tone="quiet" onClick={() => void throwAway()}>{t('quote-throw-away')}</Button>
      </div>
      <ProblemBox problem={check.problem} />
      {report && (
        <section aria-live="polite">
          <h3>{t('quote-report')}</h3>
          <SheetReportView report={report} />
          <ProblemBox problem={accept.problem} />
          <div className="actions pp-sticky">
            <Button tone="primary" busy={accept.busy} disabled={report.accepted + report.repaired === 0} onClick={() => void take()}>
              {t('quote-accept', { count: report.accepted + report.repaired, shown: format.number(report.accepted + report.repaired) })}
            </Button>
            {report.rejected > 0 && <span className="muted">{t('quote-left-out', { count: report.rejected })}</span>}
          </div>
        </section>
      )}
    </section>
  );
}

function SheetReportView({ report }: { report: SheetReport }) {
  const { t } = useWords();
  const format = useFormats();
  return (
    <>
      <Tallies items={[
        { label: t('book-read'), value: report.rows, tone: 'neutral' },
        { label: t('book-accepted'), value: report.accepted, tone: 'good' },
        { label: t('book-fate-repaired'), value: report.repaired, tone: 'warn' },
        { label: t('quote-duplicate'), value: report.duplicate ?? 0, tone: 'info' },
        { label: t('book-fate-rejected'), value: report.rejected, tone: 'bad' },
      ]} />
      <Findings items={report.findings} />
      {report.notes.length === 0 ? <p className="muted">{t('book-rows-clean')}</p> : (
        <Table<SheetNote & { at: number }>
          caption={t('book-rows-told')} rows={report.notes.map((it, at) => ({ ...it, at }))} id={(it) => String(it.at)}
          columns={[
            { key: 'line', title: t('book-line'), end: true, lead: true, by: (it) => it.line, cell: (it) => format.number(it.line) },
            { key: 'kind', title: t('book-fate'), by: (it) => it.kind, cell: (it) => <Chip tone={TONES[it.kind]}>{t(`quote-note-${it.kind}`)}</Chip> },
            { key: 'column', title: t('book-column'), by: (it) => it.column, cell: (it) => (it.column ? <code dir="auto">{it.column}</code> : '') },
            { key: 'text', title: t('book-reason'), cell: (it) => <>{it.text}{it.hint && <span className="pp-hint"> {it.hint}</span>}</> },
            { key: 'found', title: t('book-found'), cell: (it) => (it.found ? <code dir="auto">{it.found}</code> : '') },
          ]}
        />
      )}
    </>
  );
}
