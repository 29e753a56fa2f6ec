import type { CandidateRecord } from '../models/candidate.model.ts';
import type { PortalLinkRecord } from '../models/portal-link.model.ts';
import { linkDigest } from '../recruiting/message/links.ts';
import type { Office } from '../recruiting/unit/office.ts';

/** A link that is good, and whose it is. */
export interface Visit {
  office: Office;
  link: PortalLinkRecord;
  candidate: CandidateRecord;
  /** `/` and the secret, as it stands in the address. */
  base: string;
}

/**
 * Opens a link. The secret is never compared: its digest is looked up, so that no answer takes longer for a better
 * guess. Unknown, expired and revoked links, and people whose data are due to go, are all the same: undefined.
 */
export async function openVisit(office: Office, secret: string): Promise<Visit | undefined> {
  const link = await office.models.portalLinks.findOne({ _id: linkDigest(secret) }).lean<PortalLinkRecord>();
  // Looked up for bad links too, so that every bad link costs the same.
  const candidate = await office.models.candidates.findOne({ _id: link?.candidateId ?? '' }).lean<CandidateRecord>();
  const now = office.clock.now();
  // The token of a reply address opens nothing: it stands in the head of mails that are forwarded and archived.
  if (
    !link ||
    !candidate ||
    link.purpose === 'reply' ||
    link.revokedAt !== null ||
    link.expiresAt <= now ||
    candidate.purgeAfter <= now
  ) {
    return undefined;
  }
  return { office, link, candidate, base: `/${secret}` };
}
