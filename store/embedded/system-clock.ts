/**
 * The machine's calendar time. The store is a server of its own, like the MongoDB it stands for: `$$NOW`, `$currentDate`
 * and the age of sessions follow the machine and not the product's clock. (TTL indexes may follow another one.)
 */
export function systemNow(): Date {
  // biome-ignore lint/plugin: the store's only look at the machine's clock.
  return new Date();
}
