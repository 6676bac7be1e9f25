import { useApi } from '../../lib/api';
import { useFormats } from '../../lib/format';
import { Link } from '../../lib/router';
import type { Finding, Plan, Severity } from '../../lib/types';
import { useWords } from '../../lib/words';
import { Chip, EvidenceList, Loading, Panel, PopoverButton, SeverityMark, TotalText, bySeverity } from '../../ui';
import { useView } from './context';
import { landedRange } from './steps';

/** The figures of a plan, each with what it means. */
export function PlanFacts({ plan }: { plan: Plan }) {
  const { t } = useWords();
  const format = useFormats();
  const { sell, answer } = useView();
  const { need } = answer.deals;
  const range = landedRange(plan, sell);
  const unit = Number(plan.per_unit.amount) * (sell ? -1 : 1);
  const expected = plan.expected ? Number(plan.expected.amount) * (sell ? -1 : 1) : null;
  const tonnes = (kg: number | null) => (kg === null ? t('unknown') : kg < 1000 ? `${format.number(kg)} kg` : `${format.number(kg / 1000, 1)} t`);
  const rows: [string, React.ReactNode, string?][] = [
    [t(sell ? 'label-landed-sell' : 'label-landed'), <TotalText key="t" total={plan.landed} sell={sell} />, range ? t('range-of', { low: format.number(range[0]), high: format.number(range[1]) }) : t('range-unknown')],
    [t('label-per-unit'), <bdi key="u">{`${format.amount(unit, plan.per_unit.currency)} / ${need.quantity.unit}`}</bdi>],
    [t('label-expected'), expected === null ? t('unknown') : format.amount(expected, need.currency), t('help-expected')],
    [t('label-arrives'), format.date(plan.arrival.p50), t('range-of', { low: format.date(plan.arrival.p10), high: format.date(plan.arrival.p90) })],
    [t('label-terms'), plan.incoterm, [plan.labels['payment'], plan.labels['payment_currency'], plan.labels['finance'], plan.labels['hedge'], plan.labels['cover']].filter(Boolean).join(' · ')],
    [t('label-payment-path'), plan.labels['payment_path'] ?? '–'],
    [t('label-carbon-transport'), plan.carbon.transport_because ? <WhyButton key="c" label={t('label-carbon-transport')} text={`${tonnes(plan.carbon.transport_kg)} CO2e`}><EvidenceList evidence={plan.carbon.transport_because} /></WhyButton> : tonnes(plan.carbon.transport_kg)],
    [t('label-carbon-product'), plan.carbon.product_because ? <WhyButton key="p" label={t('label-carbon-product')} text={`${tonnes(plan.carbon.product_kg)} CO2e`}><EvidenceList evidence={plan.carbon.product_because} /></WhyButton> : tonnes(plan.carbon.product_kg)],
    [t('label-exposure'), format.money(plan.exposure), t('help-exposure')],
    [t('label-at-risk'), plan.cost_at_risk ? format.money(plan.cost_at_risk) : t('unknown'), t('why-at-risk-short')],
    [t('label-cash-month'), format.money(plan.cash_month), t('help-cash')],
    [t('label-first'), format.percent(plan.first_percent), t('help-first')],
    ...(plan.look_alikes > 0 ? [[t('label-look-alikes'), format.number(plan.look_alikes)] as [string, string]] : []),
  ];
  return (
    <dl className="plan-facts">
      {rows.map(([name, value, note]) => (
        <div key={name}><dt>{name}</dt><dd>{value}{note && <span className="fact-note">{note}</span>}</dd></div>
      ))}
    </dl>
  );
}

const WhyButton = ({ label, text, children }: { label: string; text: string; children: React.ReactNode }) => (
  <PopoverButton label={label} className="link-button" wide button={text}>{() => children}</PopoverButton>
);

export function Findings({ plan, general }: { plan: Plan; general: Finding[] }) {
  const { t } = useWords();
  const { letters } = useView();
  const all = bySeverity([...plan.findings, ...general.filter((it) => !plan.findings.some((other) => other.code === it.code && other.text === it.text))]);
  return (
    <Panel title={t('findings-title', { letter: letters.get(plan.id) ?? '' })} note={t('findings-note')}>
      {all.length === 0 && <p className="muted">{t('findings-none')}</p>}
      <ul className="findings">{all.map((it, at) => <FindingRow key={at} finding={it} />)}</ul>
    </Panel>
  );
}

