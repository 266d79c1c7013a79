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
