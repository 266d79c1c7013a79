import fc from 'fast-check';
import { expect, it } from 'vitest';
import { segmentsInMemory } from './user-segments.ts';
import { createUsers, type MemoryUsers } from './users.ts';

const HOT = 16;
const small = (): MemoryUsers => createUsers(2, { hotUsers: HOT, segments: segmentsInMemory(2000) });
const namesOf = (users: MemoryUsers): readonly string[] => Array.from(users.entries(), ([id]) => id);

/** Changes all sorts of numbers of a user, by a number. */
function change(users: MemoryUsers, id: string, by: number): void {
  const user = users.toChange(id);
  user.impressions++;
  user.expected += by / 3;
  user.lastImpression = by;
  user.leanings[by % 2] -= by / 7;
  if (user.clicked.length < 9) user.clicked.unshift(by);
}

it('few are as they are, all are as if they were', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(60), fc.nat(9)), { minLength: 100, maxLength: 600 }), (steps) => {
      const [users, plain] = [small(), createUsers(2, { hotUsers: 1000 })];
      for (const [who, what] of steps) {
        const id = `u${who}`;
        for (const each of [users, plain]) {
          if (what === 0) each.delete(id);
          else if (what > 2) change(each, id, what * who);
        }
        expect(users.get(id)).toEqual(plain.get(id));
      }
      expect(Array.from(users.entries())).toEqual(Array.from(plain.entries()));
      expect(users.size).toBe(plain.size);
    }),
    { numRuns: 60 },
  );
});

it('asking about nobody adds nobody, and who was forgotten comes back as another, at the end', () => {
  const users = small();
  for (let n = 0; n < 50; n++) change(users, `u${n}`, n);
  expect([users.get('nobody'), users.size]).toEqual([undefined, 50]);
  const life = users.get('u3')?.life;
  expect([users.delete('u3'), users.delete('u3'), users.get('u3')]).toEqual([true, false, undefined]);
  change(users, 'u3', 1);
  expect(users.get('u3')).toMatchObject({ impressions: 1, expected: 1 / 3 });
  expect(users.get('u3')?.life).not.toBe(life);
  expect(namesOf(users).at(-1)).toBe('u3');
});

it('what was captured is of its moment, and users made of it are the same', () => {
  const users = small();
  for (let n = 0; n < 80; n++) change(users, `u${n}`, n);
  const before = structuredClone(Array.from(users.entries()));
  const captured = users.capture();
  for (let n = 0; n < 400; n++) change(users, `u${n % 100}`, n);
  for (let n = 0; n < 40; n++) users.delete(`u${n}`);
  const again = small();
  for (const [id, packed] of captured.entries()) again.restore(id, packed.slice());
  captured.release();
  expect(Array.from(again.entries())).toEqual(before);
});
