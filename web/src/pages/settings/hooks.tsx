import { useState, type FormEvent } from 'react';
import { api, useList } from '../../lib/api';
import { useFormats } from '../../lib/format';
import { useWords } from '../../lib/words';
import { toastProblem } from '../../ui';
import { Button, Chip, Confirm, Copy, Empty, Field, Loading, More, ProblemBox, Table, Time, say, useRights, useTask, type ChipTone } from '../parts/ui';
import { EVENT_KINDS, type DeadLetter, type Delivery, type Webhook } from '../parts/types';

export function Hooks() {
  return (
    <>
      <List />
      <Dead />
    </>
  );
}

function List() {
  const { t } = useWords();
  const format = useFormats();
  const rights = useRights();
  const list = useList<Webhook>('/webhooks', { limit: 100 });
  const [open, setOpen] = useState<string | null>(null);
  const [made, setMade] = useState<Webhook | null>(null);
  const [leaving, setLeaving] = useState<Webhook | null>(null);
  const [address, setAddress] = useState('');
  const [kinds, setKinds] = useState<string[]>(['alert', 'deal']);
  const task = useTask();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void task.run(async () => {
      setMade(await api.post<Webhook>('/webhooks', { url: address.trim(), kinds }));
      setAddress('');
      list.reload();
    });
  };
  const pick = (kind: string, on: boolean) => setKinds(on ? [...kinds, kind] : kinds.filter((it) => it !== kind));
  return (
    <section className="panel">
      <h2>{t('settings-webhooks')}</h2>
      <p className="muted">{t('hooks-text')} <code>Periplus-Signature</code></p>
      {made?.secret && (
        <div className="settings-secret" role="status">
          <p><b>{t('hooks-made')}</b> {t('keys-once')}</p>
          <Copy text={made.secret} />
          <Button small onClick={() => setMade(null)}>{t('keys-kept')}</Button>
        </div>
      )}
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && list.items.length === 0 && <Loading lines={2} />}
      {!list.loading && !list.problem && list.items.length === 0 && <Empty title={t('hooks-none')} />}
      {list.items.length > 0 && (
        <>
          <Table caption={t('settings-webhooks')} rows={list.items} id={(it) => it.id}
            under={(it) => it.id === open && <Deliveries id={it.id} />}
            columns={[
              { key: 'url', title: t('hooks-url'), lead: true, by: (it) => it.url, cell: (it) => <code>{it.url}</code> },
              { key: 'kinds', title: t('hooks-kinds'), cell: (it) => format.list(it.kinds.map((kind) => t(`hooks-kind-${kind}`))) },
              { key: 'made', title: t('pg-made'), by: (it) => it.created_at, cell: (it) => <Time at={it.created_at} /> },
              {
                key: 'do', title: '',
                cell: (it) => (
                  <span className="pp-row-actions">
                    <Button small tone="quiet" aria-expanded={open === it.id} onClick={() => setOpen(open === it.id ? null : it.id)}>{t('hooks-deliveries')}</Button>
                    {rights.may('hooks') && <Button small tone="quiet" icon="trash" iconOnly onClick={() => setLeaving(it)}>{t('hooks-delete')}</Button>}
                  </span>
                ),
              },
            ]} />
          <More more={list.more} loading={list.loading} shown={list.items.length} total={list.total} />
        </>
      )}
      {rights.may('hooks') && (
        <form className="form settings-form" onSubmit={submit}>
          <Field label={t('hooks-url')} hint={t('hooks-url-hint')}><input type="url" value={address} onChange={(event) => setAddress(event.target.value)} required placeholder="https://" maxLength={2000} autoComplete="off" /></Field>
          <fieldset className="settings-kinds">
            <legend>{t('hooks-kinds')}</legend>
            {EVENT_KINDS.map((kind) => (
              <label key={kind} className="choice"><input type="checkbox" checked={kinds.includes(kind)} onChange={(event) => pick(kind, event.target.checked)} /> {t(`hooks-kind-${kind}`)}</label>
            ))}
          </fieldset>
          <div className="actions"><Button type="submit" tone="primary" busy={task.busy} disabled={address.trim() === '' || kinds.length === 0}>{t('hooks-add')}</Button></div>
        </form>
      )}
      <ProblemBox problem={task.problem} />
      <Confirm open={leaving !== null} onClose={() => setLeaving(null)} title={t('hooks-delete')} action={t('delete')}
        run={async () => { await api.delete(`/webhooks/${leaving?.id}`); say(t('hooks-deleted')); list.reload(); }}>
        <p>{t('hooks-delete-text')} <code>{leaving?.url}</code></p>
      </Confirm>
    </section>
  );
}

