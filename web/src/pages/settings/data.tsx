import { useState } from 'react';
import { api, url, useMe } from '../../lib/api';
import { useWords } from '../../lib/words';
import { Button, Confirm, useRights } from '../parts/ui';

/** What a firm may always do with what is its own: take it along, keep a copy, have it erased. */
export function Data() {
  const { t } = useWords();
  const rights = useRights();
  const who = useMe();
  const [erasing, setErasing] = useState(false);
  const name = who?.organisation?.name ?? '';
  const erase = async () => {
    await api.post('/erase', { confirm: name });
    location.assign(rights.login ? '/sign-in' : '/');
  };
  return (
    <>
      <section className="panel">
        <h2>{t('data-export')}</h2>
        <p>{t('data-export-text')}</p>
        {rights.may('export')
          ? <p><a className="button primary" href={url('/export')} download="periplus-export.zip">{t('data-export-do')}</a></p>
          : <p className="muted">{t('pg-barred', { role: t('role-compliance') })}</p>}
      </section>
      <section className="panel">
        <h2>{t('data-backup')}</h2>
        <p>{t('data-backup-text')}</p>
        <pre className="settings-command" tabIndex={0}>periplus store backup periplus-backup.zst{'\n'}periplus store restore periplus-backup.zst</pre>
      </section>
      {rights.admin && (
        <section className="panel settings-danger">
          <h2>{t('data-erase')}</h2>
          <p>{t('data-erase-text', { name })}</p>
          <Button tone="danger" disabled={!name} onClick={() => setErasing(true)}>{t('data-erase-do')}</Button>
          <Confirm open={erasing} onClose={() => setErasing(false)} title={t('data-erase')} action={t('data-erase-do')} typed={name} typedLabel={t('data-erase-typed', { name })} run={erase}>
            <p>{t('data-erase-last')}</p>
          </Confirm>
        </section>
      )}
    </>
  );
}
