import { createHash } from 'node:crypto';
import type { Ids } from '../../lib/ids.ts';
import type { LinkPurpose, PortalLinkRecord } from '../../models/portal-link.model.ts';
import type { Settings } from '../settings.ts';

/** Slots of the templates that are links, and what they lead to. */
export const LINK_SLOTS: Readonly<Record<string, LinkPurpose>> = {
  portal: 'page',
  link: 'page',
  pics_link: 'pics',
  story_link: 'story',
  news_link: 'news',
  offer_link: 'offer',
  letter_link: 'letter',
};

/** A link made for one sending. The secret is in `url` only; `record` holds its SHA-256. */
export interface MintedLink {
  url: string;
  record: PortalLinkRecord;
}

/** The stored form of a link's secret. */
export function linkDigest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * Mints a link for a candidate: `https://` + own host + `/` + 22 characters that nobody can guess. Made when a message is
 * rendered for sending and at no other time.
 */
export function mintLink(
  parts: { ids: Ids; publicUrl: string; now: Date; settings: Settings },
  about: { purpose: LinkPurpose; candidateId: string; applicationId: string | null; messageId: string },
): MintedLink {
  const secret = parts.ids.token();
  return {
    url: `${parts.publicUrl}/${secret}`,
    record: {
      _id: linkDigest(secret),
      ...about,
      fileId: null,
      staffId: null,
      createdAt: parts.now,
      expiresAt: new Date(parts.now.getTime() + parts.settings.pageLinkDays * 86_400_000),
      revokedAt: null,
    },
  };
}
