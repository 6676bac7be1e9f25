import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { asProblem, type Problem } from '../../lib/api';
import { useCommands } from '../../lib/commands';
import { useFormats } from '../../lib/format';
import { navigate, setQuery, useQuery } from '../../lib/router';
import type { Answer, Wishes } from '../../lib/types';
import { useWords } from '../../lib/words';
import { Icon, Loading, Panel, ProblemNote } from '../../ui';
import { Actions } from './actions';
import { newScan, openAnswer, openFirst } from './answers';
import { Cards, PlansDownload, WeightBar } from './cards';
import { ViewContext, type ScanRequest, type View } from './context';
import { FindingRow, Findings, Flips, NextQuestion, PlanFacts, Preferences } from './detail';
import { MissingCards, NoPlan } from './empty';
import { HonestyLine } from './honesty';
import { hovered } from './hover';
import { RadarMap } from './map';
import { CostPlot } from './plot';
import './radar.css';
import { NeedSentence } from './sentence';
import { Timeline } from './timeline';
import { CostWaterfall } from './waterfall';
import { letter, parseWeights, rerank, sameWeights, writeWeights } from './weights';

export default function Radar({ answer: id }: { answer?: string }) {
  const { t, lang } = useWords();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [scanProblem, setScanProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [ask] = useQuery('ask');
  const before = useRef<string | undefined>(undefined);

  useEffect(() => {
    let here = true;
    setProblem(null);
    // What went wrong with a scan stays until another answer is opened; that the first page takes an address is no other.
    if (before.current !== undefined && before.current !== id) setScanProblem(null);
    before.current = id;
    (id ? openAnswer(id) : openFirst()).then(
      (it) => {
        if (!here) return;
        setAnswer(it);
        // The first page takes the address of what it shows, so that going back comes back to it.
        if (!id) navigate(`/radar/${encodeURIComponent(it.id)}${location.search}`, { replace: true, keepScroll: true });
      },
      (cause: unknown) => here && setProblem(asProblem(cause)),
    );
    return () => { here = false; };
  }, [id, lang]);

  const scan = useCallback(async (request: ScanRequest): Promise<Answer | null> => {
    setBusy(true);
    setScanProblem(null);
    try {
      const it = await newScan(request);
      if (!request.stay) {
        setAnswer(it);
        navigate(`/radar/${encodeURIComponent(it.id)}`);
      }
      return it;
    } catch (cause) {
      if (request.stay) throw cause;
      setScanProblem(asProblem(cause));
      scrollTo({ top: 0 });
      return null;
    } finally {
      setBusy(false);
    }
  }, []);

  // A need typed into the palette or another page.
  useEffect(() => {
    if (!ask) return;
    setQuery({ ask: null });
    void scan({ text: ask });
  }, [ask, scan]);

  if (problem) return <div className="page"><ProblemNote problem={problem} retry={() => location.reload()} /></div>;
  if (!answer) return <Loading what={t('loading-answer')} />;
  return <AnswerView key={answer.id} answer={answer} scan={scan} busy={busy} scanProblem={scanProblem} />;
}

function AnswerView({ answer, scan, busy, scanProblem }: { answer: Answer; scan(request: ScanRequest): Promise<Answer | null>; busy: boolean; scanProblem: Problem | null }) {
  const { t } = useWords();
  const format = useFormats();
  const { deals } = answer;
  const [chosen, setChosen] = useQuery('plan');
  const [given] = useQuery('w');
  const [weights, setWeights] = useState<Wishes>(() => parseWeights(given) ?? deals.need.wishes);

  const ranked = useMemo(() => rerank(deals.plans, weights), [deals.plans, weights]);
  const leading = ranked[0]?.plan.id ?? null;
  const selected = deals.plans.some((it) => it.id === chosen) ? chosen : leading;
  // The order follows the slider at once; what is drawn of the chosen plan may come a moment later.
  const shown = useDeferredValue(selected);
  const plan = deals.plans.find((it) => it.id === shown) ?? null;

  // The address follows, but not at each step of the slider: browsers limit how often it may change.
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const timer = setTimeout(() => setQuery({ w: sameWeights(weights, deals.need.wishes) ? null : writeWeights(weights) }), 250);
    return () => clearTimeout(timer);
  }, [weights, deals.need.wishes]);

  const select = useCallback((it: string) => setChosen(it), [setChosen]);
  const view = useMemo<View>(
    () => ({
      answer,
      sell: deals.need.direction === 'sell',
      letters: new Map(deals.plans.map((it, at) => [it.id, letter(at)])),
      plans: new Map(deals.plans.map((it) => [it.id, it])),
      economy: (code) => format.economy(code, answer.names.economies),
      select,
      scan,
    }),
    [answer, deals, format, select, scan],
  );

  useCommands(
    useMemo(() => {
      const step = (by: number) => {
        const at = ranked.findIndex((it) => it.plan.id === selected);
        const next = ranked[Math.max(0, Math.min(ranked.length - 1, at + by))];
        if (next) select(next.plan.id);
      };
      return [
        { id: 'next-plan', title: t('key-next'), keys: 'j', group: t('nav-radar'), run: () => step(1) },
        { id: 'previous-plan', title: t('key-previous'), keys: 'k', group: t('nav-radar'), run: () => step(-1) },
        { id: 'write', title: t('key-write'), keys: '/', group: t('nav-radar'), run: () => document.getElementById('write-need')?.click() },
        { id: 'cheaper', title: t('key-cheaper'), keys: '[', group: t('nav-radar'), run: () => setWeights((it) => shift(it, -10)) },
        { id: 'safer', title: t('key-safer'), keys: ']', group: t('nav-radar'), run: () => setWeights((it) => shift(it, 10)) },
        { id: 'sample', title: t('open-sample'), group: t('nav-radar'), run: () => navigate('/radar/sample') },
      ];
    }, [ranked, selected, select, t]),
  );
  useEffect(() => () => hovered.set(null), []);
  useMeasure(setWeights, deals.plans.length);

  const { sell } = view;
  return (
    <ViewContext value={view}>
      <div className="radar">
        <h1 className="sr-only">{t('nav-radar')}: {answer.sentence}</h1>
        {answer.sample && (
          <p className="ribbon" role="note">
            <Icon name="info" /> <span><strong>{t('sample-ribbon', { date: format.date(deals.as_of) })}</strong> {t('sample-note')}</span>
          </p>
        )}
        <NeedSentence answer={answer} economy={view.economy} scan={scan} busy={busy} problem={scanProblem} />
        <div className="radar-width"><HonestyLine /></div>
        {plan ? (
          <div className="radar-width answer" aria-busy={busy}>
            <div className="radar-grid">
              <div className="views">
                <RadarMap plans={deals.plans} selected={selected} />
                <CostPlot plans={deals.plans} selected={selected} leading={leading} />
              </div>
              <div className="ranking">
                <header className="panel-head">
                  <h2>{t(sell ? 'ranked-sell' : 'ranked')}</h2>
                  <div className="actions"><PlansDownload /></div>
                </header>
                <WeightBar weights={weights} setWeights={setWeights} asked={deals.need.wishes} />
                <Cards ranked={ranked} selected={selected} />
                <MissingCards />
                <CostWaterfall key={`w-${plan.id}`} plan={plan} />
                <Actions plan={plan} weights={weights} />
              </div>
            </div>
            <div className="detail">
                <div className="stack">
                  <Timeline plan={plan} />
                  <Findings plan={plan} general={deals.findings} />
                </div>
                <div className="stack">
                  <NextQuestion />
                  <Flips plan={plan} />
                  <Preferences plan={plan} />
                  <Panel title={t('plan-title', { letter: view.letters.get(plan.id) ?? '', id: plan.id })} note={plan.labels['way']} className="plan-panel"><PlanFacts plan={plan} /></Panel>
                </div>
              </div>
          </div>
        ) : (
          <div className="radar-width answer stack" aria-busy={busy}>
            <NoPlan />
            <MissingCards />
            {deals.findings.length > 0 && (
              <Panel title={t('findings-general')}><ul className="findings">{deals.findings.map((it, at) => <FindingRow key={at} finding={it} />)}</ul></Panel>
            )}
          </div>
        )}
      </div>
    </ViewContext>
  );
}

