import { useState } from 'react';
import { api, useList } from '../../lib/api';
import { useFormats } from '../../lib/format';
import { useQuery } from '../../lib/router';
import { useWords } from '../../lib/words';
import { Button, Empty, LoadedCsv, Loading, More, ProblemBox, Search, Table, useNames, useRights, useTask } from '../parts/ui';
import type { AuditEntry } from '../parts/types';

interface Verdict {
  ok: boolean;
  entries: number;
  first_bad?: number | null;
  why?: string | null;
}

/** Who did what. Each entry carries the hash of the one before, so none can be changed or taken out unseen. */
export function Audit() {
  const { t } = useWords();
  const format = useFormats();
  const rights = useRights();
  const [q] = useQuery('q');
  const list = useList<AuditEntry>('/audit', { q, limit: 100 });
  const nameOf = useNames();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const check = useTask();
  const verify = () => check.run(async () => setVerdict(await api.post<Verdict>('/audit/verify')));
  return (
    <section className="panel">
      <h2>{t('settings-audit')}</h2>
      <p className="muted">{t('audit-text')}</p>
      <div className="toolbar">
        <Search label={t('audit-search')} />
        {rights.may('audit') && <Button busy={check.busy} onClick={() => void verify()}>{t('audit-verify')}</Button>}
        <LoadedCsv name="audit" head={['seq', 'at', 'who', 'what', 'object', 'hash', 'previous']} rows={list.items.map((it) => [it.seq, it.at, it.who, it.what, it.object, it.hash, it.previous])} />
      </div>
      <div aria-live="polite">
        {verdict && (verdict.ok
          ? <p className="pp-done">✓ {t('audit-sound', { count: verdict.entries })}</p>
          : <p className="pp-loud" role="alert">{t('audit-broken', { seq: verdict.first_bad ?? 0, count: verdict.entries })} {verdict.why}</p>)}
      </div>
      <ProblemBox problem={check.problem} />
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && list.items.length === 0 && <Loading lines={6} />}
      {!list.loading && !list.problem && list.items.length === 0 && <Empty title={q ? t('pg-nothing-found') : t('audit-none')} />}
      {list.items.length > 0 && (
        <>
          <Table caption={t('settings-audit')} rows={list.items} id={(it) => String(it.seq)} columns={[
            { key: 'seq', title: t('audit-seq'), end: true, by: (it) => it.seq, cell: (it) => format.number(it.seq) },
            { key: 'at', title: t('audit-at'), by: (it) => it.at, cell: (it) => <time dateTime={it.at}>{format.time(it.at)}</time> },
            { key: 'who', title: t('audit-who'), by: (it) => nameOf(it.who), cell: (it) => <span dir="auto" title={it.who}>{nameOf(it.who)}</span> },
            { key: 'what', title: t('audit-what'), lead: true, by: (it) => it.what, cell: (it) => <code>{it.what}</code> },
            { key: 'object', title: t('audit-object'), by: (it) => it.object, cell: (it) => <span dir="auto" className="pp-hash">{it.object}</span> },
            { key: 'hash', title: t('audit-hash'), cell: (it) => <code title={`${it.hash}\n← ${it.previous}`}>{it.hash.slice(0, 12)}…</code> },
          ]} />
          <More more={list.more} loading={list.loading} shown={list.items.length} total={list.total} />
        </>
      )}
    </section>
  );
}
