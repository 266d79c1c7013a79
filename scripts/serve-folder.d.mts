/** Serves a folder as any file server does: where it is then, and how to end it. */
export function serveFolder(
  folder: string,
  options?: { readonly port?: number },
): Promise<{ readonly url: string; close(): Promise<unknown> }>;
