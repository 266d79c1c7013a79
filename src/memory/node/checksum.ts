import { crc32 } from 'node:zlib';

/** CRC-32 of bytes that follow those whose sum is `before`. */
export const checksum = (bytes: Uint8Array, before: number): number => crc32(bytes, before);
