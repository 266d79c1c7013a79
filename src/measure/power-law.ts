/** How a loss falls with the number of examples: L(n) = floor + scale n^-exponent (Hestness et al. 2017; Rosenfeld et al., ICLR 2020). */

export interface PowerLaw {
  /** What no number of examples takes away. */
  readonly floor: number;
  /** What one example leaves above the floor; 0 where the loss does not fall. */
  readonly scale: number;
  readonly exponent: number;
}

export interface LossAt {
  /** Examples learned from. */
  readonly count: number;
  readonly loss: number;
}

/** A well-specified model's excess loss falls as 1 / n; slower than n^-0.1 no log is long enough to tell from a constant. */
const [LEAST, MOST, STEPS] = [0.1, 1, 90];

/**
 * Least squares with floor and scale of at least 0: for each exponent of a grid a straight line in n^-exponent, of all these the nearest. Two points at least, of different counts. Throws a
 * RangeError for fewer.
 */
export function fitPowerLaw(points: readonly LossAt[]): PowerLaw {
  const counts = new Set(points.map(({ count }) => count));
  if (counts.size < 2) throw new RangeError(`fitPowerLaw: expected points of 2 counts or more, got ${counts.size}`);
  const unit = Math.max(...counts);
  let [best, nearest]: [PowerLaw | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (let step = 0; step <= STEPS; step++) {
    const exponent = LEAST + ((MOST - LEAST) * step) / STEPS;
    const xN = points.map(({ count }) => (count / unit) ** -exponent);
    const { floor, scale } = lineAbove0(xN, points);
    const squares = points.reduce((sum, { loss }, n) => sum + (loss - floor - scale * xN[n]) ** 2, 0);
    if (squares < nearest)
      [best, nearest] = [{ floor, scale: scale * unit ** exponent, exponent }, squares * (1 - 1e-12)];
  }
  if (!best) throw new RangeError('fitPowerLaw: expected finite losses, got some that are not');
  return best;
}

/** Whether an exponent beyond those tried may be nearer: then the points say little of what lies beyond them. */
export const isAtBound = ({ scale, exponent }: Pick<PowerLaw, 'scale' | 'exponent'>): boolean =>
  scale > 0 && (exponent <= LEAST || exponent >= MOST);

export const lossAt = ({ floor, scale, exponent }: PowerLaw, count: number): number =>
  floor + scale * count ** -exponent;

/** Intercept and slope of least squares, neither below 0. */
function lineAbove0(xN: readonly number[], points: readonly LossAt[]): Pick<PowerLaw, 'floor' | 'scale'> {
  const N = points.length;
  const meanX = xN.reduce((sum, x) => sum + x, 0) / N;
  const meanY = points.reduce((sum, { loss }) => sum + loss, 0) / N;
  let [both, own, raw, square] = [0, 0, 0, 0];
  for (const [n, { loss }] of points.entries()) {
    both += (xN[n] - meanX) * (loss - meanY);
    own += (xN[n] - meanX) ** 2;
    raw += xN[n] * loss;
    square += xN[n] ** 2;
  }
  const scale = both / own;
  if (!(scale > 0)) return { floor: meanY, scale: 0 };
  const floor = meanY - scale * meanX;
  return floor >= 0 ? { floor, scale } : { floor: 0, scale: raw / square };
}
