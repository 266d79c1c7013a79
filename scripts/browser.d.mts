import type { Page } from 'playwright-core';

/** Undefined where there is none. */
export function chromiumPath(exists?: (path: string) => boolean): string | undefined;

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  /** Twice as sharp. */
  readonly isSharp?: boolean;
}

/** `use` gets a function that opens a page: of this size in pixels, in this colour scheme. */
export function withBrowser<T>(use: (open: (address: string, look?: Look) => Promise<Page>) => Promise<T>): Promise<T>;
