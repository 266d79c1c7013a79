/** FNV-1a over the letters of a text, as a signed whole number of 32 bits; `hash`: what it goes on from. */
export function hashLetters(text: string, hash: number = 0x811c9dc5 | 0): number {
  let mixed = hash;
  for (let at = 0; at < text.length; at++) mixed = mixLetter(mixed, text.charCodeAt(at));
  return mixed;
}

/** The same with one letter more, or what stands between two texts. */
export const mixLetter = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);
