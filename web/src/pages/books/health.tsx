import { useFormats } from '../../lib/format';
import { useWords } from '../../lib/words';
import { Chip, type ChipTone } from '../parts/ui';
import type { Book, Health } from '../parts/types';

const TONES: Record<Health, ChipTone> = { ok: 'good', old: 'warn', damaged: 'bad', missing: 'bad' };

export function HealthChip({ book, long = false }: { book: Book; long?: boolean }) {
  const { t } = useWords();
  return (
    <>
      <Chip tone={TONES[book.health] ?? 'neutral'} title={book.health_text}>{t(`book-health-${book.health}`)}</Chip>
      {long && book.health_text && <span className="muted nowrap"> {book.health_text}</span>}
    </>
  );
}

export function Age({ days }: { days: number | null | undefined }) {
  const { t } = useWords();
  const format = useFormats();
  if (days === null || days === undefined) return <span className="muted nowrap">{t('book-age-unknown')}</span>;
  // A vintage without a day counts from its end, which may be still to come.
  const age = Math.max(0, days);
  return <span className="muted nowrap">{t('book-age', { age: age < 60 ? format.days(age) : t('book-months', { count: Math.round(age / 30.44) }) })}</span>;
}
