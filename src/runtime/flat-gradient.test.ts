import { expect, test } from 'vitest';
import { gradients } from '../graph/gradients.ts';
import { input } from '../graph/leaves.ts';
import { compileGraph } from './compile.ts';
import { flatGradient, flatGradientName } from './flat-gradient.ts';
import { createSession } from './session.ts';

test('gradients of every rank lie end to end, in the order given', async () => {
  const parameters = { matrix: input('matrix', [2, 3]), scalar: input('scalar', []), vector: input('vector', [2]) };
  const { matrix, scalar, vector } = parameters;
  const loss = vector.reshape([1, 2]).matmul(matrix).total().add(scalar.mul(7));
  const found = gradients(loss, [matrix, scalar, vector]).filter((gradient) => gradient !== undefined);
  const session = await createSession(compileGraph({ [flatGradientName]: flatGradient(found) }, { parameters }));
  const values = await session.run({
    matrix: { data: Float32Array.of(1, 2, 3, 4, 5, 6), dims: [2, 3] },
    scalar: { data: Float32Array.of(0), dims: [] },
    vector: { data: Float32Array.of(10, 20), dims: [2] },
  });
  await session.release();
  expect(values[flatGradientName].dims).toEqual([9]);
  expect([...(values[flatGradientName].data as Float32Array)]).toEqual([10, 10, 10, 20, 20, 20, 7, 6, 15]);
});
