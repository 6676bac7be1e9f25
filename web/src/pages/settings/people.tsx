import { useState, type FormEvent } from 'react';
import { api, useList, useMe } from '../../lib/api';
import { useWords } from '../../lib/words';
import { Button, Chip, Confirm, Empty, Field, LoadedCsv, Loading, More, ProblemBox, Table, say, useRights, useTask } from '../parts/ui';
import { ROLES, type Person, type Role } from '../parts/types';

/** Short ones are guessed; the server asks for the same. */
const LEAST_PASSWORD = 12;

export function People() {
  const { t } = useWords();
  const rights = useRights();
  const who = useMe();
  const list = useList<Person>('/people', { limit: 100 });
  const [form, setForm] = useState<Person | 'new' | null>(null);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const done = () => {
    setForm(null);
    list.reload();
  };
  return (
    <section className="panel">
      <h2>{t('settings-people')}</h2>
      <p className="muted">{rights.login ? t('people-text') : t('people-local')}</p>
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && list.items.length === 0 && <Loading lines={3} />}
      {!list.loading && !list.problem && list.items.length === 0 && <Empty title={t('people-none')} />}
      {list.items.length > 0 && (
        <>
          <Table caption={t('settings-people')} rows={list.items} id={(it) => it.id}
            instead={(it) => form !== null && form !== 'new' && form.id === it.id && <PersonForm person={it} onSaved={done} onCancel={() => setForm(null)} />}
            columns={[
              { key: 'name', title: t('settings-name'), lead: true, by: (it) => it.name, cell: (it) => <><span dir="auto">{it.name}</span>{it.id === who?.person?.id && <span className="muted"> ({t('people-you')})</span>}</> },
              { key: 'email', title: t('settings-email'), by: (it) => it.email, cell: (it) => it.email ?? <span className="muted">—</span> },
              { key: 'role', title: t('settings-role'), by: (it) => ROLES.indexOf(it.role), cell: (it) => <Chip tone={it.role === 'admin' ? 'warn' : 'neutral'} title={t(`role-what-${it.role}`)}>{t(`role-${it.role}`)}</Chip> },
              { key: 'active', title: t('pg-state'), by: (it) => (it.active ? 0 : 1), cell: (it) => (!it.active ? <Chip>{t('people-off')}</Chip> : <Chip tone="good">{t('people-on')}</Chip>) },
              { key: 'way', title: t('people-way'), by: (it) => (it.has_password ? 1 : 0), cell: (it) => t(it.has_password ? 'people-way-password' : 'people-way-provider') },
              ...(rights.admin ? [{
                key: 'do', title: '',
                cell: (it: Person) => (
                  <span className="pp-row-actions">
                    <Button small tone="quiet" onClick={() => setForm(it)}>{t('edit')}</Button>
                    <Button small tone="quiet" icon="trash" iconOnly disabled={it.id === who?.person?.id} onClick={() => setLeaving(it)}>{t('people-remove', { name: it.name })}</Button>
                  </span>
                ),
              }] : []),
            ]} />
          <More more={list.more} loading={list.loading} shown={list.items.length} total={list.total} />
          <LoadedCsv name="people" head={['name', 'email', 'role', 'active']} rows={list.items.map((it) => [it.name, it.email, it.role, String(it.active)])} />
        </>
      )}
      {rights.admin && form !== 'new' && <Button tone="primary" onClick={() => setForm('new')}>{t('people-add')}</Button>}
      {form === 'new' && <PersonForm person={null} onSaved={done} onCancel={() => setForm(null)} />}
      <details className="pp-details">
        <summary>{t('people-roles')}</summary>
        <dl className="facts wide">{ROLES.map((it) => <div key={it}><dt>{t(`role-${it}`)}</dt><dd>{t(`role-what-${it}`)}</dd></div>)}</dl>
      </details>
      <Confirm open={leaving !== null} onClose={() => setLeaving(null)} title={t('people-remove', { name: leaving?.name ?? '' })} action={t('people-remove-do')}
        run={async () => { await api.delete(`/people/${leaving?.id}`); say(t('people-removed', { name: leaving?.name ?? '' })); list.reload(); }}>
        <p>{t('people-remove-text')}</p>
      </Confirm>
    </section>
  );
}

function PersonForm({ person, onSaved, onCancel }: { person: Person | null; onSaved: () => void; onCancel: () => void }) {
  const { t } = useWords();
  const rights = useRights();
  // Without a sign-in yet, the first person who gets a password turns it on for everybody: it has to be an admin, or nobody could get in.
  const first = !person && !rights.login;
  const task = useTask();
  const [name, setName] = useState(person?.name ?? '');
  const [email, setEmail] = useState(person?.email ?? '');
  const [role, setRole] = useState<Role>(person?.role ?? (first ? 'admin' : 'viewer'));
  const [active, setActive] = useState(person?.active ?? true);
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void task.run(async () => {
      if (person) {
        const body = { name: name.trim(), role, active };
        await api.patch(`/people/${person.id}`, body, person.version === undefined ? {} : { ifMatch: `"${person.version}"` });
      } else {
        await api.post('/people', { name: name.trim(), email: email.trim(), role, ...(password ? { password } : {}) });
      }
      if (first) return location.assign(`/sign-in?next=${encodeURIComponent('/settings/people')}`);
      say(t(person ? 'settings-saved' : 'people-added', { name: name.trim() }));
      onSaved();
    });
  };
  const short = password !== '' && password.length < LEAST_PASSWORD;
  return (
    <form className="form settings-form" onSubmit={submit} aria-label={person ? person.name : t('people-add')}>
      {first && <p className="pp-warn">{t('people-first')}</p>}
      <Field label={t('settings-name')}><input value={name} onChange={(event) => setName(event.target.value)} required autoFocus maxLength={200} dir="auto" autoComplete="off" /></Field>
      {!person && <Field label={t('settings-email')}><input type="email" value={email} onChange={(event) => setEmail(event.target.value)} required maxLength={254} autoComplete="off" /></Field>}
      <Field label={t('settings-role')} hint={t(`role-what-${role}`)}>
        <select value={role} disabled={first} onChange={(event) => setRole(event.target.value as Role)}>{ROLES.map((it) => <option key={it} value={it}>{t(`role-${it}`)}</option>)}</select>
      </Field>
      {!person && (
        <Field label={t('people-password')} hint={t(first ? 'people-password-first' : 'people-password-hint', { least: LEAST_PASSWORD })} error={short ? t('people-password-short', { least: LEAST_PASSWORD }) : undefined}>
          <input type="password" value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="new-password" maxLength={256} required={first} />
        </Field>
      )}
      {person && <label className="choice"><input type="checkbox" checked={active} onChange={(event) => setActive(event.target.checked)} /> {t('people-may-sign-in')}</label>}
      <ProblemBox problem={task.problem} {...(task.problem?.status === 412 ? { lead: t('pg-conflict') } : {})} />
      <div className="actions">
        <Button type="submit" tone="primary" busy={task.busy} disabled={short}>{t(first ? 'people-first-do' : 'save')}</Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
