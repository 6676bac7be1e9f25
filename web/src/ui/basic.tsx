import { useId, type ButtonHTMLAttributes, type ReactNode } from 'react';
import { type Problem } from '../lib/api';
import { Link } from '../lib/router';
import type { Basis, Evidence, Finding, Severity, Total } from '../lib/types';
import { isExact, knownPart } from '../lib/types';
import { useFormats } from '../lib/format';
import { useWords } from '../lib/words';
import { Icon, type IconName } from './icons';

export const cx = (...names: (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ');

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  busy?: boolean;
  /** Only the icon is seen; the children are its name for screen readers and the tooltip. */
  iconOnly?: boolean;
}

export function Button({ kind = 'plain', icon, busy = false, iconOnly = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button type="button" className={cx('button', kind, iconOnly && 'icon-only', className)} disabled={disabled || busy} aria-busy={busy || undefined} {...(iconOnly && typeof children === 'string' ? { 'aria-label': children, title: children } : {})} {...rest}>
      {busy ? <span className="spinner" aria-hidden /> : icon && <Icon name={icon} />}
      {!iconOnly && <span>{children}</span>}
    </button>
  );
}

/** A link that looks like a button. `external` for API downloads. */
export function ButtonLink({ href, icon, children, kind = 'plain', external = false, download = false }: { href: string; icon?: IconName; children: ReactNode; kind?: ButtonProps['kind']; external?: boolean; download?: boolean }) {
  const className = cx('button', kind);
  const inner = <>{icon && <Icon name={icon} />}<span>{children}</span></>;
  if (external) return <a className={className} href={href} {...(download ? { download: '' } : { target: '_blank', rel: 'noopener' })}>{inner}</a>;
  return <Link className={className} href={href}>{inner}</Link>;
}

/** A labelled form field. `children` gets the ids to wire. */
export function Field({ label, hint, error, children, inline = false }: { label: string; hint?: ReactNode; error?: string | null; inline?: boolean; children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }) => ReactNode }) {
  const id = useId();
  const note = hint || error ? `${id}-note` : undefined;
  return (
    <div className={cx('field', inline && 'inline')}>
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(note ? { 'aria-describedby': note } : {}), ...(error ? { 'aria-invalid': true } : {}) })}
      {note && <p id={note} className={error ? 'field-error' : 'field-hint'}>{error ?? hint}</p>}
    </div>
  );
}

export const Chip = ({ children, tone, title }: { children: ReactNode; tone?: 'good' | 'caution' | 'bad' | 'accent' | undefined; title?: string }) => (
  <span className={cx('tag', tone)} title={title}>{children}</span>
);

/** Title, actions and content of a page. */
export function PageHead({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
      </div>
      {children && <div className="actions">{children}</div>}
    </header>
  );
}

