import { expect, it } from 'vitest';
import { z } from 'zod';
import { bce } from './bce.ts';
import { perItem } from './counts.ts';
import { defineLoss, type OwnLoss } from './define-loss.ts';
import { meanWhere } from './slate-loss.ts';

it('is a loss with its options, their defaults and its formula', () => {
  const scaled = defineLoss({
    name: 'scaled',
    schema: { scale: z.number().positive() },
    defaults: { scale: 2 },
    calibrates: 'clicks',
    counts: perItem,
    build: (inputs, { scale }) => bce(inputs).mul(scale),
  });
  expect(scaled).toMatchObject({ kind: 'loss', name: 'scaled', defaults: { scale: 2 }, calibrates: 'clicks' });
  expect(defineLoss({ name: 'plain', counts: perItem, build: bce })).toMatchObject({ schema: {}, defaults: {} });
});

const [build, counts] = [bce, perItem];
type Loose = OwnLoss<string, z.ZodRawShape>;

it.each<[string, Loose, string]>([
  [
    'a name that cannot be one',
    { name: 'my loss', counts, build },
    'loss: expected a name of at most 64 letters, .* found "my loss"; rename it',
  ],
  [
    'no formula',
    { name: 'own', counts, build: undefined as never },
    'loss "own": build: expected a function from tensors to a scalar, found nothing',
  ],
  [
    'defaults that its schemas do not take',
    { name: 'own', schema: { scale: z.number().positive() }, defaults: { scale: -1 }, counts, build },
    'loss "own": defaults: scale: expected number to be >0, found -1',
  ],
  [
    'an option without a default',
    { name: 'own', schema: { scale: z.number() }, counts, build },
    'loss "own": defaults: scale: expected number, found nothing',
  ],
  [
    'an option of every term',
    { name: 'own', schema: { weight: z.number() }, defaults: { weight: 1 }, counts, build },
    'loss "own": expected no option "weight"',
  ],
  [
    'no counts',
    { name: 'own', build } as never,
    'loss "own": counts: expected a function .* such as perItem or perClickedList, found nothing; give one',
  ],
  [
    'no scalar',
    { name: 'own', counts, build: ({ logitsBK }) => logitsBK },
    'loss "own": expected a scalar of float32, found float32 of shape \\[B, K\\]; take its mean',
  ],
  [
    'shapes that do not fit',
    { name: 'own', counts, build: ({ logitsBK, vectorsBKD, maskBK }) => meanWhere(logitsBK.mul(vectorsBKD), maskBK) },
    'loss "own": expected build to answer, found that it threw ShapeError: mul: shapes \\[B, K\\] and \\[B, K, 8\\] do not broadcast',
  ],
])('refuses %s', (_, own, sentence) => {
  expect(() => defineLoss(own)).toThrow(
    expect.objectContaining({
      name: 'InputError',
      code: 'invalid-definition',
      message: expect.stringMatching(`^${sentence}`),
    }),
  );
});

const boom = new Error('boom');
const throws = (): never => {
  throw boom;
};

it.each<[object, string]>([
  [
    { counts: () => undefined },
    'expected counts to return a finite number, 0 or more, found nothing; mend the function',
  ],
  [{ counts: () => -1 }, 'expected counts to return a finite number, 0 or more, found -1'],
  [{ counts: () => Number.NaN }, 'expected counts to return a finite number, 0 or more, found NaN'],
  [{ counts: () => Infinity }, 'expected counts to return a finite number, 0 or more, found Infinity'],
  [{ counts: () => '1' }, 'expected counts to return a finite number, 0 or more, found "1"'],
  [{ counts: async () => 1 }, 'expected counts to return .*, found a promise; write it without async'],
  [{ counts: () => 0 }, 'expected counts to return more than 0 for some list, found 0'],
  [{ counts: throws }, 'expected counts to answer, found that it threw Error: boom'],
  [{ build: async () => 1 }, 'expected build to return a scalar .*, found a promise; write it without async'],
  [{ build: throws }, 'expected build to answer, found that it threw Error: boom'],
  [{ schema: { k: 5 } }, 'schema: k: expected a Zod schema, found 5; write z.number\\(\\) or the like'],
  [{ schema: null }, 'schema: expected an object of Zod schemas such as { gamma: z.number\\(\\) }, found null'],
  [{ schema: z.object({ k: z.number() }) }, 'schema: expected an object of Zod schemas'],
  [{ schema: Promise.resolve({}) }, 'schema: expected an object of Zod schemas .*, found a promise'],
  [{ schema: { k: z.number().refine(throws) }, defaults: { k: 1 } }, 'expected schema to answer, found that it threw'],
  [{ defaults: new Map() }, 'defaults: expected an object such as { gamma: 2 }, found a Map'],
  [{ longestList: 5 }, 'longestList: expected a function, found 5'],
])('tells what is wrong with %o', (part, sentence) => {
  expect(() => defineLoss({ name: 'own', counts, build, ...part } as Loose)).toThrow(
    expect.objectContaining({
      name: 'InputError',
      code: 'invalid-definition',
      message: expect.stringMatching(`^loss "own": ${sentence}`),
    }),
  );
});

it('judges a count whenever it is asked, and keeps what was thrown', () => {
  const odd = defineLoss({ name: 'own', counts: ({ items }) => (items === 7 ? Number.NaN : items), build });
  expect(odd.counts({ items: 3, clicks: 1 }, {})).toBe(3);
  expect(() => odd.counts({ items: 7, clicks: 1 }, {})).toThrow('loss "own": expected counts to return');
  expect(() => defineLoss({ name: 'own', counts: throws, build })).toThrow(expect.objectContaining({ cause: boom }));
});

it.each<[unknown, string]>([
  [undefined, 'found nothing'],
  [Number.NaN, 'found NaN'],
  ['5', 'found "5"'],
])('judges the longest list of a copy that has one: %o', (most, found) => {
  const copy = { name: 'own', counts, build, longestList: () => most } as Loose;
  expect(() => defineLoss(copy).longestList?.({})).toThrow(
    `loss "own": expected longestList to return a number above 0, ${found}`,
  );
});
