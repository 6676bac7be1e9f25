import './signin.css';
import { useState, type FormEvent } from 'react';
import { api, url, useApi } from '../../lib/api';
import { Link, useQuery } from '../../lib/router';
import type { Me } from '../../lib/types';
import { useWords } from '../../lib/words';
import { safeNext } from './next';
import { Button, Field, Frame, ProblemBox, useTask } from '../parts/ui';

export default function SignInPage() {
  const { t } = useWords();
  const [next] = useQuery('next');
  const [failed] = useQuery('error');
  const to = safeNext(next);
  // Asked anew: before signing in nobody is known, but the server says how one can sign in.
  const who = useApi<Me>('/me');
  const task = useTask();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [seen, setSeen] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void task.run(async () => {
      await api.post('/session', { email: email.trim(), password });
      // A whole load: whatever was shown to nobody is asked again as this person.
      location.assign(to);
    });
  };
  const it = who.data;
  const inside = it && (it.mode === 'local' || it.person);
  return (
    <Frame title={t('signin-title')}>
      <section className="panel signin" aria-labelledby="signin">
        <h1 id="signin">{t('signin-title')}</h1>
        {inside ? (
          <>
            <p>{it.mode === 'local' ? t('signin-local') : t('signin-already', { name: it.person?.name ?? '' })}</p>
            <p><Link href={to} className="button primary">{t('signin-go')}</Link></p>
          </>
        ) : (
          <>
            {failed && <p className="pp-loud" role="alert">{t('signin-oidc-failed')}</p>}
            <form className="form" onSubmit={submit}>
              <Field label={t('signin-email')}><input type="email" value={email} onChange={(event) => setEmail(event.target.value)} autoComplete="username" autoFocus required maxLength={254} /></Field>
              <Field label={t('signin-password')}><input type={seen ? 'text' : 'password'} value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="current-password" required maxLength={1024} /></Field>
              <label className="choice"><input type="checkbox" checked={seen} onChange={(event) => setSeen(event.target.checked)} /> {t('signin-show')}</label>
              <ProblemBox problem={task.problem} />
              <Button type="submit" tone="primary" busy={task.busy} disabled={!email.trim() || !password}>{t('signin-do')}</Button>
            </form>
            {it?.oidc && (
              <>
                <p className="signin-or"><span>{t('signin-or')}</span></p>
                <a className="button plain" href={url('/oidc/login', { next: to })}>{t('signin-oidc')}</a>
              </>
            )}
            <p className="muted">{t('signin-help')}</p>
          </>
        )}
      </section>
    </Frame>
  );
}
