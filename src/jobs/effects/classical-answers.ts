import { type ConfirmOptions, confirm } from '../../measure/confirm.ts';
import type { ClassicalAnswer, ClassicalFields } from '../../measure/effects-report.ts';
import { classicalEffects, situationsOf } from './classical.ts';
import { showingsOf, type TestShowings } from './test-showings.ts';

/** Asks the test lists for each classical effect: each item in the situation against itself out of it, the other situations being the same. */
export function classicalAnswers(
  test: TestShowings,
  { fields, confirming }: { readonly fields: ClassicalFields; readonly confirming: ConfirmOptions },
): readonly ClassicalAnswer[] {
  const { shown, outcomes } = test.part;
  const situationOf = situationsOf(fields, shown);
  const bitsS = new Map<number, number>();
  for (const [b, items] of shown.entries()) {
    for (let k = 0; k < items.length; k++) {
      const bits = situationOf(items, k);
      // Beside the situations, whether it stands in the upper half of the list: the finer steps of place would leave too little to compare.
      if (bits !== undefined) bitsS.set(outcomes.offsets[b] + k, bits | (Number(2 * k < items.length) << UPPER));
    }
  }
  const bitsOf = (slot: number): number => bitsS.get(slot) ?? 0;
  const answers = confirm(
    classicalEffects.map(({ name, direction }, at) => ({
      ...{ key: name, direction },
      showings: showingsOf(test, {
        slots: [...bitsS.keys()],
        isPresent: (slot) => (bitsOf(slot) & (1 << at)) !== 0,
        patternOf: (slot) => bitsOf(slot) & ~(1 << at),
        byPlace: false,
      }),
    })),
    confirming,
  );
  return answers.map((answer, at) => ({ ...classicalEffects[at], ...answer }));
}

const UPPER = classicalEffects.length;
