/** Legend: N candidates, T places, W width. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY, type Places } from '../../slate/places.ts';
import type { ValuedSlate } from '../generator.ts';
import { type BeamSearch, searchBeams } from './beam-search.ts';

/** Any slate of N candidates that holds none twice. */
const free = ({ N, T, W }: { N: number; T: number; W: number }): BeamSearch => ({
  start: new Int32Array(T).fill(EMPTY),
  choices: (places) => Array.from({ length: N }, (_, n) => n).filter((n) => !places.includes(n)),
  width: W,
});

/** Few different values, so that many are equal; of the order and of the company. */
const coarse =
  (seed: number) =>
  (places: Places): number =>
    places.reduce((sum, n, t) => (n === EMPTY ? sum : (sum * 31 + (n + seed) * (t + 3)) % 7), seed % 5);

const asked =
  (worths: readonly ((places: Places) => number)[]) =>
  async (grown: readonly (readonly Places[])[]): Promise<readonly Float64Array[]> =>
    grown.map((slates, at) => Float64Array.from(slates, worths[at]));

/** By plain loops: of everything the beam can grow to, the first that is worth most, W times over. */
function naiveBeam({ N, T, W }: { N: number; T: number; W: number }, worth: (places: Places) => number): ValuedSlate[] {
  let beam: ValuedSlate[] = [{ places: new Int32Array(T).fill(EMPTY), value: 0 }];
  for (let t = 0; t < T; t++) {
    const grown: ValuedSlate[] = [];
    for (const { places } of beam)
      for (let n = 0; n < N; n++) {
        if (places.includes(n)) continue;
        const next = places.slice();
        next[t] = n;
        grown.push({ places: next, value: worth(next) });
      }
    if (grown.length === 0) return beam;
    beam = [];
    while (beam.length < W && grown.length > 0) {
      let best = 0;
      for (let at = 1; at < grown.length; at++) if (grown[at].value > grown[best].value) best = at;
      beam.push(...grown.splice(best, 1));
    }
  }
  return beam;
}

const sizes = fc.record({
  N: fc.integer({ min: 1, max: 6 }),
  T: fc.integer({ min: 1, max: 4 }),
  W: fc.integer({ min: 1, max: 9 }),
  seed: fc.nat(1000),
});

describe('beams in step', () => {
  it('hold what each holds by itself, of equal slates the earlier, whatever else is searched', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sizes, { minLength: 1, maxLength: 4 }), async (all) => {
        const worths = all.map(({ seed }) => coarse(seed));
        const found = await searchBeams(all.map(free), asked(worths));
        expect(found).toEqual(all.map((size, at) => naiveBeam(size, worths[at])));
      }),
    );
  });

  it('are asked about together, once for each place', async () => {
    const questions: number[][] = [];
    const value = asked([coarse(1), coarse(2)]);
    await searchBeams([free({ N: 4, T: 3, W: 2 }), free({ N: 3, T: 2, W: 5 })], (grown) => {
      questions.push(grown.map(({ length }) => length));
      return value(grown);
    });
    expect(questions).toEqual([
      [4, 3],
      [6, 6],
      [4, 0],
    ]);
  });

  it('find the best slate where nothing is lost', async () => {
    const worth = ([a, b]: Places): number => Math.sin(5 * a + 3 * b) * (b === EMPTY ? 0 : 1);
    const [[best]] = await searchBeams([free({ N: 6, T: 2, W: 6 })], asked([worth]));
    const every = [0, 1, 2, 3, 4, 5].flatMap((a) =>
      [0, 1, 2, 3, 4, 5].filter((b) => b !== a).map((b) => worth(Int32Array.of(a, b))),
    );
    expect(best.value).toBe(Math.max(...every));
  });

  it('leave places empty where candidates run out', async () => {
    const [[best]] = await searchBeams([free({ N: 2, T: 3, W: 4 })], asked([coarse(1)]));
    expect([[...best.places.slice(0, 2)].sort(), best.places[2]]).toEqual([[0, 1], EMPTY]);
  });

  it('value a start that is whole already', async () => {
    const search = { ...free({ N: 3, T: 2, W: 1 }), start: Int32Array.of(2, 0) };
    expect(await searchBeams([search], asked([() => 7]))).toEqual([[{ places: Int32Array.of(2, 0), value: 7 }]]);
  });

  it('order slates of minus infinity, and refuse what is no number', async () => {
    const search = free({ N: 3, T: 1, W: 2 });
    const [beam] = await searchBeams([search], asked([() => -Infinity]));
    expect(beam.map(({ places: [n] }) => n)).toEqual([0, 1]);
    await expect(searchBeams([search], asked([() => Number.NaN]))).rejects.toThrow(
      'withValues: slate [0] has the value NaN, expected a number',
    );
  });
});
