import { useWords } from '../../lib/words';
import { Chip, type ChipTone } from '../parts/ui';
import { DEAL_STATES, type DealState } from '../parts/types';

const TONES: Record<DealState, ChipTone> = {
  draft: 'neutral', offered: 'info', agreed: 'info', shipped: 'info', cleared: 'info', paid: 'good', closed: 'good', cancelled: 'bad',
};

export function DealChip({ state }: { state: DealState }) {
  const { t } = useWords();
  return <Chip tone={TONES[state]}>{t(`deal-state-${state}`)}</Chip>;
}

/** The life of a deal as a row of steps; what is done, where it is, what is to come. */
export function Steps({ state }: { state: DealState }) {
  const { t } = useWords();
  const at = state === 'cancelled' ? -1 : DEAL_STATES.indexOf(state);
  return (
    <ol className={`deal-steps${state === 'cancelled' ? ' deal-cancelled' : ''}`} aria-label={t('deal-life')}>
      {DEAL_STATES.map((it, index) => (
        <li key={it} className={index < at ? 'done' : index === at ? 'now' : undefined} aria-current={index === at ? 'step' : undefined}>
          <span className="deal-dot" aria-hidden="true">{index < at ? '✓' : index + 1}</span>
          <span>{t(`deal-state-${it}`)}</span>
          {index < at && <span className="sr-only"> ({t('deal-step-done')})</span>}
        </li>
      ))}
      {state === 'cancelled' && <li className="now bad" aria-current="step"><span className="deal-dot" aria-hidden="true">✕</span><span>{t('deal-state-cancelled')}</span></li>}
    </ol>
  );
}
