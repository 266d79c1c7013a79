/** What a list is told by. */
export interface PrintedList {
  readonly user: string;
  readonly items: readonly { readonly id: string }[];
}

/** User and items of a list as one number (FNV-1a over their letters): with id and time enough to tell whether another list is the same. */
export function listPrint({ user, items }: PrintedList): number {
  let hash = 0x811c9dc5;
  const mix = (text: string): void => {
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0x10000, 0x01000193);
  };
  mix(user);
  for (const { id } of items) mix(id);
  return hash;
}
