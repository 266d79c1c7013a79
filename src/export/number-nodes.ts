/** Raw numbers to what a model is fed, as nodes of ONNX: the same formulas as `encoding/encoders/`, in double precision. Legend: n rows, M columns. */
import type { Normaliser } from '../encoding/encoders/normaliser.ts';
import { NORMALISER_CLIP, scalingOf } from '../encoding/encoders/normaliser.ts';
import { NUMBER_CLIP, type NumericEncoder } from '../encoding/encoders/numeric-encoder.ts';
import { DAY } from '../encoding/field-values/time-value.ts';
import type { GraphWriter } from './graph-writer.ts';

/** [n, M] numbers, NaN where there is none, encoded column by column: `encodeNumber`. */
export function encodedNumbers(writer: GraphWriter, raw: string, encoders: readonly NumericEncoder[]): string {
  const row = (values: readonly number[]): string => writer.doubles(values, [1, values.length]);
  const mask = (values: readonly boolean[]): string => writer.booleans(values, [1, values.length]);
  let value = raw;
  if (encoders.some(({ scale }) => scale)) {
    value = writer.emit('Sub', [value, row(encoders.map(({ scale }) => scale?.from ?? 0))]);
    value = writer.emit('Div', [value, row(encoders.map(({ scale }) => scale?.unit ?? 1))]);
  }
  if (encoders.some(({ log }) => log))
    value = writer.emit('Where', [mask(encoders.map(({ log }) => log)), signedLog(writer, value), value]);
  value = writer.emit('Sub', [value, row(encoders.map(({ mean }) => mean))]);
  value = writer.emit('Div', [value, row(encoders.map(({ deviation }) => deviation || 1))]);
  value = clipped(writer, value, NUMBER_CLIP);
  const isDead = mask(encoders.map(({ deviation }) => deviation === 0));
  const isNothing = writer.emit('Or', [writer.emit('IsNaN', [raw]), isDead]);
  return writer.emit('Where', [isNothing, writer.doubles([0], []), value]);
}

/** [n, M] times and [n, 1] now: days between them on a logarithmic scale, 0 where there is no time: `age`. */
export function ages(writer: GraphWriter, times: string, now: string): string {
  const days = writer.emit('Div', [writer.emit('Sub', [now, times]), writer.doubles([DAY], [])]);
  return writer.emit('Where', [writer.emit('IsNaN', [times]), writer.doubles([0], []), signedLog(writer, days)]);
}

/** Columns of single precision, each to its mean and deviation: `normalise`. */
export function normalised(writer: GraphWriter, value: string, normaliser: Normaliser): string {
  const { centres, factors } = scalingOf(normaliser);
  const distance = writer.emit('Sub', [writer.cast(value, 'float64'), writer.doubles(centres)]);
  const scaled = writer.emit('Mul', [distance, writer.doubles(factors)]);
  return writer.cast(clipped(writer, scaled, NORMALISER_CLIP), 'float32');
}

function signedLog(writer: GraphWriter, value: string): string {
  const size = writer.emit('Add', [writer.emit('Abs', [value]), writer.doubles([1], [])]);
  return writer.emit('Mul', [writer.emit('Sign', [value]), writer.emit('Log', [size])]);
}

const clipped = (writer: GraphWriter, value: string, limit: number): string =>
  writer.emit('Clip', [value, writer.doubles([-limit], []), writer.doubles([limit], [])]);
