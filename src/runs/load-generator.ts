import type { Replay } from '../features/replay.ts';
import type { Generator } from '../generate/generator.ts';
import { generatorNamed, generators } from '../generate/generators.ts';
import { loadPointer } from '../generate/pointer-folder.ts';
import { createPointerGenerator } from '../generate/pointer-generator.ts';
import { InputError } from '../slate/input-error.ts';

/** A generator at work: the pointer brings a memory of its own and holds a session. */
export interface LoadedGenerator {
  readonly generator: Generator;
  readonly replay?: Replay;
  close(): Promise<void>;
}

/** Every generator by name: those that search, and the one that learned. */
export const generatorNames: readonly string[] = [...Object.keys(generators), 'pointer'];

export async function loadGenerator(name: string, pointerFolder: string | undefined): Promise<LoadedGenerator> {
  if (name !== 'pointer') return { generator: generatorNamed(name), close: async () => {} };
  if (pointerFolder === undefined)
    throw new InputError(
      '--generator pointer: expected --pointer <folder>, found none; make one with slatewise train <data> --recipe exact-k-pointer --scorer <model> --out <folder>',
    );
  const stored = await loadPointer(pointerFolder);
  const { features, replay } = stored.scorer;
  const pointer = await createPointerGenerator({ model: stored.model, features, replay });
  return { generator: pointer, replay, close: () => pointer.close() };
}
