import { nodesInOrder } from '../graph/gradients.ts';
import type { EmitOptions, Node, OnnxEmitter } from '../graph/operator.ts';
import type { DropoutMaskAttributes } from '../graph/operators/dropout-mask.ts';
import type { InputAttributes } from '../graph/operators/input.ts';
import { type GraphTensor, graphTensor } from '../graph/tensor.ts';
import { factorsOf, formatShape, type Shape, ShapeError, type TensorType } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import {
  ELEMENT_CODES,
  encodeModel,
  type OnnxConstant,
  type OnnxElementType,
  type OnnxModel,
  type OnnxNode,
  type OnnxValue,
} from './onnx-model.ts';

export interface CompileOptions {
  /** What the graph's floats are at run time; `float64` for gradient checks. */
  readonly float?: 'float32' | 'float64';
  readonly name?: string;
  /** Names for inputs that were made without one: a model's parameters. */
  readonly parameters?: Readonly<Record<string, Tensor>>;
  /** Values of parameters, by name, that become part of the model instead of being fed: the runtime folds what follows from them alone and packs matrices once. */
  readonly constants?: Readonly<Record<string, Float32Array>>;
  /** Parameters that are fed end to end, in this order, as the one input `flatParametersName`: with small micro-batches every input counts. */
  readonly flat?: readonly FlatParameter[];
}

export interface FlatParameter {
  readonly name: string;
  readonly dims: readonly number[];
}

export const flatParametersName = 'parameters';

/** A graph as ONNX bytes, with the names and types of what goes in and out. */
export interface CompiledGraph {
  readonly bytes: Uint8Array;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** The inputs that the session itself fills with random zeros. */
  readonly dropoutMasks: readonly DropoutMask[];
}

export interface DropoutMask extends DropoutMaskAttributes {
  readonly name: string;
}

/** Lowers everything that the named outputs depend on to one ONNX model. Equal constants are written once; dead nodes never. */
export function compileGraph(outputs: Readonly<Record<string, Tensor>>, options: CompileOptions = {}): CompiledGraph {
  const { model, dropoutMasks } = lowerGraph(outputs, options);
  return { bytes: encodeModel(model), inputs: model.inputs, outputs: model.outputs, dropoutMasks };
}

