import { geoGraticule10, geoPath } from 'd3-geo';
import { memo, useEffect, useMemo, useState } from 'react';
import { feature } from 'topojson-client';
import type { GeometryObject, Topology } from 'topojson-specification';
import coarse from 'world-atlas/land-110m.json?url';
import fine from 'world-atlas/land-50m.json?url';
import { useApi } from '../../lib/api';
import { useFormats } from '../../lib/format';
import type { MapLegs, Mode, Plan } from '../../lib/types';
import { useWords, type T } from '../../lib/words';
import { cx } from '../../ui';
import { useView } from './context';
import { Figure } from './figure';
import { hovered, useHovered } from './hover';
import { placeLabels, textWidth, type Box, type Wanted } from './labels';
import { fitted, greatCircle, middleMeridian, spanOf } from './projection';
import { passagesOf } from './passages';
import { useWidth } from './size';

type Point = [number, number];
interface DrawnLeg { key: string; plans: string[]; mode: Mode; points: Point[] }
interface Dot { key: string; at: Point; name: string; economy: string; letters: string[]; plans: string[]; kind: 'end' | 'home' | 'port' }

/** The least span of longitudes at which the finer coastline is worth its size. */
const FINE_BELOW = 80;
const lands = new Map<string, Promise<GeoJSON.GeoJSON>>();

function loadLand(address: string): Promise<GeoJSON.GeoJSON> {
  let it = lands.get(address);
  if (!it) {
    it = fetch(address).then((response) => response.json()).then((topology: Topology) => feature(topology, topology.objects['land'] as GeometryObject) as GeoJSON.GeoJSON);
    it.catch(() => lands.delete(address));
    lands.set(address, it);
  }
  return it;
}

function useLand(address: string): GeoJSON.GeoJSON | null {
  const [land, setLand] = useState<GeoJSON.GeoJSON | null>(null);
  useEffect(() => {
    let here = true;
    loadLand(address).then((it) => here && setLand(it), () => undefined);
    return () => { here = false; };
  }, [address]);
  return land;
}

/** Legs of all plans; those that several plans share are drawn once. */
function drawnLegs(plans: Plan[], map: MapLegs | null): DrawnLeg[] {
  const all = new Map<string, DrawnLeg>();
  const paths = new Map(map?.legs.map((it) => [`${it.plan}/${it.leg}`, it.path]));
  for (const plan of plans)
    plan.legs.forEach((leg, at) => {
      const ends: [Point, Point] = [[leg.from.at.lon, leg.from.at.lat], [leg.to.at.lon, leg.to.at.lat]];
      const key = `${leg.mode}:${ends.join(':')}`;
      const known = all.get(key);
      if (known) {
        if (!known.plans.includes(plan.id)) known.plans.push(plan.id);
        return;
      }
      const given = paths.get(`${plan.id}/${at}`) ?? leg.path;
      const points = given && given.length > 2 ? (given as Point[]) : greatCircle(...ends);
      all.set(key, { key, plans: [plan.id], mode: leg.mode, points });
    });
  return [...all.values()];
}

function dotsOf(plans: Plan[], letters: Map<string, string>, sell: boolean, name: (code: string) => string, t: T): Dot[] {
  const dots = new Map<string, Dot>();
  const put = (key: string, at: Point, label: string, kind: Dot['kind'], plan: Plan, lettered: boolean, economy = '') => {
    // Places within about 10 km are one dot.
    const near = [...dots.values()].find((it) => Math.abs(it.at[0] - at[0]) < 0.12 && Math.abs(it.at[1] - at[1]) < 0.12);
    const dot = near ?? { key, at, name: label, economy, letters: [], plans: [], kind };
    if (!near) dots.set(key, dot);
    if (dot.kind === 'port' && kind !== 'port') Object.assign(dot, { kind, name: label, economy });
    if (!dot.plans.includes(plan.id)) dot.plans.push(plan.id);
    const own = letters.get(plan.id);
    if (lettered && own && !dot.letters.includes(own)) dot.letters.push(own);
  };
  for (const plan of plans) {
    const first = plan.legs[0];
    const last = plan.legs[plan.legs.length - 1];
    if (!first || !last) continue;
    const [far, home] = sell ? [last.to, first.from] : [first.from, last.to];
    const where = (it: { at: { lon: number; lat: number } }): Point => [it.at.lon, it.at.lat];
    const economy = name(sell ? plan.destination : plan.origin);
    put(`home:${home.name}`, where(home), home.name, 'home', plan, false);
    // Goods of a land without a port, or beyond a border, start from a place of another economy.
    const abroad = far.locode && far.locode.slice(0, 2) !== (sell ? plan.destination : plan.origin);
    put(`end:${far.name}:${where(far).join()}`, where(far), far.name === economy ? far.name : abroad ? t('map-via', { economy, place: far.name }) : `${far.name}, ${economy}`, 'end', plan, true, economy);
    for (const { to } of sell ? [] : plan.legs.slice(0, -1)) put(`port:${to.name}`, where(to), to.name, 'port', plan, false);
    for (const { from } of sell ? plan.legs.slice(1) : []) put(`port:${from.name}`, where(from), from.name, 'port', plan, false);
  }
  return [...dots.values()];
}

