import type { EffectsReport, PairFamily, TestAnswer } from '../../measure/effects-report.ts';

/** The first line of the file. Changes are in points of click probability. */
export const EFFECTS_CSV_HEAD =
  'kind,from,to,name,change,low,high,p,confirmed,showings,showings_with,users,model_change';

/**
 * Every question and its answer, a row each (RFC 4180): kind `items` or a field: a pair; kind `classical`: to an item in the situation `name`. Of a field also all other pairs of partners, without p; and with `to` empty,
 * what a partner does to all the others.
 */
export function effectsCsv({ families, classical }: EffectsReport): string {
  const rows = [
    ...families.flatMap(familyRows),
    ...(classical?.effects ?? []).map((effect) => ['classical', '', '', effect.name, ...answerCells(effect), '']),
  ];
  return [EFFECTS_CSV_HEAD, ...rows.map((row) => row.map(quoted).join(','))].map((line) => `${line}\r\n`).join('');
}

function familyRows({ by, pairs, partners }: PairFamily): string[][] {
  const tested = new Set(pairs.map(({ from, to }) => JSON.stringify([from, to])));
  const others = (partners?.cells ?? []).filter(({ from, to }) => !tested.has(JSON.stringify([from, to])));
  return [
    ...pairs.map((pair) => [by, pair.from, pair.to, pair.name ?? '', ...answerCells(pair), inPoints(pair.influence)]),
    ...others.map((cell) => [
      ...[by, cell.from, cell.to, '', inPoints(cell.estimate), inPoints(cell.low), inPoints(cell.high), '', ''],
      ...[String(cell.showings), String(cell.present), '', ''],
    ]),
    ...(partners?.partners ?? []).map(({ partner, onOthers }) => [by, partner, '', '', ...answerCells(onOthers), '']),
  ];
}

const answerCells = ({ estimate, low, high, p, confirmed, showings, present, users }: TestAnswer): string[] => [
  ...[inPoints(estimate), inPoints(low), inPoints(high), String(Number(p.toPrecision(4))), confirmed ? 'yes' : 'no'],
  ...[showings, present, users].map(String),
];

const inPoints = (change: number): string => (Number.isFinite(change) ? String(Number((100 * change).toFixed(3))) : '');

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
