/** Undefined where there is none. */
export function chromiumPath(): string | undefined;
