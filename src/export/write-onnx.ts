import { open, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ExternalData, encodeModel, type OnnxConstant, type OnnxModel } from '../runtime/onnx-model.ts';

/** A protobuf message ends at 2 GB; vocabularies, whose texts cannot lie elsewhere, have what is left. */
const INLINE_BYTES = 1 << 30;
/** Smaller constants stay within the file. */
const SMALL = 1024;
/** A page: a runtime can map what begins at one into memory. */
const PAGE = 4096;

/** What lies beside a model file, where its constants are too large for it. */
export const dataBeside = (path: string): string => `${path}.data`;

/** Writes a graph as one ONNX file, or, where its constants are more than `inlineBytes`, as two. */
export async function encodeTo(
  path: string,
  model: OnnxModel,
  { inlineBytes = INLINE_BYTES }: { readonly inlineBytes?: number } = {},
): Promise<void> {
  const data = dataBeside(path);
  const total = model.constants.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const outside = total > inlineBytes ? model.constants.filter(({ bytes }) => bytes.length > SMALL) : [];
  await rm(data, { force: true });
  const places = await writeData(data, outside);
  await writeFile(path, encodeModel(model, places));
}

async function writeData(path: string, constants: readonly OnnxConstant[]): Promise<ReadonlyMap<string, ExternalData>> {
  const places = new Map<string, ExternalData>();
  if (constants.length === 0) return places;
  const file = await open(path, 'w');
  try {
    let offset = 0;
    for (const { name, bytes } of constants) {
      places.set(name, { location: basename(path), offset });
      for (let from = 0; from < bytes.length; )
        from += (await file.write(bytes, from, bytes.length - from, offset + from)).bytesWritten;
      offset = Math.ceil((offset + bytes.length) / PAGE) * PAGE;
    }
  } finally {
    await file.close();
  }
  return places;
}
