import { useFormats } from '../../lib/format';
import { isExact, knownPart, unknownParts } from '../../lib/types';
import { useWords } from '../../lib/words';
import { EvidenceList, TotalText } from '../../ui';
import { BasisMark, Facts, Findings } from '../parts/ui';
import type { Deal } from '../parts/types';

/** The plan as it was agreed: it stands as it was, whatever the books say now. */
export function PlanSnapshot({ deal }: { deal: Deal }) {
  const { t } = useWords();
  const format = useFormats();
  const { plan } = deal;
  const { labels, arrival } = plan;
  return (
    <section className="panel" aria-labelledby="deal-plan">
      <h2 id="deal-plan">{t('deal-plan', { plan: plan.id })}</h2>
      <p className="muted">{t('deal-plan-note')}</p>
      <Facts items={[
        [t('deal-landed'), <b><TotalText total={plan.landed} /></b>],
        [t('deal-range'), plan.cost_range ? <><bdi>{format.money(plan.cost_range[0])}</bdi> – <bdi>{format.money(plan.cost_range[1])}</bdi></> : null],
        [t('deal-arrives'), <>{format.date(arrival.p50)} <span className="muted">(<bdi>{format.date(arrival.p10)}</bdi> – <bdi>{format.date(arrival.p90)}</bdi>, <bdi>P10–P90</bdi>)</span></>],
        [t('deal-on-time'), arrival.on_time_percent === null ? null : format.percent(arrival.on_time_percent)],
        [t('deal-supplier'), labels['supplier'] ?? format.economy(plan.origin)],
        [t('deal-route'), labels['way'] ?? labels['route']],
        [t('deal-terms'), labels['terms'] ?? plan.incoterm],
        [t('deal-payment'), labels['payment']],
        [t('deal-finance'), labels['finance']],
        [t('deal-hedge'), labels['hedge']],
        [t('deal-cover'), labels['cover']],
      ]} />
      <h3>{t('deal-lines')}</h3>
      <div className="table-wrap">
        <table className="table pp-stack" role="table">
          <caption className="sr-only">{t('deal-lines')}</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">{t('deal-line')}</th>
              <th role="columnheader" scope="col">{t('deal-payer')}</th>
              <th role="columnheader" scope="col">{t('book-basis')}</th>
              <th role="columnheader" scope="col" className="end">{t('deal-amount')}</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {plan.lines.map((line, at) => (
              <tr key={at} role="row">
                <td role="cell" className="pp-lead-cell" data-label={t('deal-line')}>
                  <details className="deal-line">
                    <summary>{line.label}{line.recoverable && <span className="muted"> {t('deal-recoverable')}</span>}</summary>
                    <EvidenceList evidence={line.because} />
                  </details>
                </td>
                <td role="cell" data-label={t('deal-payer')}><div>{t(`deal-payer-${line.payer}`)}</div></td>
                <td role="cell" data-label={t('book-basis')}><div><BasisMark basis={line.amount ? line.because.basis : 'unknown'} long /></div></td>
                <td role="cell" className="end" data-label={t('deal-amount')}><div>{line.amount ? format.money(line.amount, 2) : t('unknown')}</div></td>
              </tr>
            ))}
            <tr role="row" className="deal-total">
              <th role="rowheader" scope="row" colSpan={3}>{t(isExact(plan.landed) ? 'deal-total' : 'deal-total-at-least')}</th>
              <td role="cell" className="end" data-label={t('deal-amount')}><div>{format.money(knownPart(plan.landed), 2)}</div></td>
            </tr>
          </tbody>
        </table>
      </div>
      {!isExact(plan.landed) && <p className="pp-warn">{t('deal-unknown', { parts: format.list(unknownParts(plan.landed)) })}</p>}
      {plan.findings.length > 0 && (
        <details className="pp-details" open={plan.findings.some((it) => it.severity === 'barrier' || it.severity === 'prohibited')}>
          <summary>{t('deal-findings', { count: plan.findings.length })}</summary>
          <Findings items={plan.findings} />
        </details>
      )}
    </section>
  );
}
