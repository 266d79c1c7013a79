/**
 * Shapes of symbolic tensors. A dimension is a number, or a name such as `B` or `K` for an extent known only when the graph
 * runs; two dimensions agree when they are the same number or the same name.
 */
export type Dimension = number | string;
/** The extents of a tensor, axis by axis. */
export type Shape = readonly Dimension[];
/** The type of the elements of a tensor. */
export type ElementType = 'float32' | 'int64' | 'bool';

/** What is known of a tensor before its graph runs. */
export interface TensorType {
  readonly shape: Shape;
  readonly type: ElementType;
}

/** The graph cannot be built: the message names the operator and the shapes. A fault of the model's author, not of the user's data. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** `[B, K, 64]`, as error messages print a shape. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** NumPy's broadcasting: align at the right, a 1 stretches, anything else must agree. */
export function broadcastShapes(operator: string, left: Shape, right: Shape): Shape {
  const rank = Math.max(left.length, right.length);
  const result: Dimension[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const a = left[axis - rank + left.length] ?? 1;
    const b = right[axis - rank + right.length] ?? 1;
    if (a !== b && a !== 1 && b !== 1) {
      throw new ShapeError(
        `${operator}: shapes ${formatShape(left)} and ${formatShape(right)} do not broadcast, ${a} against ${b} at axis ${axis}`,
      );
    }
    result.push(a === 1 ? b : a);
  }
  return result;
}

/** An axis counted from the end (-1 is the last) as one counted from the start. */
export function normaliseAxis(operator: string, axis: number, shape: Shape): number {
  const normalised = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || normalised < 0 || normalised >= shape.length) {
    throw new ShapeError(`${operator}: axis ${axis} does not exist in ${formatShape(shape)}`);
  }
  return normalised;
}

export function sameShape(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((dimension, axis) => dimension === right[axis]);
}

/** The extent of several axes joined into one: a number, or a name such as `B*K` or `4*B`. */
export function productOf(shape: Shape): Dimension {
  let product = 1;
  const names: string[] = [];
  for (const dimension of shape) {
    for (const factor of typeof dimension === 'number' ? [dimension] : factorsOf(dimension)) {
      if (typeof factor === 'number') product *= factor;
      else names.push(factor);
    }
  }
  if (names.length === 0) return product;
  return [...(product === 1 ? [] : [product]), ...names.sort()].join('*');
}

/** The numbers and plain names that a dimension is the product of. */
export function factorsOf(dimension: Dimension): readonly Dimension[] {
  if (typeof dimension === 'number') return [dimension];
  return dimension.split('*').map((factor) => (/^\d+$/.test(factor) ? Number(factor) : factor));
}

export function requireType(operator: string, tensor: TensorType, type: ElementType): void {
  if (tensor.type !== type) {
    throw new ShapeError(`${operator}: expected ${type}, got ${tensor.type} of shape ${formatShape(tensor.shape)}`);
  }
}

/** Both operands of one element type, as every element-wise operator of two tensors demands. */
export function requireSameType(operator: string, left: TensorType, right: TensorType): void {
  if (left.type !== right.type) {
    throw new ShapeError(
      `${operator}: element types differ, ${left.type} ${formatShape(left.shape)} and ${right.type} ${formatShape(right.shape)}`,
    );
  }
}