/** The same as nodes and constants, for whoever adds others to them. */
export function lowerGraph(
  outputs: Readonly<Record<string, Tensor>>,
  options: CompileOptions = {},
): {
  readonly model: OnnxModel & { readonly inputs: readonly OnnxValue[] };
  readonly dropoutMasks: readonly DropoutMask[];
} {
  const float = options.float ?? 'float32';
  const ends = Object.entries(outputs).map(([name, tensor]) => [name, graphTensor('compileGraph', tensor)] as const);
  const order = nodesInOrder(ends.map(([, tensor]) => tensor));
  const leaves = nameLeaves(order, options.parameters ?? {});
  const baked = options.constants ?? {};
  const fed = [...leaves].filter(([, name]) => !Object.hasOwn(baked, name));
  const inputs = fed.map(
    ([
      {
        outputs: [tensor],
      },
      name,
    ]) => describeValue(name, tensor),
  );
  const parameters = [...leaves]
    .filter(([, name]) => Object.hasOwn(baked, name))
    .map(([node, name]) => constantOf(name, node.outputs[0]));
  const dropoutMasks = [...leaves]
    .filter(([node]) => node.operator.name === 'dropoutMask')
    .map(([node, name]) => ({ name, ...(node.attributes as DropoutMaskAttributes) }));
  const { emitter, nodes, constants } = createEmitter(float, inputs);
  const flat = splitFlat(options.flat ?? [], inputs, emitter);

  const values = new Map<GraphTensor, string>();
  for (const node of order) {
    const leaf = leaves.get(node);
    const inputNames = node.inputs.map((tensor) => values.get(tensor) as string);
    const outputNames = leaf ? [flat.pieces.get(leaf) ?? leaf] : node.operator.lower(node, inputNames, emitter);
    for (const [index, name] of outputNames.entries()) values.set(node.outputs[index], name);
  }

  const outputValues = ends.map(([name, tensor]) => describeValue(name, tensor));
  const renamed = nameOutputs(nodes, new Map(ends.map(([name, tensor]) => [name, values.get(tensor) as string])));
  const model = {
    name: options.name ?? 'graph',
    nodes: withoutDead(renamed, Object.keys(outputs)),
    constants: [...parameters, ...constants],
    inputs: flat.inputs,
    outputs: outputValues,
  };
  return { model, dropoutMasks };

  function describeValue(name: string, { shape, type }: TensorType): OnnxValue {
    return { name, shape, type: type === 'float32' ? float : type };
  }

  function constantOf(name: string, { shape }: TensorType): OnnxConstant {
    const data = float === 'float32' ? baked[name] : Float64Array.from(baked[name]);
    const dims = shape.map(Number);
    if (dims.reduce((product, extent) => product * extent, 1) !== data.length)
      throw new ShapeError(
        `compileGraph: the constant "${name}" has ${data.length} values, its shape is ${formatShape(shape)}`,
      );
    return { name, type: float, dims, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
  }
}

/** Every leaf that is fed, with its name: its own, that of the parameter it is, or one made from a dropout site's seed. */
function nameLeaves(order: readonly Node[], parameters: Readonly<Record<string, Tensor>>): ReadonlyMap<Node, string> {
  const parameterNames = new Map(
    Object.entries(parameters).map(([name, tensor]) => [graphTensor('compileGraph', tensor).node, name]),
  );
  const leaves = new Map<Node, string>();
  const taken = new Set<string>();
  for (const node of order) {
    const name =
      node.operator.name === 'input'
        ? (parameterNames.get(node) ?? (node.attributes as InputAttributes).name)
        : node.operator.name === 'dropoutMask'
          ? `dropout:${(node.attributes as DropoutMaskAttributes).seed}`
          : null;
    if (name === null) continue;
    if (name === undefined) {
      throw new ShapeError(
        `compileGraph: an input of shape ${formatShape(node.outputs[0].shape)} has no name and is no listed parameter`,
      );
    }
    if (taken.has(name)) throw new ShapeError(`compileGraph: two inputs are called "${name}"`);
    taken.add(name);
    leaves.set(node, name);
  }
  return leaves;
}

/** Cuts the flat vector into the parameters, which then are no inputs: what is fed instead, and which value each name stands for. */
function splitFlat(
  flat: readonly FlatParameter[],
  inputs: readonly OnnxValue[],
  emitter: OnnxEmitter,
): { readonly inputs: readonly OnnxValue[]; readonly pieces: ReadonlyMap<string, string> } {
  if (!inputs.some((each) => flat.some(({ name }) => name === each.name))) return { inputs, pieces: new Map() };
  const lengths = flat.map(({ dims }) => dims.reduce((product, extent) => product * extent, 1));
  const parts = emitter.emitAll('Split', [flatParametersName, emitter.integers(lengths)], flat.length, {
    attributes: { axis: 0 },
  });
  const pieces = flat.map(({ name, dims }, at): [string, string] => [
    name,
    dims.length === 1 ? parts[at] : emitter.reshape(parts[at], dims),
  ]);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const vector: OnnxValue = { name: flatParametersName, shape: [total], type: emitter.float };
  const others = inputs.filter((each) => flat.every(({ name }) => name !== each.name));
  return { inputs: [...others, vector], pieces: new Map(pieces) };
}

/**
 * Gives the values that leave the graph their public names, where they are made. ONNX Runtime runs whatever ends in the last node first: a copy at the end would
 * have it finish the whole backward chain before any weight's gradient, which then finds nothing in the cache. Only a value wanted twice, or one that no node makes,
 * is copied.
 */
function nameOutputs(nodes: readonly OnnxNode[], wanted: ReadonlyMap<string, string>): readonly OnnxNode[] {
  const made = new Set(nodes.flatMap((node) => node.outputs));
  const names = new Map<string, string>();
  const copies: OnnxNode[] = [];
  for (const [name, value] of wanted) {
    if (made.has(value) && !names.has(value)) names.set(value, name);
    else
      copies.push({
        opType: 'Identity',
        domain: '',
        inputs: [names.get(value) ?? value],
        outputs: [name],
        attributes: {},
      });
  }
  const rename = (value: string): string => names.get(value) ?? value;
  const named = nodes.map((node) => ({ ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename) }));
  return [...named, ...copies];
}

