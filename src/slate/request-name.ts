/** How sentences call a request: `request r7`. One that nobody named is called `request 1` by its place already. */
export const requestName = (id: string): string => (id.startsWith('request ') ? id : `request ${id}`);
