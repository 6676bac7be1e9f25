import { useState } from 'react';
import { useFormats } from '../../lib/format';
import { Link } from '../../lib/router';
import { useWords } from '../../lib/words';
import { Button, Panel, TotalText } from '../../ui';
import { useView } from './context';
import { Ticked } from './detail';

/** No plan is an answer too: what stood in the way, and the smallest changes that would make one possible. */
export function NoPlan() {
  const { t } = useWords();
  const format = useFormats();
  const { answer, scan, sell } = useView();
  const [busy, setBusy] = useState<number | null>(null);
  const { counts, relaxations = [] } = answer.deals;
  const way = Object.entries(counts.dropped).filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  return (
    <Panel title={t('no-plan-title')} className="no-plan">
      <div className="no-plan-parts">
        <section>
          <h3>{t('no-plan-way')}</h3>
          <ul className="in-the-way">
            {way.map(([reason, count]) => (
              <li key={reason}><b>{format.number(count)}</b> {t(`drop-${reason.replaceAll('_', '-')}`)}<span className="meter"><span style={{ inlineSize: `${Math.max(0.5, (100 * count) / counts.all)}%` }} /></span></li>
            ))}
          </ul>
        </section>
        <section>
          <h3>{t('no-plan-relax')}</h3>
          {relaxations.length === 0 && <p className="muted">{t('no-plan-none')}</p>}
          <ul className="relaxations">
            {relaxations.map((it, at) => (
              <li key={at}>
                <div>
                  <strong>{t(`relax-${it.kind.replaceAll('_', '-')}`)}</strong>
                  <p>{it.text}</p>
                  {(it.landed || it.arrives_p50) && (
                    <p className="muted">{it.landed && <>{t(sell ? 'label-landed-sell' : 'label-landed')} <TotalText total={it.landed} sell={sell} /></>}{it.landed && it.arrives_p50 && ' · '}{it.arrives_p50 && t('arrives-on', { date: format.date(it.arrives_p50) })}</p>
                  )}
                </div>
                {it.need && (
                  <Button kind="primary" icon="radar" busy={busy === at} onClick={() => { setBusy(at); if (it.need) void scan({ need: it.need }).finally(() => setBusy(null)); }}>{t('relax-scan')}</Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Panel>
  );
}

/** What was looked for and not found; with the way to load it. */
export function MissingCards() {
  const { t } = useWords();
  const { answer } = useView();
  const [all, setAll] = useState(false);
  const { missing } = answer.deals;
  if (missing.length === 0) return null;
  const shown = all ? missing : missing.slice(0, 3);
  return (
    <section className="missing" aria-label={t('missing-title')}>
      <header><h3>{t('missing-title')}</h3><Link href="/books?import=1">{t('missing-load')}</Link></header>
      <ul>{shown.map((it) => <li key={it}><Ticked text={it} /></li>)}</ul>
      {missing.length > 3 && <Button kind="quiet" aria-expanded={all} onClick={() => setAll(!all)}>{all ? t('weigh-less') : t('missing-more', { count: missing.length - 3 })}</Button>}
    </section>
  );
}
