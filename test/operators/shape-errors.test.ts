import { describe, expect, it } from 'vitest';
import { gradients } from '../../src/graph/gradients.ts';
import { concat, constant } from '../../src/graph/leaves.ts';
import { compileGraph } from '../../src/runtime/compile.ts';
import { ShapeError } from '../../src/tensor/shape.ts';
import { fed } from '../graph-check.ts';

const bk = fed('bk', ['B', 'K']);
const bkd = fed('bkd', ['B', 'K', 8]);
const uh = fed('uh', ['U', 3]);
const weight = fed('weight', [8, 5]);
const bias = fed('bias', [5]);
const index = fed('index', ['B', 'K'], 'int64');
const truth = fed('truth', ['B', 'K'], 'bool');

/** What is wrong, and what the message must say: the operator and the shapes. */
const faults: readonly (readonly [build: () => unknown, message: RegExp])[] = [
  [() => bk.add(bkd), /^add: shapes \[B, K\] and \[B, K, 8\] do not broadcast, B against K at axis 1$/],
  [() => bk.sub(uh), /^sub: shapes \[B, K\] and \[U, 3\]/],
  [() => bk.mul(uh), /^mul: shapes \[B, K\] and \[U, 3\]/],
  [() => bk.div(uh), /^div: shapes \[B, K\] and \[U, 3\]/],
  [() => bk.maximum(uh), /^maximum: shapes \[B, K\] and \[U, 3\]/],
  [() => bk.greater(uh), /^compare: shapes \[B, K\] and \[U, 3\]/],
  [() => truth.where(bk, uh), /^where: shapes \[B, K\] and \[U, 3\]/],
  [() => uh.maskedFill(truth, 0), /^where: shapes \[B, K\] and \[U, 3\]/],
  [() => bk.broadcastTo(['K']), /^broadcastTo: \[B, K\] does not stretch to \[K\]/],
  [() => bk.matmul(uh), /^matmul: \[B, K\] times \[U, 3\] has no inner axis in common/],
  [() => bk.matmul(uh, { transposeA: true }), /^matmul: \[B, K\] transposed times \[U, 3\]/],
  [() => bias.matmul(weight), /^matmul: \[5\] times \[8, 5\]/],
  [() => bkd.matmul(fed('other', ['C', 8, 2])), /^matmul: shapes \[B\] and \[C\]/],
  [() => bk.linear(weight, bias), /^linear: input \[B, K\], weight \[8, 5\] and bias \[5\] do not fit/],
  [() => bkd.linear(weight, uh), /^linear: input \[B\*K, 8\], weight \[8, 5\] and bias \[U, 3\]/],
  [() => bk.identityLike(), /^identityLike: expected a square matrix, got \[B, K\]/],
  [() => bkd.reshape(['B', 8]), /^reshape: \[B, K, 8\] and \[B, 8\] hold different counts/],
  [() => bkd.permute([0, 2]), /^transpose: \[0, 2\] is no order of the axes of \[B, K, 8\]/],
  [() => bkd.permute([0, 1, 1]), /^transpose: \[0, 1, 1\] is no order of the axes of \[B, K, 8\]/],
  [() => bkd.transpose(0, 3), /^transpose: axis 3 does not exist in \[B, K, 8\]/],
  [() => bkd.slice(-1, 4, 9), /^slice: \[4, 9\) does not fit axis 2 of \[B, K, 8\]/],
  [() => bkd.slice(1, 0, 1), /^slice: \[0, 1\) does not fit axis 1 of \[B, K, 8\]/],
  [() => bkd.padded(1, 0, 1), /^pad: cannot add 0 and 1 to axis 1 of \[B, K, 8\]/],
  [() => concat([bkd, bk], 2), /^concat: \[B, K, 8\] and \[B, K\] do not join along axis 2/],
  [() => concat([bk, bk], 1), /^concat: \[B, K\] and \[B, K\] do not join along axis 1/],
  [() => concat([], 0), /^concat: expected at least one tensor/],
  [() => constant([1, 2, 3], [2, 2]), /^constant: shape \[2, 2\] holds 4 numbers, got 3/],
  [() => bkd.gatherRows(index), /^gatherRows: the table must be \[rows, D\], got \[B, K, 8\]/],
  [() => uh.gatherRows(bk), /^gatherRows: expected int64, got float32 of shape \[B, K\]/],
  [() => uh.scatterRows(index, 'U'), /^scatterRows: \[U, 3\] must be the index shape \[B, K\] plus one axis/],
  [() => bk.mean(), /^mean: the last axis of \[B, K\] must be a number/],
  [() => bkd.columnSums(), /^columnSums: expected \[rows, columns\], got \[B, K, 8\]/],
  [() => bk.scaleRows(bk), /^scaleRows: \[B, K\] is no column beside rows \[B, K\]/],
  [() => bk.standardise(), /^standardise: the last axis of \[B, K\] must be a number/],
  [() => bk.sum(2), /^sum: axis 2 does not exist in \[B, K\]/],
  [() => bk.sum([1, -1]), /^sum: axes \[1, 1\] of \[B, K\] repeat/],
  [() => bk.max(-3), /^max: axis -3 does not exist in \[B, K\]/],
  [() => bk.softmax(2), /^softmax: axis 2 does not exist in \[B, K\]/],
  [() => bk.logSoftmax(0.5), /^logSoftmax: axis 0.5 does not exist in \[B, K\]/],
  [() => index.exp(), /^exp: expected float32, got int64 of shape \[B, K\]/],
  [() => bk.add(index), /^add: element types differ, float32 \[B, K\] and int64 \[B, K\]/],
  [() => bk.where(bk, 0), /^where: expected bool, got float32 of shape \[B, K\]/],
  [() => bk.equal(index), /^compare: element types differ, float32 \[B, K\] and int64 \[B, K\]/],
  [() => compileGraph({ value: bk.add(fed('bk', ['B', 'K'])) }), /^compileGraph: two inputs are called "bk"/],
  [
    () => compileGraph({ value: bk.mul(fed('x', [])).broadcastTo(['L', 'B', 'K']) }),
    /^compileGraph: no input of the graph has the extent "L"/,
  ],
];

describe('a graph that cannot be', () => {
  it.each(faults.map(([build, message]) => ({ build, message })))('$message', ({ build, message }) => {
    expect(build).toThrow(ShapeError);
    expect(build).toThrow(message);
  });

  it('is not differentiated from anything but a scalar', () => {
    expect(() => gradients(bk, [bk])).toThrow(/expected a scalar, got shape \[B, K\]/);
  });
});
