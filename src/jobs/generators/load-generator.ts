import { type Generator, otherObjective } from '../../generate/generator.ts';
import { generatorNamed } from '../../generate/generators.ts';
import { loadPointer } from '../../generate/pointer/pointer-folder.ts';
import { createPointerGenerator } from '../../generate/pointer/pointer-generator.ts';
import type { Memory } from '../../memory/memory.ts';
import type { LoadOptions, StoredModel } from '../../scoring/model-folder.ts';
import { InputError } from '../../slate/input-error.ts';

/** A generator at work: the pointer brings a memory of its own and holds a session. */
export interface LoadedGenerator {
  readonly generator: Generator;
  readonly memory?: Memory;
  /** The scorer that taught the pointer: what it knows, the pointer knows. */
  readonly taught?: { readonly folder: string; readonly scorer: StoredModel };
  close(): Promise<void>;
}

export interface LoadGeneratorOptions {
  /** Folder of the generator `pointer`; the others need none. */
  readonly pointer?: string | undefined;
  /** What the pointer remembers: all that its folder holds, or nothing yet, for a walk that fills it (`evaluateOnLog` on held-out lists). */
  readonly memory?: 'stored' | 'empty';
  /** What the scorer that taught it may be. */
  readonly kinds?: LoadOptions;
}

/** Throws `InputError` for an unknown name, or a pointer without its folder. */
export async function loadGenerator(
  name: string,
  { pointer: folder, memory = 'stored', kinds = {} }: LoadGeneratorOptions = {},
): Promise<LoadedGenerator> {
  if (name !== 'pointer') return { generator: generatorNamed(name), close: async () => {} };
  if (folder === undefined)
    throw new InputError(
      '--generator pointer: expected --pointer <folder>, found none; make one with npx slatewise train <data> --recipe exact-k-pointer --scorer <model> --out <folder>',
      'invalid-option',
    );
  const stored = await loadPointer(folder, kinds);
  const { features, encoder } = stored.scorer;
  const known = memory === 'empty' ? stored.scorer.memory.emptied() : stored.scorer.memory;
  const pointer = await createPointerGenerator({
    model: stored.model,
    features,
    encoder,
    memory: known,
    objective: stored.card.objective,
  });
  return { generator: pointer, memory: known, taught: { folder, scorer: stored.scorer }, close: () => pointer.close() };
}

/** What is to be said of a generator that cannot heed the diversity that is asked for. */
export const noDiversityText = ({ name, learnedObjective }: Generator, diversity: number): string | undefined =>
  learnedObjective === undefined || diversity === 0
    ? undefined
    : `--generator ${name}: it learned nothing of --diversity; its slates are only valued by it: choose another generator for diverse ones`;

/** What is to be said of a generator that learned to maximise something else than what is asked for. */
export function otherObjectiveText(generator: Generator, asked: string): string | undefined {
  const learned = otherObjective(generator, asked);
  if (learned === undefined) return undefined;
  return `--generator ${generator.name}: it learned to maximise ${learned}, and does so here; its slates are only valued by ${asked}: teach one with npx slatewise train <data> --recipe exact-k-pointer --scorer <model> --objective ${asked} --out <folder>`;
}
