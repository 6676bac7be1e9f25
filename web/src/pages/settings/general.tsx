import { useState, type FormEvent } from 'react';
import { api, me, useApi, useMe } from '../../lib/api';
import { useFormats } from '../../lib/format';
import { useWords } from '../../lib/words';
import { Button, Facts, Field, Loading, ProblemBox, say, useRights, useTask } from '../parts/ui';
import type { Organisation } from '../parts/types';

/** The firm, and who is here. */
export function General() {
  const { t } = useWords();
  const format = useFormats();
  const rights = useRights();
  const who = useMe();
  const firm = useApi<Organisation>('/organisation');
  const [name, setName] = useState<string | null>(null);
  const task = useTask();
  const leave = useTask();
  const it = firm.data;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void task.run(async () => {
      const saved = await api.patch<Organisation>('/organisation', { name: name?.trim() }, it?.version === undefined ? {} : { ifMatch: `"${it.version}"` });
      firm.put(saved);
      const known = me.get();
      if (known) me.set({ ...known, organisation: { id: saved.id, name: saved.name } });
      setName(null);
      say(t('settings-saved'));
    });
  };
  const signOut = () => leave.run(async () => {
    await api.delete('/session');
    location.assign('/sign-in');
  });
  return (
    <>
      <section className="panel">
        <h2>{t('settings-firm')}</h2>
        <ProblemBox problem={firm.problem} onRetry={firm.reload} />
        {firm.loading && !it && <Loading lines={1} />}
        {it && (name === null ? (
          <>
            <Facts items={[[t('settings-firm-name'), <span dir="auto">{it.name}</span>], [t('settings-id'), <code>{it.id}</code>]]} />
            {rights.admin && <Button onClick={() => setName(it.name)}>{t('edit')}</Button>}
          </>
        ) : (
          <form className="form settings-form" onSubmit={submit}>
            <Field label={t('settings-firm-name')}><input value={name} onChange={(event) => setName(event.target.value)} required maxLength={200} autoFocus dir="auto" /></Field>
            <ProblemBox problem={task.problem} {...(task.problem?.status === 412 ? { lead: t('pg-conflict'), onRetry: firm.reload } : {})} />
            <div className="actions">
              <Button type="submit" tone="primary" busy={task.busy}>{t('save')}</Button>
              <Button onClick={() => setName(null)}>{t('cancel')}</Button>
            </div>
          </form>
        ))}
      </section>
      <section className="panel">
        <h2>{t('settings-you')}</h2>
        <Facts items={[
          [t('settings-mode'), who?.mode === 'login' ? t('settings-mode-login') : t('settings-mode-local')],
          [t('settings-name'), who?.person?.name],
          [t('settings-email'), who?.person?.email],
          [t('settings-role'), who?.role ? <>{t(`role-${who.role}`)} <span className="muted">· {t(`role-what-${who.role}`)}</span></> : null],
          [t('settings-version'), who?.version],
          [t('settings-today'), who ? format.date(who.today) : null],
        ]} />
        {who?.mode === 'login' && <Button busy={leave.busy} onClick={() => void signOut()}>{t('settings-sign-out')}</Button>}
        <ProblemBox problem={leave.problem} />
      </section>
    </>
  );
}
