/** Does the same to every item, so many at a time, in order; answers in the order of the items. The first failure ends it. */
export async function inChunks<Item, Result>(
  items: readonly Item[],
  atATime: number,
  work: (item: Item, place: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += atATime)
    results.push(...(await Promise.all(items.slice(at, at + atATime).map((item, place) => work(item, at + place)))));
  return results;
}
