import { geoDistance, geoNaturalEarth1, type GeoProjection } from 'd3-geo';

type Point = [number, number];

/** The meridian to turn to the middle: half way round from the widest gap without points. So a way over the Pacific is not torn. */
export function middleMeridian(points: Point[]): number {
  const longitudes = [...new Set(points.map(([lon]) => ((lon % 360) + 360) % 360))].sort((a, b) => a - b);
  if (longitudes.length === 0) return 0;
  let widest = { size: -1, end: 0 };
  longitudes.forEach((lon, at) => {
    const next = at + 1 < longitudes.length ? (longitudes[at + 1] ?? lon) : (longitudes[0] ?? lon) + 360;
    if (next - lon > widest.size) widest = { size: next - lon, end: next };
  });
  const middle = widest.end + (360 - widest.size) / 2;
  return ((((middle + 180) % 360) + 360) % 360) - 180;
}

/** How many degrees of longitude the points take, seen from their middle. */
export function spanOf(points: Point[], middle: number): number {
  const turned = points.map(([lon]) => ((((lon - middle + 180) % 360) + 360) % 360) - 180);
  return turned.length ? Math.max(...turned) - Math.min(...turned) : 0;
}

/** The smallest part of the world that is shown, in degrees: two towns alone say nothing on a map. */
const LEAST = 14;

/** A projection turned and zoomed so that all points are inside, with room for labels. */
export function fitted(points: Point[], width: number, height: number, margin: number): GeoProjection {
  const middle = middleMeridian(points);
  const projection = geoNaturalEarth1().rotate([-middle, 0]);
  const lats = points.map(([, lat]) => lat);
  const top = Math.min(82, Math.max(...lats));
  const bottom = Math.max(-70, Math.min(...lats));
  const around: Point[] = [...points];
  if (points.length > 0 && spanOf(points, middle) < LEAST && top - bottom < LEAST)
    for (const [x, y] of [[-1, -1], [1, 1]] as const) around.push([middle + (x * LEAST) / 2, (top + bottom) / 2 + (y * LEAST) / 2]);
  return projection.fitExtent([[margin, margin], [width - margin, height - margin]], { type: 'MultiPoint', coordinates: around });
}

/** Points of the great circle between two places, about every 150 km. */
export function greatCircle(from: Point, to: Point): Point[] {
  const angle = geoDistance(from, to);
  const steps = Math.max(1, Math.ceil(angle * 42));
  if (angle === 0) return [from, to];
  const rad = Math.PI / 180;
  const unit = ([lon, lat]: Point) => [Math.cos(lat * rad) * Math.cos(lon * rad), Math.cos(lat * rad) * Math.sin(lon * rad), Math.sin(lat * rad)] as const;
  const [a, b] = [unit(from), unit(to)];
  return Array.from({ length: steps + 1 }, (_, at): Point => {
    const share = at / steps;
    const [p, q] = [Math.sin((1 - share) * angle) / Math.sin(angle), Math.sin(share * angle) / Math.sin(angle)];
    const [x, y, z] = [p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]];
    return [Math.atan2(y, x) / rad, Math.atan2(z, Math.hypot(x, y)) / rad];
  });
}
