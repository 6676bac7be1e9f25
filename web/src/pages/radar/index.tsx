import { useApi } from '../../lib/api';
import type { Answer } from '../../lib/types';
import { Loading, ProblemNote } from '../../ui';

export default function Radar({ answer = 'sample' }: { answer?: string }) {
  const loaded = useApi<Answer>(`/answers/${encodeURIComponent(answer)}`);
  if (loaded.problem) return <div className="page"><ProblemNote problem={loaded.problem} retry={loaded.reload} /></div>;
  if (!loaded.data) return <Loading />;
  return <div className="page"><h1>{loaded.data.sentence}</h1></div>;
}
