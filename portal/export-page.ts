import type { Request, Response } from 'express';
import type { PortalLinkRecord } from '../models/portal-link.model.ts';
import { reachOf } from '../recruiting/access/permissions.ts';
import { linkDigest } from '../recruiting/message/links.ts';
import { REVIEWS_FILE_NAME, reviewsFile } from '../recruiting/reading/reviews-file.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { Office } from '../recruiting/unit/office.ts';
import { officeReader } from '../recruiting/unit/reader.ts';
import { exportPage } from './page-of.ts';

/**
 * A link to a list that is made when it is fetched: for the one member of staff it was sent to, as long as they may see the
 * list. The page names the file and has a button; the button downloads it, and that is written down.
 * @returns false when the address is no such link, or no longer
 */
export async function serveExport(
  office: Office,
  request: Request,
  response: Response,
  secret: string,
  rest: string,
): Promise<boolean> {
  const link = await office.models.portalLinks.findOne({ _id: linkDigest(secret) }).lean<PortalLinkRecord>();
  const now = office.clock.now();
  if (link?.purpose !== 'export' || link.fileId !== REVIEWS_FILE_NAME || link.revokedAt !== null) return false;
  if (link.expiresAt <= now || rest !== '') return false;
  const reader = officeReader(office);
  const staff = link.staffId ? await reader.get('staff', link.staffId) : null;
  if (!staff?.active || reachOf(staff.roles, 'review_readings') === undefined) return false;
  if (request.method === 'GET' || request.method === 'HEAD') {
    const { content } = await reviewsFile(reader, now);
    const size = Buffer.byteLength(content);
    const html = await exportPage(office, {
      base: `/${secret}`,
      fileName: REVIEWS_FILE_NAME,
      size,
      reader: staff.name,
    });
    response.type('html').send(html);
    return true;
  }
  if (request.method !== 'POST') return false;
  const content = await commit(office, `staff:${staff._id}`, async (unit) => {
    unit.audit(`staff:${staff._id}`, 'export_reading_reviews', ['readingReviews']);
    return (await reviewsFile(unit, unit.now)).content;
  });
  response.attachment(REVIEWS_FILE_NAME);
  response.set({
    'Content-Type': 'text/tab-separated-values; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  });
  response.end(content);
  return true;
}