const TONES: Record<Delivery['state'], ChipTone> = { delivered: 'good', waiting: 'warn', dead: 'bad' };

function Deliveries({ id }: { id: string }) {
  const { t } = useWords();
  const list = useList<Delivery>(`/webhooks/${id}/deliveries`, { limit: 20 });
  if (list.problem) return <ProblemBox problem={list.problem} onRetry={list.reload} />;
  if (list.loading && list.items.length === 0) return <Loading lines={2} />;
  if (list.items.length === 0) return <p className="muted">{t('hooks-no-deliveries')}</p>;
  return (
    <div className="settings-deliveries">
      <Table caption={t('hooks-deliveries')} rows={list.items} id={(it) => it.id} columns={[
        { key: 'at', title: t('audit-at'), lead: true, by: (it) => it.at, cell: (it) => <Time at={it.at} /> },
        { key: 'kind', title: t('hooks-kind'), by: (it) => it.kind, cell: (it) => t(`hooks-kind-${it.kind}`) },
        { key: 'state', title: t('pg-state'), by: (it) => it.state, cell: (it) => <Chip tone={TONES[it.state]}>{t(`hooks-state-${it.state}`)}{it.status ? ` · ${it.status}` : ''}</Chip> },
        { key: 'attempts', title: t('hooks-attempts'), end: true, by: (it) => it.attempts, cell: (it) => String(it.attempts) },
        { key: 'error', title: t('hooks-error'), cell: (it) => <>{it.error}{it.next_at && <> {t('hooks-next')} <Time at={it.next_at} /></>}</> },
      ]} />
      <More more={list.more} loading={list.loading} shown={list.items.length} total={list.total} />
    </div>
  );
}

function Dead() {
  const { t } = useWords();
  const rights = useRights();
  const list = useList<DeadLetter>('/webhooks/dead', { limit: 50 });
  const [busy, setBusy] = useState<string | null>(null);
  const again = async (it: DeadLetter) => {
    setBusy(it.id);
    try {
      await api.post(`/webhooks/dead/${it.id}/retry`);
      say(t('hooks-retried'));
    } catch (cause) {
      toastProblem(cause);
    }
    setBusy(null);
    list.reload();
  };
  return (
    <section className="panel">
      <h2>{t('hooks-dead')}</h2>
      <p className="muted">{t('hooks-dead-text')}</p>
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && list.items.length === 0 && <Loading lines={2} />}
      {!list.loading && !list.problem && list.items.length === 0 && <p>{t('hooks-dead-none')}</p>}
      {list.items.length > 0 && (
        <>
          <Table caption={t('hooks-dead')} rows={list.items} id={(it) => it.id} columns={[
            { key: 'url', title: t('hooks-url'), lead: true, by: (it) => it.url, cell: (it) => <code>{it.url}</code> },
            { key: 'kind', title: t('hooks-kind'), by: (it) => it.kind, cell: (it) => t(`hooks-kind-${it.kind}`) },
            { key: 'at', title: t('audit-at'), by: (it) => it.at, cell: (it) => <Time at={it.at} /> },
            { key: 'attempts', title: t('hooks-attempts'), end: true, by: (it) => it.attempts, cell: (it) => String(it.attempts) },
            { key: 'error', title: t('hooks-error'), cell: (it) => it.error ?? '' },
            ...(rights.may('hooks') ? [{ key: 'do', title: '', cell: (it: DeadLetter) => <span className="pp-row-actions"><Button small busy={busy === it.id} onClick={() => void again(it)}>{t('hooks-retry')}</Button></span> }] : []),
          ]} />
          <More more={list.more} loading={list.loading} shown={list.items.length} total={list.total} />
        </>
      )}
    </section>
  );
}
