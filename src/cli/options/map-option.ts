import { InvalidArgumentError, Option } from 'commander';
import { readColumnMap } from '../../sources/tables/column-map.ts';

/** Read where it is given; a column that the file does not have is told when the file is read. */
export const mapOption = (): Option =>
  new Option(
    '--map <columns>',
    `of a CSV file with a row for every shown item: which column holds what, such as list=search_id,user=user_id,time=shown_at,item=product_id,position=pos,clicked=click; all other columns are fields of the shown item`,
  ).argParser((text) => {
    try {
      return readColumnMap(text);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message.replace(/^e/, 'E'));
    }
  });
