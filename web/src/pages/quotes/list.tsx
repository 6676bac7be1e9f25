import './quotes.css';
import { useState } from 'react';
import { api, type Listed } from '../../lib/api';
import { useFormats } from '../../lib/format';
import { Link } from '../../lib/router';
import { toast, toastProblem } from '../../ui';
import { useWords } from '../../lib/words';
import { BasisMark, Button, Chip, Day, Loading, More, ProblemBox, Table, say, useRights, type Column } from '../parts/ui';
import type { Quote } from '../parts/types';
import { bodyOf, draftOf } from './fields';
import { QuoteForm } from './form';

/** What was done, with what the server has to say about the quote as it understood it. */
export function tell(quote: Quote, text: string): void {
  const detail = (quote.findings ?? []).map((it) => [it.text, it.hint].filter(Boolean).join(' ')).join(' ');
  toast(text, { tone: 'good', ...(detail ? { detail } : {}) });
}

/** Quotes as a table; each row can be mended where it stands and taken out, with a way back. */
export function QuoteTable({ list, caption, plain = false }: { list: Listed<Quote>; caption: string; plain?: boolean }) {
  const { t } = useWords();
  const format = useFormats();
  const rights = useRights();
  const [editing, setEditing] = useState<string | null>(null);
  const [gone, setGone] = useState<string[]>([]);

  const remove = async (it: Quote) => {
    setGone((all) => [...all, it.id]);
    try {
      await api.delete(`/quotes/${it.id}`, { ifMatch: `"${it.version}"` });
    } catch (cause) {
      setGone((all) => all.filter((id) => id !== it.id));
      toastProblem(cause);
      return;
    }
    const back = async () => {
      await api.post('/quotes', bodyOf(draftOf(it), null)).catch(toastProblem);
      list.reload();
    };
    say(t('quote-deleted', { supplier: it.supplier }), () => void back());
  };
  const price = (it: Quote) => {
    const per = it.per && Number(it.per) !== 1 ? `${it.per} ${it.unit}` : it.unit;
    return t('quote-price', { price: it.price, currency: it.currency, unit: per });
  };
  const columns: Column<Quote>[] = [
    ...(plain ? [] : [{
      key: 'supplier', title: t('quote-field-supplier'), lead: true, by: (it: Quote) => it.supplier,
      cell: (it: Quote) => <Link href={`/suppliers?open=${encodeURIComponent(it.supplier)}`} dir="auto">{it.supplier}</Link>,
    }]),
    { key: 'goods', title: t('quote-field-goods'), lead: plain, by: (it) => it.goods, cell: (it) => <><span dir="auto">{it.goods}</span>{it.hs && <><br /><code>{it.hs}</code></>}</> },
    { key: 'price', title: t('quote-field-price'), end: true, by: (it) => Number(it.price), cell: (it) => <><span className="pp-figure">{price(it)}</span> <BasisMark basis="observed" /></> },
    {
      key: 'terms', title: t('quote-terms'), by: (it) => `${it.incoterm} ${it.place}`,
      cell: (it) => <>{it.incoterm} <span dir="auto">{it.place}</span>{it.country && <><br /><span className="muted">{format.economy(it.country)}</span></>}</>,
    },
    { key: 'lead', title: t('quote-field-lead_time'), cell: (it) => it.lead_time ?? <span className="muted">—</span> },
    { key: 'minimum', title: t('quote-field-minimum'), cell: (it) => it.minimum ?? <span className="muted">—</span> },
    {
      key: 'valid', title: t('quote-field-valid_until'), by: (it) => it.valid_until,
      cell: (it) => <><Day date={it.valid_until} /> {it.expired && <Chip tone="warn">{t('quote-expired')}</Chip>}</>,
    },
    ...(rights.write ? [{
      key: 'do', title: '',
      cell: (it: Quote) => (
        <span className="pp-row-actions">
          <Button small tone="quiet" onClick={() => setEditing(it.id)} aria-label={t('quote-edit-of', { supplier: it.supplier })}>{t('edit')}</Button>
          <Button small tone="quiet" icon="trash" iconOnly onClick={() => void remove(it)}>{t('quote-delete-of', { supplier: it.supplier })}</Button>
        </span>
      ),
    }] : []),
  ];
  const rows = list.items.filter((it) => !gone.includes(it.id));
  if (list.problem) return <ProblemBox problem={list.problem} onRetry={list.reload} />;
  if (list.loading && rows.length === 0) return <Loading />;
  return (
    <>
      <Table caption={caption} columns={columns} rows={rows} id={(it) => it.id}
        instead={(it) => it.id === editing && (
          <QuoteForm quote={it} onCancel={() => setEditing(null)} onSaved={(saved) => { setEditing(null); tell(saved, t('quote-saved')); list.reload(); }} />
        )} />
      <More more={list.more} loading={list.loading} shown={rows.length} total={list.total} />
    </>
  );
}
