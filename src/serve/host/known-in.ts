import type { Memory } from '../../memory/memory.ts';
import { noFields } from '../../slate/fields.ts';
import type { Host } from '../host.ts';

/** Items and users of the memory that answers when they are asked for. */
export const knownIn = (memory: () => Pick<Memory, 'items' | 'userIds' | 'userFields'>): Host['known'] => ({
  item(id) {
    const fields = memory().items.fieldsOf(id);
    return fields && { id, fields };
  },
  *items() {
    for (const [, id, fields] of memory().items.entries()) yield { id, fields };
  },
  *users() {
    const now = memory();
    for (const id of now.userIds()) yield { id, fields: now.userFields(id) ?? noFields };
  },
});
