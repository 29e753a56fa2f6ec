import { RuleBroken } from '../../lib/errors.ts';
import { linkDigest } from '../message/links.ts';
import type { Unit } from '../unit/unit.ts';

/**
 * Makes the link under which one member of staff may open a candidate's latest CV for `fileLinkMinutes`. Only the digest
 * of its secret is kept; each opening is recorded by the page that serves it.
 * @returns undefined when there is no file. @throws RuleBroken `candidate_unknown`
 */
export async function mintFileLink(
  unit: Unit,
  about: { candidateId: string; applicationId: string | null; staffId: string; pagesUrl: string },
): Promise<{ url: string; fileName: string; expiresAt: Date } | undefined> {
  const candidate = await unit.get('candidates', about.candidateId);
  if (!candidate) throw new RuleBroken('candidate_unknown');
  const [file] = await unit.list('candidateFiles', { candidateId: candidate._id }, { sort: { addedAt: -1 }, limit: 1 });
  if (!file) return undefined;
  const secret = unit.newToken();
  const expiresAt = new Date(unit.now.getTime() + unit.settings.fileLinkMinutes * 60_000);
  await unit.insert('portalLinks', {
    _id: linkDigest(secret),
    purpose: 'file',
    candidateId: candidate._id,
    applicationId: about.applicationId,
    messageId: null,
    fileId: file._id,
    staffId: about.staffId,
    createdAt: unit.now,
    expiresAt,
    revokedAt: null,
  });
  unit.audit(`candidate:${candidate._id}`, 'mint_file_link', []);
  return { url: `${about.pagesUrl}/${secret}`, fileName: file.name, expiresAt };
}
