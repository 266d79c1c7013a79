import type { z } from 'zod';
import type { OpenPolicy, PolicyTask } from './policy.ts';

/** A kind of exploring policy: its name, what it may be told, and how it draws. */
export interface PolicyKind<O = unknown> {
  readonly name: string;
  /** Keys of its options, each with its schema. */
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** Itself and its options as logs name it, one line. */
  text(options: O, generator: string): string;
  open(task: PolicyTask, options: O): Promise<OpenPolicy>;
}

/** A kind as the registry lists it. */
export const definePolicy = <O>(kind: PolicyKind<O>): PolicyKind<O> => kind;
