import { useMemo, useState } from 'react';
import { api, useApi, useList, type Page } from '../../lib/api';
import { useCommands } from '../../lib/commands';
import { navigate, setQuery, useQuery } from '../../lib/router';
import { useWords } from '../../lib/words';
import {
  Button, Chip, DropZone, Empty, Frame, LoadedCsv, Loading, PageHead, ProblemBox, ReadOnly, Search, Time, useRights, useTask, Back
} from '../parts/ui';
import type { Quote, QuoteSheet } from '../parts/types';
import { FIELDS, draftOf } from './fields';
import { QuoteForm } from './form';
import { QuoteTable, tell } from './list';
import { SheetPanel } from './sheet';

export default function Quotes({ id }: { id?: string }) {
  return id ? <OneQuote key={id} id={id} /> : <QuotesPage />;
}

function OneQuote({ id }: { id: string }) {
  const { t } = useWords();
  const quote = useApi<Quote>(`/quotes/${encodeURIComponent(id)}`);
  const back = () => navigate('/quotes');
  return (
    <Frame title={quote.data?.supplier ?? t('quotes-title')}>
      <Back href="/quotes">{t('quotes-title')}</Back>
      <PageHead title={quote.data?.supplier ?? t('quotes-title')} lead={quote.data?.goods} />
      <ProblemBox problem={quote.problem} onRetry={quote.reload} />
      {quote.loading && !quote.data && <Loading />}
      {quote.data && (
        <section className="panel">
          <QuoteForm key={quote.data.version} quote={quote.data} onCancel={back} onSaved={(saved) => { tell(saved, t('quote-saved')); back(); }} />
        </section>
      )}
    </Frame>
  );
}

function QuotesPage() {
  const { t } = useWords();
  const rights = useRights();
  const [q] = useQuery('q');
  const [hs] = useQuery('hs');
  const [supplier] = useQuery('supplier');
  const query = { q, hs, supplier, limit: 50 };
  const list = useList<Quote>('/quotes', query);
  const sheets = useApi<Page<QuoteSheet>>(rights.write ? '/quote-sheets' : null);
  const [sheet, setSheet] = useState<QuoteSheet | null>(null);
  const [adding, setAdding] = useState(false);
  const upload = useTask();
  useCommands(useMemo(() => (rights.write ? [{ id: 'quote-add', title: t('quote-add'), keys: 'a', group: t('quotes-title'), run: () => setAdding(true) }] : []), [t, rights.write]));

  const read = (file: File) => upload.run(async () => setSheet(await api.upload<QuoteSheet>('/quote-sheets', file)));
  const waiting = (sheets.data?.items ?? []).filter((it) => it.state !== 'accepted' && it.id !== sheet?.id);
  const close = () => {
    setSheet(null);
    sheets.reload();
  };
  const resume = (it: QuoteSheet) => upload.run(async () => {
    // A list may carry the head of a sheet only.
    setSheet(it.columns?.length ? it : await api.get<QuoteSheet>(`/quote-sheets/${it.id}`));
  });
  const filtered = Boolean(q || hs || supplier);
  return (
    <Frame title={t('quotes-title')}>
      <PageHead title={t('quotes-title')} lead={t('quotes-lead')}>
        {rights.write && <Button aria-expanded={adding} onClick={() => setAdding(!adding)}>{t('quote-add')}</Button>}
      </PageHead>
      <ReadOnly />
      {rights.write && !sheet && (
        <DropZone title={t('quote-drop')} text={t('quote-drop-text')} accept=".csv,.tsv,.txt,.xlsx,.xls,.ods,.zip,.gz" busy={upload.busy} onFile={(file) => void read(file)} />
      )}
      <ProblemBox problem={upload.problem} lead={upload.problem ? t('quote-upload-failed') : undefined} />
      {sheet && <SheetPanel key={sheet.id} sheet={sheet} onClose={close} onAccepted={() => { close(); list.reload(); }} />}
      {waiting.length > 0 && (
        <section className="panel">
          <h2>{t('quote-waiting')}</h2>
          <ul className="pp-plain-list">
            {waiting.map((it) => (
              <li key={it.id} className="toolbar">
                <span><b dir="auto">{it.name}</b> <Chip tone={it.state === 'checked' ? 'info' : 'neutral'}>{t(`quote-sheet-${it.state ?? 'mapping'}`)}</Chip> <Time at={it.created_at} /></span>
                <Button small onClick={() => void resume(it)}>{t('quote-resume')}</Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {adding && (
        <section className="panel">
          <h2>{t('quote-add')}</h2>
          <QuoteForm quote={null} onCancel={() => setAdding(false)} onSaved={(it) => { setAdding(false); tell(it, t('quote-added', { supplier: it.supplier })); list.reload(); }} />
        </section>
      )}
      <div className="toolbar">
        <Search label={t('quotes-search')} />
        <Search label={t('quote-field-hs')} name="hs" />
        {supplier && <Button small onClick={() => setQuery({ supplier: null })}>{t('quote-of', { supplier })} ×</Button>}
        <LoadedCsv name="quotes" head={[...FIELDS]} rows={list.items.map((it) => Object.values(draftOf(it)))} />
      </div>
      {!list.loading && !list.problem && list.items.length === 0 ? (
        filtered ? <Empty title={t('pg-nothing-found')} action={<Button onClick={() => setQuery({ q: null, hs: null, supplier: null })}>{t('pg-clear')}</Button>} />
          : <Empty title={t('quotes-none')}>{t('quotes-none-text')}</Empty>
      ) : <QuoteTable list={list} caption={t('quotes-title')} />}
    </Frame>
  );
}
