import { useFormats } from '../../lib/format';
import { useWords } from '../../lib/words';
import { Tallies, To } from '../parts/ui';
import type { Cells, Difference } from '../parts/types';

const ROWS_SHOWN = 200;

const cellsOf = (cells: Cells | null | undefined): Cells => cells ?? [];
const text = (cell: Cells[number] | undefined): string => (cell === null || cell === undefined ? '' : String(cell));

/** What another edition adds, takes away and changes; in a changed row, the cells that differ are marked. */
export function DifferenceView({ it }: { it: Difference | null | undefined }) {
  const { t } = useWords();
  const format = useFormats();
  if (!it) return <p className="muted">{t('book-diff-none')}</p>;
  const rows = it.rows ?? [];
  const same = it.added + it.removed + it.changed === 0;
  const width = Math.max(it.header?.length ?? 0, ...rows.map((row) => Math.max(cellsOf(row.before).length, cellsOf(row.after).length)));
  const more = it.added + it.removed + it.changed - Math.min(rows.length, ROWS_SHOWN);
  return (
    <div className="book-diff">
      {(it.from || it.to) && <p className="muted"><code>{it.from ?? '—'}</code><To /><code>{it.to ?? '—'}</code></p>}
      {same ? <p>{t('book-diff-same')}</p> : (
        <Tallies items={[
          { label: t('book-diff-added'), value: it.added, tone: 'good' },
          { label: t('book-diff-removed'), value: it.removed, tone: 'bad' },
          { label: t('book-diff-changed'), value: it.changed, tone: 'warn' },
        ]} />
      )}
      {rows.length > 0 && (
        <div className="table-wrap pp-scroll" tabIndex={0} role="region" aria-label={t('book-diff-rows')}>
          <table className="table pp-grid">
            <caption className="sr-only">{t('book-diff-rows')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('book-diff-change')}</th>
                {Array.from({ length: width }, (_, at) => <th key={at} scope="col">{it.header?.[at] ?? at + 1}</th>)}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, ROWS_SHOWN).map((row, at) => {
                const before = cellsOf(row.before);
                const after = cellsOf(row.after);
                return (
                  <tr key={at} className={`book-diff-${row.change}`}>
                    <th scope="row">{t(`book-diff-${row.change}`)}{row.table && <span className="muted"> {row.table}</span>}</th>
                    {Array.from({ length: width }, (_, cell) => {
                      const was = text(before[cell]);
                      const is = text(after[cell]);
                      if (row.change === 'added') return <td key={cell}><ins>{is}</ins></td>;
                      if (row.change === 'removed') return <td key={cell}><del>{was}</del></td>;
                      return <td key={cell}>{was === is ? is : <><del>{was}</del> <ins>{is}</ins></>}</td>;
                    })}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 && <p className="muted">{t('book-diff-more', { count: more, shown: format.number(more) })}</p>}
    </div>
  );
}
