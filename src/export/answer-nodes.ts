/** From the logits of a scorer's graph to the answers of `score`, as nodes of ONNX, in double precision. Legend: B lists, K items, M knots, Q nodes of a quadrature. */
import type { Calibration, Isotonic } from '../scoring/calibration/calibration.ts';
import { LARGEST_SPREAD, QUADRATURE, SMALLEST_MISS } from '../scoring/list-head/correlated-clicks.ts';
import { type CorrelatedHead, FARTHEST, type ListHead } from '../scoring/list-head/list-head.ts';
import type { GraphWriter } from './graph-writer.ts';

export const OUTPUTS = {
  logits: 'logits',
  probabilities: 'probabilities',
  expectedClicks: 'expected_clicks',
  anyClick: 'any_click',
} as const;

/** What the nodes read: logits as the graph gives them, [B, K] and [B], and 1 where an item is, [B, K]. */
export interface GraphLogits {
  readonly itemLogits: string;
  readonly slateLogit: string;
  readonly mask: string;
}

export function answerNodes(
  writer: GraphWriter,
  { itemLogits, slateLogit, mask }: GraphLogits,
  { calibration, listHead }: { readonly calibration: Calibration; readonly listHead: ListHead },
): void {
  const raw = writer.cast(itemLogits, 'float64');
  const calibrated = writer.cast(calibratedNodes(writer, raw, calibration), 'float32');
  const logits = writer.emit('Mul', [calibrated, mask], { name: OUTPUTS.logits });
  const exact = writer.cast(logits, 'float64');
  const maskBK = writer.cast(mask, 'float64');
  const chance = writer.emit('Mul', [writer.emit('Sigmoid', [exact]), maskBK]);
  writer.cast(chance, 'float32', OUTPUTS.probabilities);
  writer.cast(writer.sum(chance, 1), 'float32', OUTPUTS.expectedClicks);
  const own = writer.cast(slateLogit, 'float64');
  const list = listNodes(writer, { logits: exact, mask: maskBK, own }, listHead);
  writer.cast(writer.emit('Sigmoid', [list]), 'float32', OUTPUTS.anyClick);
}

const number = (writer: GraphWriter, value: number): string => writer.doubles([value], []);

function calibratedNodes(writer: GraphWriter, logits: string, calibration: Calibration): string {
  switch (calibration.form) {
    case 'none':
      return logits;
    case 'temperature':
      return writer.emit('Div', [logits, number(writer, calibration.temperature)]);
    case 'platt':
      return line(writer, logits, calibration);
    case 'isotonic':
      return alongKnots(writer, logits, calibration);
  }
}

const line = (
  writer: GraphWriter,
  value: string,
  { intercept, slope }: { readonly intercept: number; readonly slope: number },
): string => writer.emit('Add', [number(writer, intercept), writer.emit('Mul', [number(writer, slope), value])]);

/** Straight lines between the knots, of slope 1 beyond. */
function alongKnots(writer: GraphWriter, logits: string, { logits: at, calibrated }: Isotonic): string {
  const last = at.length - 1;
  const beyond = (knot: number): string =>
    writer.emit('Sub', [writer.emit('Add', [number(writer, calibrated[knot]), logits]), number(writer, at[knot])]);
  const isBelow = writer.emit('LessOrEqual', [logits, number(writer, at[0])]);
  if (last === 0) return beyond(0);
  const isReached = writer.emit('GreaterOrEqual', [writer.unsqueeze(logits, 2), writer.doubles(at)]);
  const reached = writer.sum(writer.cast(isReached, 'int64'), 2);
  const low = writer.emit('Clip', [
    writer.emit('Sub', [reached, writer.integers([1], [])]),
    writer.integers([0], []),
    writer.integers([last - 1], []),
  ]);
  const from = (values: readonly number[]): string => writer.emit('Gather', [writer.doubles(values), low]);
  const rises = (values: readonly number[]): readonly number[] =>
    values.slice(1).map((value, knot) => value - values[knot]);
  const share = writer.emit('Div', [writer.emit('Sub', [logits, from(at)]), from(rises(at))]);
  const within = writer.emit('Add', [from(calibrated), writer.emit('Mul', [share, from(rises(calibrated))])]);
  const isAbove = writer.emit('GreaterOrEqual', [logits, number(writer, at[last])]);
  return writer.emit('Where', [isBelow, beyond(0), writer.emit('Where', [isAbove, beyond(last), within])]);
}

interface ListLogits {
  readonly logits: string;
  readonly mask: string;
  readonly own: string;
}

