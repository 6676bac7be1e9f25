import './settings.css';
import type { ComponentType } from 'react';
import { Link } from '../../lib/router';
import { useWords } from '../../lib/words';
import { Barred, Frame, PageHead, useRights, type Right } from '../parts/ui';
import { Audit } from './audit';
import { Data } from './data';
import { General } from './general';
import { Hooks } from './hooks';
import { Keys } from './keys';
import { People } from './people';

const SECTIONS: { name: string; Section: ComponentType; right?: Right }[] = [
  { name: 'general', Section: General },
  { name: 'people', Section: People, right: 'admin' },
  { name: 'keys', Section: Keys, right: 'admin' },
  { name: 'webhooks', Section: Hooks, right: 'hooks' },
  { name: 'audit', Section: Audit, right: 'audit' },
  { name: 'data', Section: Data },
];

export default function SettingsPage({ section }: { section?: string }) {
  const { t } = useWords();
  const rights = useRights();
  const { name, Section, right } = SECTIONS.find((it) => it.name === section) ?? SECTIONS[0]!;
  const title = t(`settings-${name}`);
  return (
    <Frame title={`${title} · ${t('settings-title')}`}>
      <PageHead title={t('settings-title')} lead={t('settings-lead')} />
      <div className="settings">
        <nav className="settings-nav" aria-label={t('settings-title')}>
          {SECTIONS.map((it) => <Link key={it.name} href={`/settings/${it.name}`} aria-current={it.name === name ? 'page' : undefined}>{t(`settings-${it.name}`)}</Link>)}
        </nav>
        <div className="settings-body">{right && !rights.may(right) ? <Barred right={right} title={title} /> : <Section />}</div>
      </div>
    </Frame>
  );
}
