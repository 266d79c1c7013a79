import { describe, expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import { driftOfFields, listSignal, probes, type TwoParts } from './column-checks.ts';
import type { Column, ShownSlots } from './columns.ts';

const K = 5;

/** Lists of five with labels drawn at a rate that a value may decide. */
function part(
  lists: number,
  seed: number,
  rate: (value: number) => number,
): ShownSlots & { readonly valueS: Float64Array } {
  const rng = createRng(seed);
  const slots = lists * K;
  const valueS = Float64Array.from({ length: slots }, () => rng.next());
  const places = Int32Array.from({ length: slots }, (_, slot) => slot);
  return {
    valueS,
    lists: Int32Array.from({ length: lists }, (_, b) => b),
    offsets: Int32Array.from({ length: lists + 1 }, (_, b) => b * K),
    labelS: Uint8Array.from(valueS, (value) => Number(rng.next() < rate(value))),
    userB: Int32Array.from({ length: lists }, (_, b) => b % 40),
    listS: places.map((slot) => Math.floor(slot / K)),
    ...{ positionS: places.map((slot) => slot % K), itemRateS: new Float32Array(slots), itemS: places, placeS: places },
  };
}

const number = (name: string, of: (slot: number) => number): Column => ({
  name,
  field: `item.${name}`,
  isOfList: false,
  number: of,
});
const tokens = (name: string, of: (slot: number) => number[]): Column => ({
  name,
  field: `item.${name}`,
  isOfList: false,
  tokens: of,
});

/** The value, chance alone, a token of the value's half, and the label itself. */
const columnsOf = (slots: ReturnType<typeof part>, shift = 0): readonly Column[] => [
  number('value', (slot) => slots.valueS[slot] + shift),
  number('chance', (slot) => (slot * 7919) % 101),
  tokens('half', (slot) => [slots.valueS[slot] < 0.5 ? 1 : 2]),
  number('label', (slot) => slots.labelS[slot]),
];

function parts(rate: (value: number) => number, shift = 0): TwoParts {
  const [train, validation] = [part(400, 1, rate), part(200, 2, rate)];
  const after = columnsOf(validation, shift);
  return {
    train,
    validation,
    columns: columnsOf(train).map((column, at) => ({ train: column, validation: after[at] })),
  };
}

describe('a column alone', () => {
  it('that is the label has an area of 1, one of chance about one half, and those between lie between', () => {
    // No straight line: clicks where the value is in the middle.
    const found = probes(parts((value) => (Math.abs(value - 0.5) < 0.25 ? 0.6 : 0.05)));
    const areaOf = (name: string) => found.find(({ column }) => column === name)?.validationAuc ?? Number.NaN;
    expect(found[0]).toEqual({ column: 'label', field: 'item.label', validationAuc: 1 });
    expect(areaOf('value')).toBeGreaterThan(0.75);
    expect(Math.abs(areaOf('chance') - 0.5)).toBeLessThan(0.08);
    expect(Math.abs(areaOf('half') - 0.5)).toBeLessThan(0.08);
  });

  it('orders lists where clicks follow it, and none does where nothing decides them', () => {
    const slots = part(300, 3, (value) => value);
    const columns = columnsOf(slots).slice(0, 3);
    expect(listSignal(slots, columns)).toMatchObject({
      column: 'value',
      columns: 4,
      probability: expect.closeTo(0, 6),
    });
    let found = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const chance = part(100, seed, () => 0.3);
      if (listSignal(chance, columnsOf(chance).slice(0, 3)).probability < 0.05) found++;
    }
    expect(found).toBeLessThanOrEqual(8);
  });

  it('has moved where validation shows other values, and not more than chance where it shows the same', () => {
    const still = driftOfFields(parts(() => 0.3));
    const moved = driftOfFields(parts(() => 0.3, 0.3));
    expect(moved[0].field).toBe('item.value');
    expect(moved[0].psi).toBeGreaterThan(0.25);
    expect(moved[0].psi).toBeGreaterThan(3 * moved[0].byChance);
    for (const { field, psi, byChance } of still) {
      if (field === 'item.chance') continue;
      expect(psi).toBeLessThan(3 * byChance + 0.01);
    }
  });
});
