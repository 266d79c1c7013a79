export interface ScheduleOptions {
  readonly peak: number;
  readonly warmUp: number;
  /** Steps of the whole run. */
  readonly steps: number;
}

/** Learning rate at a step counted from 0: linear warm-up to the peak, then half a cosine down to a twentieth of it. */
export function learningRateAt(step: number, { peak, warmUp, steps }: ScheduleOptions): number {
  if (step < warmUp) return (peak * (step + 1)) / warmUp;
  const progress = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp));
  const floor = 0.05;
  return peak * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
