import { useApi } from '../../lib/api';
import { Link } from '../../lib/router';
import { useWords } from '../../lib/words';
import { Loading, PageHead, Panel, ProblemNote } from '../../ui';

interface Explained { code: string; title: string; text: string; mend: string }

/** /help, and /help/PRP-1704 which says what a code means. */
export default function Help({ code }: { code?: string }) {
  const { t } = useWords();
  const explained = useApi<Explained>(code ? `/explain/${encodeURIComponent(code)}` : null);
  return (
    <div className="page prose">
      {code && (
        <>
          {explained.loading && <Loading />}
          {explained.problem && <ProblemNote problem={explained.problem} />}
          {explained.data && (
            <>
              <PageHead title={`${explained.data.code} ${explained.data.title}`} />
              <p>{explained.data.text}</p>
              <p><strong>{t('how-to-mend')}</strong> {explained.data.mend}</p>
            </>
          )}
        </>
      )}
      {!code && <PageHead title={t('nav-help')} lead={t('help-lead')} />}
      <Panel title={t('help-reading')}>
        <dl className="facts wide">
          {['landed', 'range', 'arrives', 'first', 'score', 'basis', 'exposure', 'cash'].map((it) => (
            <div key={it}><dt>{t(`help-${it}-title`)}</dt><dd>{t(`help-${it}`)}</dd></div>
          ))}
        </dl>
      </Panel>
      <p><Link href="/">{t('nav-radar')}</Link></p>
    </div>
  );
}
