import { InputError } from '../../slate/input-error.ts';

/** When an entry counts as written. `disk`: once it is on disk, whatever happens to the machine; `process`: once the system has it, whatever happens to the process. */
export type Durability = 'disk' | 'process';

/** Throws `InputError` for a durability that there is not. */
export function checkDurability(durability: unknown): asserts durability is Durability | undefined {
  if (durability === undefined || durability === 'disk' || durability === 'process') return;
  throw new InputError(
    `durability: expected "disk" or "process", found ${JSON.stringify(durability)}; name one of them`,
    'invalid-option',
  );
}
