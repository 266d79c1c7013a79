/** The schemas that the documents of the server name. */
import type { z } from 'zod';

export interface Naming {
  readonly id: string;
  readonly description: string;
  /** What documents say in its place, where the server takes more than is told there. */
  readonly told?: z.ZodType;
}

const names = new WeakMap<z.ZodType, Naming>();

/** Gives a schema its name: documents and the client's types are made from all that have one. */
export function namedSchema<S extends z.ZodType>(id: string, description: string, schema: S, told?: z.ZodType): S {
  names.set(schema, { id, description, ...(told ? { told } : {}) });
  return schema;
}

/** The name of a schema that has one. */
export const schemaNaming = (schema: z.ZodType): Naming | undefined => names.get(schema);