/** The nodes that the outputs depend on: a reshape that later reshapes looked through may be left with nobody to read it. */
export function withoutDead(nodes: readonly OnnxNode[], outputs: readonly string[]): readonly OnnxNode[] {
  const read = new Set(outputs);
  const alive: OnnxNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((value) => read.has(value))) continue;
    for (const value of node.inputs) read.add(value);
    alive.push(node);
  }
  return alive.reverse();
}

function createEmitter(
  float: 'float32' | 'float64',
  inputs: readonly OnnxValue[],
): { emitter: OnnxEmitter; nodes: OnnxNode[]; constants: OnnxConstant[] } {
  const nodes: OnnxNode[] = [];
  const constants: OnnxConstant[] = [];
  const known = new Map<string, string>();
  /** What each reshape reads, and the constants that tell a reshape to copy an extent of its own operand. */
  const reshaped = new Map<string, string>();
  const copying = new Set<string>();
  let counter = 0;

  const emitter: OnnxEmitter = {
    float,
    emit: (opType, operands, options) => emitter.emitAll(opType, operands, 1, options)[0],
    emitAll(opType, operands, count, { attributes = {}, domain = '' }: EmitOptions = {}) {
      const outputs = Array.from({ length: count }, () => `v${counter++}`);
      if (opType !== 'Reshape') {
        nodes.push({ opType, domain, inputs: operands, outputs, attributes });
        return outputs;
      }
      // A reshape of a reshape is one, unless it copies an extent of what it reads.
      const [operand, extents] = operands;
      const source = copying.has(extents) ? operand : (reshaped.get(operand) ?? operand);
      reshaped.set(outputs[0], source);
      nodes.push({ opType, domain, inputs: [source, extents], outputs, attributes });
      return outputs;
    },
    floats: (values, dims) =>
      constantOf(float, dims, float === 'float32' ? Float32Array.from(values) : Float64Array.from(values)),
    integers(values) {
      const name = constantOf('int64', [values.length], BigInt64Array.from(values, BigInt));
      if (values.includes(0)) copying.add(name);
      return name;
    },
    cast: (value, to) =>
      emitter.emit('Cast', [value], { attributes: { to: ELEMENT_CODES[to === 'float32' ? float : to] } }),
    reshape(value, shape) {
      const unknown = shape.filter((extent) => typeof extent !== 'number').length;
      const plain = shape.map((extent) => (typeof extent === 'number' ? extent : -1));
      return emitter.emit('Reshape', [value, unknown <= 1 ? emitter.integers(plain) : emitter.extents(shape)]);
    },
    extents(shape) {
      if (shape.every((extent) => typeof extent === 'number')) return emitter.integers(shape as number[]);
      if (shape.length === 1) return extentOf(shape[0]);
      return once(`extents:${shape.join()}`, () =>
        emitter.emit('Concat', shape.map(extentOf), { attributes: { axis: 0 } }),
      );
    },
  };
  return { emitter, nodes, constants };

  function constantOf(
    type: OnnxElementType,
    dims: readonly number[],
    data: Float32Array | Float64Array | BigInt64Array,
  ): string {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const key = data.length <= 16 ? `${type}:${dims.join('x')}:${data.join(',')}` : undefined;
    const earlier = key === undefined ? undefined : known.get(key);
    if (earlier) return earlier;
    const name = `c${constants.length}`;
    constants.push({ name, type, dims, bytes });
    if (key !== undefined) known.set(key, name);
    return name;
  }

  /** The extent of one dimension as an int64 vector of length 1; read once per graph. */
  function extentOf(extent: Shape[number]): string {
    if (typeof extent === 'number') return emitter.integers([extent]);
    return once(`extent:${extent}`, () => {
      const factors = factorsOf(extent);
      return factors.length > 1
        ? factors.map(extentOf).reduce((left, right) => emitter.emit('Mul', [left, right]))
        : readExtent(extent);
    });
  }

  /** The value that `make` emits, emitted at the first call only. */
  function once(key: string, make: () => string): string {
    const earlier = known.get(key);
    if (earlier) return earlier;
    const name = make();
    known.set(key, name);
    return name;
  }

  function readExtent(extent: string): string {
    for (const { name, shape } of inputs) {
      const axis = shape.indexOf(extent);
      if (axis >= 0) return emitter.emit('Shape', [name], { attributes: { start: axis, end: axis + 1 } });
    }
    throw new ShapeError(`compileGraph: no input of the graph has the extent "${extent}"`);
  }
}
