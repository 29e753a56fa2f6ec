import { createHash } from 'node:crypto';
import type { Ids } from '../../lib/ids.ts';
import { plusAddress } from '../../lib/plus-address.ts';
import type { PortalLinkRecord } from '../../models/portal-link.model.ts';
import { linkDigest } from '../message/links.ts';

/** 128 bits in hexadecimal: servers on the way may change the case of an address. */
const TOKEN = /^r\.([0-9a-f]{32})$/;

/** An address made for one e-mail. The token is in `address` only; `record` holds its SHA-256. */
export interface ReplyAddress {
  address: string;
  record: PortalLinkRecord;
}

/**
 * Makes the address that a candidate's answer to one e-mail goes to. It says who answers and which message; it opens no
 * page. It is good as long as the person's data are kept, for a stop in answer to an old mail counts as well.
 */
export function mintReplyAddress(
  parts: { ids: Ids; mailbox: string; now: Date; expiresAt: Date },
  about: { candidateId: string; applicationId: string | null; messageId: string },
): ReplyAddress {
  const token = createHash('sha256').update(`reply ${parts.ids.token()}`).digest('hex').slice(0, 32);
  return {
    address: plusAddress(parts.mailbox, `r.${token}`),
    record: {
      _id: linkDigest(token),
      purpose: 'reply',
      ...about,
      fileId: null,
      staffId: null,
      createdAt: parts.now,
      expiresAt: parts.expiresAt,
      revokedAt: null,
    },
  };
}

/**
 * The key under which the token of a reply address is stored. The token itself is never compared: its digest is looked
 * up, so that no answer takes longer for a better guess.
 * @param tag what stands between + and @
 */
export function replyDigest(tag: string): string | undefined {
  const token = TOKEN.exec(tag.toLowerCase())?.[1];
  return token === undefined ? undefined : linkDigest(token);
}
