import { expectedCalibrationError } from './calibration-error.ts';
import { type Metric, orNothing } from './metric.ts';
import { probabilitiesOf } from './scored-part.ts';

export const listCalibrationErrorMetric: Metric = {
  kind: 'metric',
  name: 'listCalibrationError',
  title: 'list calibration error',
  head: 'list calibr. error',
  meaning:
    'expected calibration error of the chance of any click, 15 bins of equal mass (no interval: resampling biases it)',
  group: 'lists',
  higherIsBetter: false,
  range: [0, 1],
  toldIn: [],
  ofPart: ({ lists: { anyClickLogitB, clickedB } }) =>
    orNothing(expectedCalibrationError(probabilitiesOf({ scale: 'logit', valueS: anyClickLogitB }), clickedB)),
};
