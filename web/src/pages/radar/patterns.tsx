import type { Basis } from '../../lib/types';

/** Fills by basis: each has a pattern of its own, so that none depends on colour alone. Ids are per drawing, as each can be saved alone. */
export function BasisPatterns({ of }: { of: string }) {
  return (
    <defs>
      <pattern id={`${of}-benchmark`} width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" className="fill-benchmark" />
        <circle cx="1.3" cy="1.3" r="0.8" className="fill-grain" />
        <circle cx="3.8" cy="3.8" r="0.8" className="fill-grain" />
      </pattern>
      <pattern id={`${of}-modelled`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="fill-modelled" />
        <rect width="2" height="6" className="fill-grain" />
      </pattern>
      <pattern id={`${of}-assumed`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className="fill-assumed" />
        <path d="M0 3h6M3 0v6" className="stroke-grain" />
      </pattern>
      <pattern id={`${of}-unknown`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect width="7" height="7" className="fill-surface" />
        <rect width="2.200" height="7" className="fill-unknown" />
      </pattern>
    </defs>
  );
}

export const basisFill = (of: string, basis: Basis | 'unknown'): string => (basis === 'observed' ? 'var(--b-observed)' : `url(#${of}-${basis})`);
