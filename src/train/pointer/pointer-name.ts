/** What `train --recipe` and a config call the pointer. */
export const POINTER_RECIPE = 'exact-k-pointer';
