import './settings.css';
import type { ComponentType } from 'react';
import { Link } from '../../lib/router';
import { useWords } from '../../lib/words';
import { Frame, PageHead, ReadOnly } from '../parts/ui';
import { Audit } from './audit';
import { Data } from './data';
import { General } from './general';
import { Hooks } from './hooks';
import { Keys } from './keys';
import { People } from './people';

const SECTIONS: { name: string; Section: ComponentType }[] = [
  { name: 'general', Section: General },
  { name: 'people', Section: People },
  { name: 'keys', Section: Keys },
  { name: 'webhooks', Section: Hooks },
  { name: 'audit', Section: Audit },
  { name: 'data', Section: Data },
];

export default function SettingsPage({ section }: { section?: string }) {
  const { t } = useWords();
  const { name, Section } = SECTIONS.find((it) => it.name === section) ?? SECTIONS[0]!;
  const title = t(`settings-${name}`);
  return (
    <Frame title={`${title} · ${t('settings-title')}`}>
      <PageHead title={t('settings-title')} lead={t('settings-lead')} />
      <ReadOnly admin />
      <div className="settings">
        <nav className="settings-nav" aria-label={t('settings-title')}>
          {SECTIONS.map((it) => <Link key={it.name} href={`/settings/${it.name}`} aria-current={it.name === name ? 'page' : undefined}>{t(`settings-${it.name}`)}</Link>)}
        </nav>
        <div className="settings-body"><Section /></div>
      </div>
    </Frame>
  );
}
