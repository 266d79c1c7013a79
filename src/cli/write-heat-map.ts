import { dirname } from 'node:path';
import { PICTURE_MARK } from '../files/file-kinds.ts';
import { makeFolder } from '../files/make-folder.ts';
import { writeText } from '../files/write-text.ts';
import type { Html } from '../print/html-template.ts';

/** A picture with the mark that lets a later command replace it. */
export const pictureText = ({ markup }: Html): string => markup.replace('<svg ', `<svg ${PICTURE_MARK} `);

/** Writes a heat map with the mark that lets a later command replace it, and says where it is. */
export async function writeHeatMap(path: string, picture: Html): Promise<void> {
  await makeFolder(dirname(path));
  await writeText(path, pictureText(picture));
  process.stderr.write(`heat map: ${path}\n`);
}
