/** `12.5 %` of 1/8. */
export const formatShare = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
