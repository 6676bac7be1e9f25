import { useState } from 'react';
import { api, url } from '../../lib/api';
import { useFormats } from '../../lib/format';
import { useWords } from '../../lib/words';
import { DropZone, Field, ProblemBox, Table, Time, say, useRights, useTask } from '../parts/ui';
import type { Deal } from '../parts/types';

const KINDS = ['contract', 'invoice', 'packing_list', 'bill_of_lading', 'certificate', 'customs', 'payment', 'other'];
/** The server takes no more; saying so before the upload spares the wait. */
const MOST_BYTES = 20 * 1024 * 1024;

export function Papers({ deal, path, onDone }: { deal: Deal; path: string; onDone: () => void }) {
  const { t } = useWords();
  const format = useFormats();
  const rights = useRights();
  const task = useTask();
  const [kind, setKind] = useState('contract');
  const [large, setLarge] = useState<File | null>(null);
  const word = (it: string | null | undefined) => (it && KINDS.includes(it) ? t(`deal-paper-${it}`) : (it ?? '—'));
  const send = (file: File) => {
    setLarge(file.size > MOST_BYTES ? file : null);
    if (file.size > MOST_BYTES) return;
    void task.run(async () => {
      await api.upload(`${path}/papers`, file, { 'X-Kind': kind });
      say(t('deal-paper-added', { name: file.name }));
      onDone();
    });
  };
  return (
    <section className="panel" aria-labelledby="deal-papers">
      <h2 id="deal-papers">{t('deal-papers')}</h2>
      {deal.papers.length === 0 ? <p className="muted">{t('deal-papers-none')}</p> : (
        <Table caption={t('deal-papers')} rows={deal.papers} id={(it) => it.id} columns={[
          { key: 'name', title: t('deal-paper-name'), lead: true, by: (it) => it.name, cell: (it) => <a href={url(`${path}/papers/${it.id}`)} download={it.name} dir="auto">{it.name}</a> },
          { key: 'kind', title: t('deal-paper-kind'), by: (it) => it.kind, cell: (it) => word(it.kind) },
          { key: 'size', title: t('deal-paper-size'), end: true, by: (it) => it.bytes, cell: (it) => format.bytes(it.bytes) },
          { key: 'at', title: t('deal-paper-at'), by: (it) => it.at, cell: (it) => <><Time at={it.at} />{it.by && <span className="muted"> {it.by}</span>}</> },
          { key: 'hash', title: 'SHA-256', cell: (it) => <code title={it.sha256}>{it.sha256.slice(0, 12)}…</code> },
        ]} />
      )}
      {rights.write && (
        <div className="deal-paper-add">
          <Field label={t('deal-paper-kind')}>
            <select value={kind} onChange={(event) => setKind(event.target.value)}>
              {KINDS.map((it) => <option key={it} value={it}>{word(it)}</option>)}
            </select>
          </Field>
          <DropZone title={t('deal-paper-drop')} text={t('deal-paper-limit', { size: format.bytes(20_000_000) })} busy={task.busy} onFile={send} />
        </div>
      )}
      {large && <p className="pp-loud" role="alert">{t('deal-paper-large', { name: large.name, size: format.bytes(large.size) })}</p>}
      <ProblemBox problem={task.problem} />
    </section>
  );
}
