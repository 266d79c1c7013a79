import type { EpochRecord, PartLoss } from '../../train/epoch-record.ts';
import type { PointerRecord } from '../../train/pointer/pointer-record.ts';

/** What one epoch came to: numbers by names that other tools sort by what stands before the slash. */
export interface EpochValues {
  /** From 1. */
  readonly epoch: number;
  readonly values: Readonly<Record<string, number>>;
}

/** Losses of both parts and every metric on validation. */
export const epochValues = ({ epoch, train, validation, metrics, gradientOnNegatives }: EpochRecord): EpochValues => ({
  epoch,
  values: {
    ...lossValues('train', train),
    'train/gradientOnNegatives': gradientOnNegatives,
    ...lossValues('validation', validation),
    ...Object.fromEntries(Object.entries(metrics).map(([name, value]) => [`validation/${name}`, value])),
  },
});

function lossValues(part: string, { total, terms, logLoss }: PartLoss): Record<string, number> {
  const named = Object.entries(terms).map(([name, value]) => [`${part}/term/${name}`, value] as const);
  return { [`${part}/loss`]: total, [`${part}/logLoss`]: logLoss, ...Object.fromEntries(named) };
}

/** What a pointer learned from, and what its slates are worth on held-out requests. */
export const pointerValues = ({
  epoch,
  imitationLoss,
  sampledValue,
  greedyValue,
  share,
}: PointerRecord): EpochValues => ({
  epoch,
  values: {
    'train/imitationLoss': imitationLoss,
    ...(sampledValue === undefined ? {} : { 'train/sampledValue': sampledValue }),
    'heldOut/greedyValue': greedyValue,
    'heldOut/share': share,
  },
});
