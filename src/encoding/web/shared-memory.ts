/** Memory of this thread alone: browsers share none unless a server isolates the page from all others. */
export const sharedMemory = (bytes: number): ArrayBufferLike => new ArrayBuffer(bytes);

export const isShared = (_memory: ArrayBufferLike): boolean => false;