const shift = (weights: Wishes, by: number): Wishes => {
  const arrival = Math.max(0, Math.min(100, weights.arrival + by));
  return { ...weights, arrival, cost: 100 - arrival };
};

interface Timing { median: number; p95: number; max: number }

declare global {
  interface Window { __periplus?: { measure(rounds?: number): Promise<{ plans: number; rounds: number; work: Timing; frame: Timing }> } }
}

/** How long a move of the slider takes until all is drawn anew: `work` is script, style and layout; `frame` goes on to the painted frame. */
function useMeasure(setWeights: (next: Wishes) => void, plans: number): void {
  useEffect(() => {
    const timing = (all: number[]): Timing => {
      const sorted = [...all].sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
      return { median: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 };
    };
    window.__periplus = {
      measure: async (rounds = 40) => {
        const work: number[] = [];
        const frame: number[] = [];
        for (let at = 0; at <= rounds; at++) {
          const arrival = Math.round((100 * at) / rounds);
          const from = performance.now();
          flushSync(() => setWeights({ cost: 100 - arrival, arrival, carbon: 0, resilience: 0, cash: 0 }));
          void document.body.offsetHeight;
          work.push(performance.now() - from);
          await new Promise<void>((done) => requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done();
            port2.postMessage(null);
          }));
          frame.push(performance.now() - from);
        }
        return { plans, rounds: work.length, work: timing(work), frame: timing(frame) };
      },
    };
    return () => { delete window.__periplus; };
  }, [setWeights, plans]);
}
