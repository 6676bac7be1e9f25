import { useState, type FormEvent } from 'react';
import { api, useList } from '../../lib/api';
import { useWords } from '../../lib/words';
import { Button, Chip, Confirm, Copy, Empty, Field, Loading, More, ProblemBox, Table, Time, say, useRights, useTask } from '../parts/ui';
import { ROLES, type ApiKey, type Role } from '../parts/types';

export function Keys() {
  const { t } = useWords();
  const rights = useRights();
  const list = useList<ApiKey>('/api-keys', { limit: 100 });
  const [made, setMade] = useState<ApiKey | null>(null);
  const [leaving, setLeaving] = useState<ApiKey | null>(null);
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const task = useTask();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void task.run(async () => {
      setMade(await api.post<ApiKey>('/api-keys', { name: name.trim(), role }));
      setName('');
      list.reload();
    });
  };
  return (
    <section className="panel">
      <h2>{t('settings-keys')}</h2>
      <p className="muted">{t('keys-text')}</p>
      {made?.secret && (
        <div className="settings-secret" role="status">
          <p><b>{t('keys-made', { name: made.name })}</b> {t('keys-once')}</p>
          <Copy text={made.secret} />
          <Button small onClick={() => setMade(null)}>{t('keys-kept')}</Button>
        </div>
      )}
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && list.items.length === 0 && <Loading lines={2} />}
      {!list.loading && !list.problem && list.items.length === 0 && <Empty title={t('keys-none')} />}
      {list.items.length > 0 && (
        <>
          <Table caption={t('settings-keys')} rows={list.items} id={(it) => it.id} columns={[
            { key: 'name', title: t('settings-name'), lead: true, by: (it) => it.name, cell: (it) => <span dir="auto">{it.name}</span> },
            { key: 'prefix', title: t('keys-prefix'), cell: (it) => <code>{it.prefix}…</code> },
            { key: 'role', title: t('settings-role'), by: (it) => it.role, cell: (it) => <Chip>{t(`role-${it.role}`)}</Chip> },
            { key: 'made', title: t('pg-made'), by: (it) => it.created_at, cell: (it) => <Time at={it.created_at} /> },
            { key: 'used', title: t('keys-used'), by: (it) => it.last_used, cell: (it) => (it.last_used ? <Time at={it.last_used} /> : <span className="muted">{t('keys-never')}</span>) },
            ...(rights.admin ? [{ key: 'do', title: '', cell: (it: ApiKey) => <span className="pp-row-actions"><Button small tone="danger" onClick={() => setLeaving(it)}>{t('keys-revoke')}</Button></span> }] : []),
          ]} />
          <More more={list.more} loading={list.loading} shown={list.items.length} total={list.total} />
        </>
      )}
      {rights.admin && (
        <form className="form-row settings-form" onSubmit={submit}>
          <Field label={t('keys-name')}><input value={name} onChange={(event) => setName(event.target.value)} required maxLength={100} autoComplete="off" dir="auto" /></Field>
          <Field label={t('settings-role')}>
            <select value={role} onChange={(event) => setRole(event.target.value as Role)}>{ROLES.map((it) => <option key={it} value={it}>{t(`role-${it}`)}</option>)}</select>
          </Field>
          <Button type="submit" tone="primary" busy={task.busy} disabled={name.trim() === ''}>{t('keys-make')}</Button>
        </form>
      )}
      <ProblemBox problem={task.problem} />
      <Confirm open={leaving !== null} onClose={() => setLeaving(null)} title={t('keys-revoke-title', { name: leaving?.name ?? '' })} action={t('keys-revoke')}
        run={async () => { await api.delete(`/api-keys/${leaving?.id}`); say(t('keys-revoked', { name: leaving?.name ?? '' })); list.reload(); }}>
        <p>{t('keys-revoke-text')}</p>
      </Confirm>
    </section>
  );
}
