/**
 * Puts labels beside dots so that none lies on another or on a dot. Greedy, the important first; what finds no room is left out,
 * but for those of order 0, which are said at any price.
 */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Wanted {
  key: string;
  /** The middle of the dot, and how far from it the label begins. */
  x: number;
  y: number;
  away: number;
  text: string;
  size: number;
  /** Less is placed first. */
  order: number;
}

export interface Placed {
  key: string;
  text: string;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/;

/** How wide a text is about; measuring each in the page would cost a layout. */
export const textWidth = (text: string, size: number): number =>
  [...text].reduce((sum, it) => sum + (WIDE.test(it) ? 1 : /[iljtfrI.,'|:; ]/.test(it) ? 0.34 : /[mwMW@]/.test(it) ? 0.9 : 0.58), 0) * size;

/** How much of two boxes lies on each other, square pixels. */
const common = (a: Box, b: Box) => Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) * Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

const overlap = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export function placeLabels(wanted: Wanted[], obstacles: Box[], frame: Box): Placed[] {
  const taken = [...obstacles];
  const placed: Placed[] = [];
  const inside = (it: Box) => it.x >= frame.x && it.y >= frame.y && it.x + it.width <= frame.x + frame.width && it.y + it.height <= frame.y + frame.height;
  for (const { key, x, y, away, text, size, order } of [...wanted].sort((a, b) => a.order - b.order)) {
    const width = textWidth(text, size) + 4;
    const height = size * 1.2;
    const far = away * 0.75;
    let least: { box: Box; label: Placed; hidden: number } | null = null;
    const tries: [number, number, Placed['anchor']][] = [
      [x + away, y, 'start'], [x - away, y, 'end'], [x, y - away - height / 2, 'middle'], [x, y + away + height / 2, 'middle'],
      [x + far, y - far - height / 3, 'start'], [x + far, y + far + height / 3, 'start'], [x - far, y - far - height / 3, 'end'], [x - far, y + far + height / 3, 'end'],
      [x + away, y - height, 'start'], [x + away, y + height, 'start'], [x - away, y - height, 'end'], [x - away, y + height, 'end'],
    ];
    for (const [left, middle, anchor] of tries) {
      const start = anchor === 'start' ? left : anchor === 'end' ? left - width : left - width / 2;
      const box = { x: start, y: middle - height / 2, width, height };
      if (!inside(box)) continue;
      const label = { key, text, x: left, y: middle, anchor };
      if (taken.some((it) => overlap(box, it))) {
        const hidden = taken.reduce((sum, it) => sum + common(box, it), 0);
        if (order === 0 && hidden < (least?.hidden ?? Infinity)) least = { box, label, hidden };
        continue;
      }
      taken.push(box);
      placed.push(label);
      least = null;
      break;
    }
    if (least) {
      taken.push(least.box);
      placed.push(least.label);
    }
  }
  return placed;
}