export function FindingRow({ finding }: { finding: Finding }) {
  const { t } = useWords();
  return (
    <li className={`finding ${finding.severity satisfies Severity}`}>
      <SeverityMark severity={finding.severity} />
      <div>
        <p dir="auto"><Ticked text={finding.text} /> <PopoverButton label={finding.code} className="code-button" wide button={finding.code}>{() => <Explained code={finding.code} />}</PopoverButton></p>
        {finding.hint && <p className="hint" dir="auto"><Ticked text={finding.hint} /></p>}
        {finding.reference && <p className="reference">{t('evidence-reference')}: {finding.reference}</p>}
      </div>
    </li>
  );
}

function Explained({ code }: { code: string }) {
  const { t } = useWords();
  const it = useApi<{ code: string; title: string; text: string; mend?: string }>(`/explain/${encodeURIComponent(code)}`);
  if (it.problem) return <p>{it.problem.title}</p>;
  if (!it.data) return <Loading />;
  return (
    <div className="explained">
      <h3>{it.data.code} {it.data.title}</h3>
      <p>{it.data.text}</p>
      {it.data.mend && <p><strong>{t('how-to-mend')}</strong> {it.data.mend}</p>}
      <p><Link href={`/help/${code}`}>{t('open-page')}</Link></p>
    </div>
  );
}

/** The exact values at which another plan would win. */
export function Flips({ plan }: { plan: Plan }) {
  const { t } = useWords();
  const { letters, select, plans } = useView();
  return (
    <Panel title={t('flips-title')} note={t('flips-note')}>
      {plan.thresholds.length === 0 && <p className="muted">{t('flips-none')}</p>}
      <ul className="flips">
        {plan.thresholds.map((it, at) => (
          <li key={at}>
            <Chip tone="accent">{t(`flip-${it.figure.replaceAll('_', '-')}`)}</Chip>
            <span dir="auto">{it.text}</span>
            {plans.has(it.then) && <button type="button" className="letter-button" onClick={() => select(it.then)} aria-label={t('flip-open', { id: it.then })}>{letters.get(it.then)}</button>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The missing fact that is worth most. */
export function NextQuestion() {
  const { t } = useWords();
  const format = useFormats();
  const { answer } = useView();
  const [first, ...others] = answer.deals.questions;
  if (!first) return null;
  return (
    <Panel title={t('question-title')} className="question">
      <p className="question-text" dir="auto"><Ticked text={first.text} /></p>
      <p className="question-worth">{first.worth ? t('question-worth-long', { amount: format.money(first.worth, 0) }) : t('question-decides')} <span className="muted">{t('question-ask', { ask: first.ask })}</span></p>
      {others.length > 0 && (
        <details>
          <summary>{t('question-more', { count: others.length })}</summary>
          <ul>{others.map((it, at) => <li key={at}><Ticked text={it.text} />{it.worth && <b> {format.money(it.worth, 0)}</b>}</li>)}</ul>
        </details>
      )}
    </Panel>
  );
}

/** Words between back-ticks are code. */
export const Ticked = ({ text }: { text: string }) => <>{text.split('`').map((it, at) => (at % 2 ? <code key={at}>{it}</code> : it))}</>;

export function Preferences({ plan }: { plan: Plan }) {
  const { t } = useWords();
  const format = useFormats();
  if (plan.preferences.length === 0) return null;
  return (
    <Panel title={t('preferences-title')} note={t('preferences-note')}>
      <ul className="preferences">
        {plan.preferences.map((it, at) => (
          <li key={at}>
            <p><strong>{it.scheme}</strong> {it.rate} <Chip tone={it.state === 'claimed' ? 'good' : 'accent'}>{t(`preference-${it.state.replaceAll('_', '-')}`)}</Chip>{it.saving && <span> {t('preference-saves', { amount: format.money(it.saving, 0) })}</span>}</p>
            {it.rule_of_origin && <p className="hint">{t('rule-of-origin-short', { text: it.rule_of_origin })}</p>}
            {it.must_prove && it.must_prove.length > 0 && <p className="hint">{t('must-prove-short', { text: it.must_prove.join('; ') })}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