/** [B]: `listLogit`. */
function listNodes(writer: GraphWriter, list: ListLogits, head: ListHead): string {
  if (head.form === 'correlated') return correlatedNodes(writer, list, head);
  const own = line(writer, list.own, head);
  if (!head.items) return own;
  const items = correlatedNodes(writer, list, head.items.head);
  return writer.emit('Add', [own, writer.emit('Mul', [number(writer, head.items.slope), items])]);
}

/** `anyClickLogit` at the spread of each list. */
function correlatedNodes(writer: GraphWriter, { logits, mask }: ListLogits, head: CorrelatedHead): string {
  const spread = writer.unsqueeze(writer.unsqueeze(spreadNodes(writer, { logits, mask }, head), 1), 2);
  const squared = writer.emit('Mul', [spread, spread]);
  const gain = writer.emit('Sqrt', [
    writer.emit('Add', [number(writer, 1), writer.emit('Mul', [squared, number(writer, Math.PI / 8)])]),
  ]);
  const { nodeQ, logWeightQ } = QUADRATURE;
  const logitBKQ = writer.emit('Add', [
    writer.emit('Mul', [gain, writer.unsqueeze(logits, 2)]),
    writer.emit('Mul', [spread, writer.doubles(nodeQ, [1, 1, nodeQ.length])]),
  ]);
  const missBKQ = writer.emit('Mul', [softplus(writer, logitBKQ), writer.unsqueeze(mask, 2)]);
  const logNoneBQ = writer.emit('Sub', [writer.doubles(logWeightQ), writer.sum(missBKQ, 1)]);
  const largest = reduced(writer, 'ReduceMax', logNoneBQ, 1);
  const others = writer.emit('Exp', [writer.emit('Sub', [logNoneBQ, writer.unsqueeze(largest, 1)])]);
  const logNone = writer.emit('Add', [largest, writer.emit('Log', [writer.sum(others, 1)])]);
  const bounded = writer.emit('Min', [logNone, number(writer, -SMALLEST_MISS)]);
  return writer.emit('Sub', [writer.emit('Log', [oneLessExp(writer, bounded)]), bounded]);
}

/** 1 - e^x of x below 0: by its series where the difference would lose its digits. */
function oneLessExp(writer: GraphWriter, value: string): string {
  const half = writer.emit('Mul', [writer.emit('Mul', [value, value]), number(writer, 0.5)]);
  const series = writer.emit('Neg', [writer.emit('Add', [value, half])]);
  const plain = writer.emit('Sub', [number(writer, 1), writer.emit('Exp', [value])]);
  return writer.emit('Where', [writer.emit('Greater', [value, number(writer, -1e-5)]), series, plain]);
}

function softplus(writer: GraphWriter, value: string): string {
  const small = writer.emit('Exp', [writer.emit('Neg', [writer.emit('Abs', [value])])]);
  const log = writer.emit('Log', [writer.emit('Add', [number(writer, 1), small])]);
  return writer.emit('Add', [writer.emit('Max', [value, number(writer, 0)]), log]);
}

/** [B]: `spreadOf`. */
function spreadNodes(
  writer: GraphWriter,
  { logits, mask }: Pick<ListLogits, 'logits' | 'mask'>,
  { weightsW, center, scale }: CorrelatedHead,
): string {
  const mean = writer.emit('Div', [writer.sum(logits, 1), writer.sum(mask, 1)]);
  const isThere = writer.emit('Greater', [mask, number(writer, 0)]);
  const present = writer.emit('Where', [isThere, logits, number(writer, -1e30)]);
  const largest = reduced(writer, 'ReduceMax', present, 1);
  const parts = [mean, largest].map((value, at) => {
    const distance = writer.emit('Div', [
      writer.emit('Sub', [value, number(writer, center[at])]),
      number(writer, scale[at]),
    ]);
    const near = writer.emit('Clip', [distance, number(writer, -FARTHEST), number(writer, FARTHEST)]);
    return writer.emit('Mul', [number(writer, weightsW[at + 1]), near]);
  });
  const log = parts.reduce((sum, part) => writer.emit('Add', [sum, part]), number(writer, weightsW[0]));
  return writer.emit('Min', [writer.emit('Exp', [log]), number(writer, LARGEST_SPREAD)]);
}

const reduced = (writer: GraphWriter, opType: string, value: string, axis: number): string =>
  writer.emit(opType, [value, writer.integers([axis])], { attributes: { keepdims: 0 } });
