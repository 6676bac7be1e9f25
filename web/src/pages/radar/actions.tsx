import { useMemo, useState } from 'react';
import { api, url, useMe } from '../../lib/api';
import { useCommands } from '../../lib/commands';
import { navigate } from '../../lib/router';
import type { Plan, Wishes } from '../../lib/types';
import { useWords } from '../../lib/words';
import { Button, Icon, MenuButton, toast, toastProblem } from '../../ui';
import { useView } from './context';
import { WhatIf } from './whatif';

/** What a person does with a plan. */
export function Actions({ plan, weights }: { plan: Plan; weights: Wishes }) {
  const { t } = useWords();
  const { answer } = useView();
  const me = useMe();
  const [whatIf, setWhatIf] = useState(false);
  const [busy, setBusy] = useState<'watch' | 'accept' | null>(null);
  const mayWrite = me?.role !== 'viewer';

  const paper = (format: string) => url(`/answers/${encodeURIComponent(answer.id)}/paper`, { plan: plan.id, format });
  const act = useMemo(() => {
    const share = async () => {
      // The first page has no answer in its address; what is shared names it.
      const address = `${location.origin}/radar/${encodeURIComponent(answer.id)}${location.search || `?plan=${encodeURIComponent(plan.id)}`}`;
      try {
        await navigator.clipboard.writeText(address);
        toast(t('share-done'), { tone: 'good', detail: address });
      } catch {
        // Without https the browser does not give the clipboard.
        toast(t('share-by-hand'), { tone: 'info', detail: address });
      }
    };
    const watch = async () => {
      setBusy('watch');
      try {
        await api.post('/watches', { answer_id: answer.id, plan: plan.id });
        toast(t('watch-done'), { tone: 'good', link: { href: '/watches', text: t('alert-open') } });
      } catch (cause) {
        toastProblem(cause);
      } finally {
        setBusy(null);
      }
    };
    const accept = async () => {
      setBusy('accept');
      try {
        const deal = await api.post<{ id: string }>('/deals', { answer_id: answer.id, plan: plan.id });
        navigate(`/deals/${encodeURIComponent(deal.id)}`);
      } catch (cause) {
        toastProblem(cause);
        setBusy(null);
      }
    };
    return { share, watch, accept };
  }, [answer.id, plan.id, t]);

  useCommands(
    useMemo(
      () => [
        { id: 'what-if', title: t('action-whatif'), keys: 'x', group: t('nav-radar'), run: () => setWhatIf(true) },
        { id: 'share', title: t('action-share'), keys: 's', group: t('nav-radar'), run: () => void act.share() },
        { id: 'watch', title: t('action-watch'), keys: 'w', group: t('nav-radar'), run: () => void act.watch() },
        { id: 'accept', title: t('action-accept'), group: t('nav-radar'), run: () => void act.accept() },
        { id: 'dossier', title: t('action-dossier-pdf'), keys: 'd', group: t('nav-radar'), run: () => void open(paper('pdf'), '_blank', 'noopener') },
      ],
      // eslint-disable-next-line react-hooks/exhaustive-deps -- paper depends on what act depends on
      [t, act],
    ),
  );

  return (
    <div className="actions plan-actions">
      {mayWrite && <Button kind="primary" icon="check" busy={busy === 'accept'} onClick={() => void act.accept()}>{t('action-accept')}</Button>}
      <MenuButton
        label={t('action-dossier')}
        button={<><Icon name="paper" /><span>{t('action-dossier')}</span><Icon name="down" size={12} /></>}
        items={[
          { text: t('format-html'), href: paper('html') },
          { text: t('format-pdf'), href: paper('pdf') },
          { text: t('format-xlsx'), href: paper('xlsx'), download: true },
        ]}
      />
      <Button icon="share" onClick={() => void act.share()}>{t('action-share')}</Button>
      {mayWrite && <Button icon="eye" busy={busy === 'watch'} onClick={() => void act.watch()}>{t('action-watch')}</Button>}
      <Button icon="branch" onClick={() => setWhatIf(true)}>{t('action-whatif')}</Button>
      {whatIf && <WhatIf open onClose={() => setWhatIf(false)} weights={weights} />}
    </div>
  );
}