/** Ends of ways that lie on each other on the screen become one dot with all their letters. */
function clustered(places: Dot[], at: (it: Point) => Point): Dot[] {
  const out: Dot[] = [];
  for (const place of places) {
    const [x, y] = at(place.at);
    const near = place.kind !== 'end' ? undefined : out.find((it) => {
      const [u, v] = at(it.at);
      return it.kind === 'end' && Math.abs(y - v) < 17 && Math.abs(x - u) < (dotWidth(it) + dotWidth(place)) / 2;
    });
    if (!near) {
      out.push({ ...place, letters: [...place.letters], plans: [...place.plans] });
      continue;
    }
    near.letters.push(...place.letters.filter((it) => !near.letters.includes(it)));
    near.letters.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    near.plans.push(...place.plans.filter((it) => !near.plans.includes(it)));
    if (near.name !== place.name) near.name = near.economy === place.economy ? near.economy : `${near.economy}, ${place.economy}`;
  }
  return out;
}

export const RadarMap = memo(function RadarMap({ plans, selected }: { plans: Plan[]; selected: string | null }) {
  const { t } = useWords();
  const format = useFormats();
  const { answer, letters, sell, economy, select } = useView();
  const loaded = useApi<MapLegs>(`/answers/${encodeURIComponent(answer.id)}/map`);
  const [box, width] = useWidth<HTMLDivElement>(760);
  const height = Math.round(Math.min(430, Math.max(220, width * 0.44)));
  const lit = useHovered() ?? selected;

  const legs = useMemo(() => drawnLegs(plans, loaded.data), [plans, loaded.data]);
  const places = useMemo(() => dotsOf(plans, letters, sell, economy, t), [plans, letters, sell, economy, t]);
  const points = useMemo(() => [...legs.flatMap((it) => it.points), ...places.map((it) => it.at)], [legs, places]);
  const land = useLand(points.length && spanOf(points, middleMeridian(points)) < FINE_BELOW ? fine : coarse);

  const drawing = useMemo(() => {
    const projection = fitted(points, width, height, width < 500 ? 26 : 40).clipExtent([[-4, -4], [width + 4, height + 4]]);
    const path = geoPath(projection).digits(1);
    const at = (it: Point): Point => projection(it) ?? [-99, -99];
    return { path, at };
  }, [points, width, height]);

  const dots = useMemo(() => clustered(places, drawing.at), [places, drawing]);
  const ground = useMemo(
    () => ({ land: land ? (drawing.path(land as never) ?? '') : '', net: drawing.path(geoGraticule10()) ?? '' }),
    [drawing, land],
  );
  const ways = useMemo(() => legs.map((it) => ({ ...it, d: drawing.path({ type: 'LineString', coordinates: it.points }) ?? '' })), [legs, drawing]);

  const passages = useMemo(() => loaded.data?.passages ?? passagesOf(plans.flatMap((it) => it.legs), t), [loaded.data, plans, t]);
  const labels = useMemo(() => {
    const size = 11;
    const wanted: Wanted[] = [];
    const obstacles: Box[] = [];
    for (const dot of dots) {
      const [x, y] = drawing.at(dot.at);
      const radius = dot.kind === 'port' ? 3 : dotWidth(dot) / 2;
      obstacles.push({ x: x - radius - 1, y: y - (dot.kind === 'end' ? 9 : 6), width: 2 * radius + 2, height: dot.kind === 'end' ? 18 : 12 });
      wanted.push({ key: dot.key, x, y, away: radius + 4, text: dot.name, size: dot.kind === 'home' ? 12 : size, order: dot.kind === 'home' ? 0 : dot.kind === 'end' ? 1 + Math.min(...dot.letters.map((it) => it.charCodeAt(0))) / 100 : 4 });
    }
    for (const it of passages) {
      const [x, y] = drawing.at(it.at);
      wanted.push({ key: `passage:${it.name}`, x, y, away: 7, text: it.name, size: 10, order: 3 });
    }
    return placeLabels(wanted, obstacles, { x: 4, y: 4, width: width - 8, height: height - 8 });
  }, [dots, passages, drawing, width, height]);

  const kinds = new Map(dots.map((it) => [it.key, it.kind]));
  const modes = [...new Set(legs.map((it) => it.mode))];
  const rows = () => [
    ['plan', 'leg', 'mode', 'from', 'from_lat', 'from_lon', 'to', 'to_lat', 'to_lon', 'km', 'days_p10', 'days_p50', 'days_p90', 'passages'],
    ...plans.flatMap((plan) => plan.legs.map((leg, at) => [plan.id, at + 1, leg.mode, leg.from.name, leg.from.at.lat, leg.from.at.lon, leg.to.name, leg.to.at.lat, leg.to.at.lon, leg.distance_km, ...leg.days, (leg.passages ?? []).join('; ')])),
  ];
  const order = (it: { plans: string[] }) => (lit && it.plans.includes(lit) ? 1 : 0);

  return (
    <Figure title={t(sell ? 'map-title-sell' : 'map-title')} note={t('map-note')} name="map" rows={rows} className="map">
      {(svg) => (
        <div ref={box} className="map-box">
          <svg ref={svg} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('map-alt', { count: plans.length, place: answer.deals.need.place.name })}>
            <rect width={width} height={height} className="sea" />
            <path d={ground.net} className="graticule" />
            <path d={ground.land} className="land" />
            <g className={cx('ways', lit && 'dimmed')}>
              {[...ways].sort((a, b) => order(a) - order(b)).map((it) => (
                <g key={it.key} className={cx('way', it.mode, lit && it.plans.includes(lit) && 'lit')} onPointerEnter={() => hovered.set(it.plans[0] ?? null)} onPointerLeave={() => hovered.set(null)} onClick={() => it.plans[0] && select(it.plans[0])}>
                  <path d={it.d} className="touch" />
                  {it.mode === 'rail' && <path d={it.d} className="bed" />}
                  <path d={it.d} className="line" />
                </g>
              ))}
            </g>
            {passages.map((it) => {
              const [x, y] = drawing.at(it.at);
              return <path key={it.name} className="passage" d={`M${x - 3.5} ${y}L${x} ${y - 3.5}L${x + 3.5} ${y}L${x} ${y + 3.5}z`}><title>{it.name}</title></path>;
            })}
            {dots.map((dot) => {
              const [x, y] = drawing.at(dot.at);
              const on = lit !== null && dot.plans.includes(lit);
              if (dot.kind === 'port') return <circle key={dot.key} cx={x} cy={y} r={2.6} className={cx('port', on && 'lit')}><title>{dot.name}</title></circle>;
              if (dot.kind === 'home') return <g key={dot.key} className="home"><circle cx={x} cy={y} r={9} className="ring" /><circle cx={x} cy={y} r={4.5} /><title>{dot.name}</title></g>;
              const wide = dotWidth(dot);
              return (
                <g key={dot.key} className={cx('end-dot', on && 'lit')} onPointerEnter={() => hovered.set(dot.plans[0] ?? null)} onPointerLeave={() => hovered.set(null)} onClick={() => dot.plans[0] && select(dot.plans[0])}>
                  <rect x={x - wide / 2} y={y - 8.5} width={wide} height={17} rx={8.5} />
                  <text x={x} y={y + 3.6} textAnchor="middle">{dotText(dot)}</text>
                  <title>{`${dot.name} (${dot.letters.join(', ')})`}</title>
                </g>
              );
            })}
            {labels.map((it) => (
              <text key={it.key} x={it.x} y={it.y + 3.8} textAnchor={it.anchor} className={cx('label', it.key.startsWith('passage:') ? 'passage-label' : kinds.get(it.key))} direction="ltr">{it.text}</text>
            ))}
          </svg>
          <ul className="legend" aria-label={t('legend')}>
            {modes.map((it) => (
              <li key={it}>
                <svg width="26" height="8" aria-hidden className={cx('way', it)}>{it === 'rail' && <path d="M0 4h26" className="bed" />}<path d="M0 4h26" className="line" /></svg>
                {t(`mode-${it}`)}
              </li>
            ))}
            {passages.length > 0 && <li><svg width="10" height="8" aria-hidden><path className="passage" d="M1.500 4L5 .5L8.500 4L5 7.500z" /></svg>{t('map-passage')}</li>}
            <li className="muted">{t('map-credit')}</li>
          </ul>
          <p className="sr-only">
            {plans.map((plan) => t('map-plan-text', { letter: letters.get(plan.id) ?? '', economy: economy(sell ? plan.destination : plan.origin), way: plan.labels['way'] ?? '', days: format.number(plan.arrival.days[1]) })).join(' ')}
          </p>
        </div>
      )}
    </Figure>
  );
});

const dotText = (dot: Dot) => (dot.letters.length > 3 ? `${dot.letters[0]} +${dot.letters.length - 1}` : dot.letters.join(' '));
const dotWidth = (dot: Dot) => (dot.kind === 'end' ? Math.max(17, textWidth(dotText(dot), 10) + 10) : 12);