export function Panel({ title, note, actions, children, className, id }: { title?: ReactNode; note?: ReactNode; actions?: ReactNode; children: ReactNode; className?: string; id?: string }) {
  const heading = useId();
  return (
    <section className={cx('panel', className)} id={id} aria-labelledby={title ? heading : undefined}>
      {(title || actions) && (
        <header className="panel-head">
          <h2 id={heading}>{title}</h2>
          {note && <p className="note">{note}</p>}
          {actions && <div className="actions">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

/** Nothing there yet: says so, and what to do about it. */
export const Empty = ({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) => (
  <div className="empty">
    <p className="empty-title">{title}</p>
    {children && <div>{children}</div>}
    {action && <div className="actions">{action}</div>}
  </div>
);

/** What went wrong, where, and how to mend it; with the code that explains itself. */
export function ProblemNote({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const { t } = useWords();
  return (
    <div className="problem" role="alert">
      <p className="problem-title">
        <Icon name="warning" /> {problem.title}
        {problem.code && <code>{problem.code}</code>}
      </p>
      {problem.detail && problem.detail !== problem.title && <p>{problem.detail}</p>}
      {problem.hint && <p className="hint">{problem.hint}</p>}
      {problem.rows.length > 0 && (
        <ul>
          {problem.rows.slice(0, 20).map((row, at) => (
            <li key={at}>{row.line > 0 ? t('problem-row', { line: row.line, column: row.column ?? '' }) : row.column && <code>{row.column}</code>} {row.text}</li>
          ))}
        </ul>
      )}
      {retry && <Button onClick={retry} icon="retry">{t('retry')}</Button>}
    </div>
  );
}

export function Loading({ what }: { what?: string }) {
  const { t } = useWords();
  return (
    <p className="loading" role="status">
      <span className="spinner" aria-hidden /> {what ?? t('loading')}
    </p>
  );
}

/** Letter, pattern and colour: never colour alone. */
export function BasisMark({ basis, long = false }: { basis: Basis | 'unknown'; long?: boolean }) {
  const { t } = useWords();
  const word = basis === 'unknown' ? t('unknown') : t(`basis-${basis}`);
  return (
    <span className={cx('basis', `basis-${basis}`)} title={basis === 'unknown' ? word : t(`basis-long-${basis}`)}>
      <span className="swatch" aria-hidden>{t(`basis-letter-${basis}`)}</span>
      <span className={long ? undefined : 'sr-only'}>{word}</span>
    </span>
  );
}

const SEVERITY_ICON: Record<Severity, IconName> = { prohibited: 'prohibited', barrier: 'barrier', caution: 'warning', note: 'info' };

export function SeverityMark({ severity, long = false }: { severity: Severity; long?: boolean }) {
  const { t } = useWords();
  return (
    <span className={cx('severity', severity)} title={t(`severity-${severity}`)}>
      <Icon name={SEVERITY_ICON[severity]} /> <span className={long ? undefined : 'sr-only'}>{t(`severity-${severity}`)}</span>
    </span>
  );
}

/** A landed cost: exact, or "at least" with what is not known of it. `sell` turns the sign: proceeds are what is left. */
export function TotalText({ total, sell = false }: { total: Total; sell?: boolean }) {
  const { t } = useWords();
  const format = useFormats();
  const known = knownPart(total);
  const text = format.amount(Number(known.amount) * (sell ? -1 : 1), known.currency);
  return isExact(total) ? <>{text}</> : <>{t(sell ? 'at-most-amount' : 'at-least-amount', { amount: text })}</>;
}

/** What stands behind a figure: basis, source, vintage, formula, reference. */
export function EvidenceList({ evidence, children }: { evidence: Evidence; children?: ReactNode }) {
  const { t } = useWords();
  const { source } = evidence;
  const rows: [string, ReactNode][] = [
    [t('evidence-basis'), <BasisMark key="b" basis={evidence.basis} long />],
    [t('evidence-formula'), evidence.formula && <code className="formula">{evidence.formula}</code>],
    [t('evidence-stated'), evidence.stated && <q>{evidence.stated}</q>],
    [t('evidence-source'), `${source.title}, ${source.publisher}`],
    [t('evidence-vintage'), source.vintage],
    [t('evidence-book'), source.book && <BookLink book={source.book} />],
    [t('evidence-licence'), source.licence],
    [t('evidence-reference'), evidence.reference],
  ];
  return (
    <dl className="facts">
      {children}
      {rows.filter(([, value]) => value).map(([name, value]) => (
        <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  );
}

/** "flows 2024-3d47d8ab1118": the book and its edition. Rule packs are no books of the lake. */
export function BookLink({ book }: { book: string }) {
  const name = book.split(' ')[0] ?? book;
  if (name === 'rulepack') return <code>{book}</code>;
  return <Link href={`/books/${encodeURIComponent(name)}`}><code>{book}</code></Link>;
}

const WEIGHT: Record<Severity, number> = { prohibited: 0, barrier: 1, caution: 2, note: 3 };
export const bySeverity = (all: Finding[]): Finding[] => [...all].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
