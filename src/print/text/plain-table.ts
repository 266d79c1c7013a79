import Table from 'cli-table3';

export type Paint = (style: 'bold' | 'dim', text: string) => string;

/** Horizontal rules only: vertical ones cost the width that the numbers need. */
export function plainTable(head: readonly string[], paint: Paint): Table.Table {
  return new Table({
    head: head.map((text) => paint('bold', text)),
    colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')),
    chars: {
      ...{ top: '─', 'top-mid': '─', 'top-left': '', 'top-right': '' },
      ...{ bottom: '─', 'bottom-mid': '─', 'bottom-left': '', 'bottom-right': '' },
      ...{ left: '', 'left-mid': '', right: '', 'right-mid': '' },
      ...{ mid: '', 'mid-mid': '', middle: '' },
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
}
