/** `hr@example.com` with the tag `r.1a2b` is `hr+r.1a2b@example.com`: delivered to the same mailbox, and tells more. */
export function plusAddress(mailbox: string, tag: string): string {
  const at = mailbox.lastIndexOf('@');
  return `${mailbox.slice(0, at)}+${tag}@${mailbox.slice(at + 1)}`;
}

/**
 * The tag of an address that belongs to a mailbox, in lower case: servers on the way may change the case of an address.
 * @returns undefined when it is another mailbox or has no tag
 */
export function plusTagOf(address: string, mailbox: string): string | undefined {
  const given = address.trim().toLowerCase();
  const own = mailbox.trim().toLowerCase();
  const at = own.lastIndexOf('@');
  const [start, end] = [`${own.slice(0, at)}+`, own.slice(at)];
  if (at < 1 || given.length <= start.length + end.length) return undefined;
  if (!given.startsWith(start) || !given.endsWith(end)) return undefined;
  return given.slice(start.length, given.length - end.length);
}
