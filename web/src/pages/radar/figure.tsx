import { useId, useRef, type ReactNode, type RefObject } from 'react';
import { csv, download, svgText } from '../../lib/download';
import { useWords } from '../../lib/words';
import { Icon, MenuButton, toast } from '../../ui';

type Cells = (string | number | null | undefined)[][];

/** A chart with its title, a note on how to read it, and itself as CSV and SVG. */
export function Figure({ title, note, name, rows, children, className, tools }: { title: ReactNode; note?: ReactNode; name: string; rows: () => Cells; children: (svg: RefObject<SVGSVGElement | null>) => ReactNode; className?: string; tools?: ReactNode }) {
  const { t } = useWords();
  const svg = useRef<SVGSVGElement>(null);
  const heading = useId();
  return (
    <section className={`figure ${className ?? ''}`} aria-labelledby={heading}>
      <header className="panel-head">
        <h2 id={heading}>{title}</h2>
        {note && <p className="note">{note}</p>}
        <div className="actions">
          {tools}
          <MenuButton
            label={t('download-of', { what: typeof title === 'string' ? title : name })}
            className="button quiet icon-only"
            button={<><Icon name="download" /><span className="sr-only">{t('download-of', { what: typeof title === 'string' ? title : name })}</span></>}
            items={[
              { text: t('format-csv'), run: () => download(`${name}.csv`, csv(rows()), 'text/csv') },
              {
                text: t('format-svg'),
                run: () => {
                  if (svg.current) download(`${name}.svg`, svgText(svg.current), 'image/svg+xml');
                  else toast(t('nothing-to-save'));
                },
              },
            ]}
          />
        </div>
      </header>
      {children(svg)}
    </section>
  );
}
