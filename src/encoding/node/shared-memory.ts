/** Memory that other threads can read. */
export const sharedMemory = (bytes: number): ArrayBufferLike => new SharedArrayBuffer(bytes);

export const isShared = (memory: ArrayBufferLike): boolean => memory instanceof SharedArrayBuffer;
