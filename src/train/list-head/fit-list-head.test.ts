import { expect, it } from 'vitest';
import { logLossOfLogit } from '../../metrics/log-loss.ts';
import { createRng } from '../../random/rng.ts';
import { anyClickLogit } from '../../scoring/list-head/correlated-clicks.ts';
import { listLogit, spreadOf } from '../../scoring/list-head/list-head.ts';
import { fitListHead, type JudgedLists } from './fit-list-head.ts';

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** Lists of 3 to 10 items whose clicks share a factor of this spread. */
function drawLists(count: number, { spread, seed }: { spread: number; seed: number }): JudgedLists {
  const rng = createRng(seed);
  const logitsB = Array.from({ length: count }, () => {
    const level = rng.normal() - 2;
    return Float32Array.from({ length: 3 + Math.floor(8 * rng.next()) }, () => level + rng.normal());
  });
  const gain = Math.sqrt(1 + (Math.PI * spread ** 2) / 8);
  const clickedB = logitsB.map((logitsK) => {
    const u = rng.normal();
    return Number(Array.from(logitsK, (z) => rng.next() < sigmoid(gain * z + spread * u)).some(Boolean));
  });
  return { logitsB, clickedB, ownLogitB: logitsB.map((logitsK) => anyClickLogit(logitsK, 0)) };
}

const lossOf = (lists: JudgedLists, logit: (logitsK: ArrayLike<number>, own: number) => number): number =>
  lists.logitsB.reduce(
    (sum, logitsK, b) => sum + logLossOfLogit(logit(logitsK, lists.ownLogitB[b]), lists.clickedB[b]),
    0,
  ) / lists.logitsB.length;

it('finds how much clicks come together', () => {
  for (const spread of [0.5, 1.5]) {
    const head = fitListHead(drawLists(4000, { spread, seed: 1 }), { hasOwnLogit: false });
    expect(head.form).toBe('correlated');
    if (head.form !== 'correlated') return;
    const typical = spreadOf(head, [-2, -1, -3, -2]);
    expect(typical).toBeGreaterThan(0.7 * spread);
    expect(typical).toBeLessThan(1.4 * spread);
  }
});

it('loses nothing where clicks are independent, and gains where they are not', () => {
  const gainOf = (spread: number): number => {
    const head = fitListHead(drawLists(1000, { spread, seed: 2 }), { hasOwnLogit: false });
    const later = drawLists(3000, { spread, seed: 3 });
    return lossOf(later, (_, own) => own) - lossOf(later, (logitsK, own) => listLogit(head, logitsK, own));
  };
  expect(gainOf(0)).toBeGreaterThan(-1e-9);
  expect(gainOf(2)).toBeGreaterThan(0.02);
});

it("calibrates a scorer's own logit of the list where the items say nothing", () => {
  const lists = drawLists(3000, { spread: 0, seed: 4 });
  const logitsB = lists.logitsB.map(() => [-1, -1]);
  const overconfident = { ...lists, logitsB, ownLogitB: Array.from(lists.ownLogitB, (logit) => 2 * logit + 1) };
  const head = fitListHead(overconfident, { hasOwnLogit: true });
  expect(head).toMatchObject({ form: 'calibrated' });
  if (head.form !== 'calibrated') return;
  expect(head.slope).toBeGreaterThan(0.4);
  expect(head.slope).toBeLessThan(0.6);
  expect(listLogit(head, [-1, -1], 2 * 1.5 + 1)).toBeCloseTo(1.5, 0);
});

it('goes by the items where the own logit of the list says nothing, or the opposite', () => {
  const lists = drawLists(3000, { spread: 0, seed: 6 });
  const later = drawLists(3000, { spread: 0, seed: 7 });
  const independent = lossOf(later, (_, own) => own);
  const rng = createRng(8);
  const noise = (): number => rng.normal();
  for (const ownOf of [noise, (logit: number) => -logit]) {
    const head = fitListHead({ ...lists, ownLogitB: Array.from(lists.ownLogitB, ownOf) }, { hasOwnLogit: true });
    if (head.form === 'calibrated') expect(Math.min(head.slope, head.items?.slope ?? 0)).toBeGreaterThanOrEqual(0);
    const told = lossOf(later, (logitsK, own) => listLogit(head, logitsK, ownOf(own)));
    expect(told - independent).toBeLessThan(0.003);
  }
});

it('takes clicks for independent where they are, on many logs, and on few lists', () => {
  const heads = Array.from({ length: 20 }, (_, n) =>
    fitListHead(drawLists(800, { spread: 0, seed: 100 + n }), { hasOwnLogit: false }),
  );
  const independent = heads.filter((head) => head.form === 'correlated' && spreadOf(head, [-2, -1]) < 1e-9).length;
  // Three weights gain more than three nats of nothing in a tenth of the cases or fewer.
  expect(independent).toBeGreaterThanOrEqual(18);
  const lists = drawLists(800, { spread: 0, seed: 100 });
  for (const [b, logitsK] of lists.logitsB.slice(0, 20).entries())
    expect(listLogit(heads[0], logitsK, 0)).toBeCloseTo(lists.ownLogitB[b], 9);
});

it('says what it would without data where there are no lists, or all are alike', () => {
  const none: JudgedLists = { logitsB: [], clickedB: [], ownLogitB: [] };
  expect(fitListHead(none, { hasOwnLogit: false })).toMatchObject({ weightsW: [-30, 0, 0] });
  expect(fitListHead(none, { hasOwnLogit: true })).toEqual({
    form: 'calibrated',
    intercept: 0,
    slope: 1,
  });
  const alike = Array.from({ length: 50 }, () => [-1, -1]);
  for (const clicked of [0, 1]) {
    const head = fitListHead(
      { logitsB: alike, clickedB: alike.map(() => clicked), ownLogitB: alike.map(() => 0) },
      { hasOwnLogit: false },
    );
    expect(listLogit(head, [-1, -1], 0)).toSatisfy(Number.isFinite);
  }
});

it('is the same each time', () => {
  const lists = drawLists(500, { spread: 1, seed: 5 });
  expect(fitListHead(lists, { hasOwnLogit: false })).toEqual(fitListHead(lists, { hasOwnLogit: false }));
});
