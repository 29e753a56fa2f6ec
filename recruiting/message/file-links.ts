import type { CandidateFileRecord } from '../../models/candidate-file.model.ts';
import type { Office } from '../unit/office.ts';
import { linkDigest } from './links.ts';

/** Stands in a text to staff where a link to a file goes; the link itself is made when the text is sent. */
export function filePlaceholder(fileId: string): string {
  return `{file:${fileId}}`;
}

/** Stands in a text to staff where a link to a list goes that is made when it is fetched. */
export function exportPlaceholder(name: string): string {
  return `{export:${name}}`;
}

const PLACEHOLDER = /\{(file|export):([A-Za-z0-9_.-]+)\}/g;

/**
 * Puts expiring links where a text, card or message to one member of staff names files. Each link is for that person
 * only; its secret is in what leaves and nowhere else, kept is its SHA-256.
 * @param value texts at any depth; everything else is left as it is
 */
export async function withFileLinks<T>(office: Office, staffId: string, value: T): Promise<T> {
  const text = JSON.stringify(value);
  const named = new Map([...text.matchAll(PLACEHOLDER)].map((match) => [match[0], match] as const));
  if (named.size === 0) return value;
  const links = new Map<string, string>();
  for (const [whole, [, purpose, id = '']] of named) {
    links.set(whole, await mintFileLink(office, staffId, purpose === 'export' ? 'export' : 'file', id));
  }
  return JSON.parse(text.replace(PLACEHOLDER, (whole) => links.get(whole) ?? whole)) as T;
}

async function mintFileLink(
  office: Office,
  staffId: string,
  purpose: 'file' | 'export',
  fileId: string,
): Promise<string> {
  const file = (await office.models.candidateFiles.findOne({ _id: fileId }, { candidateId: 1 }).lean()) as Pick<
    CandidateFileRecord,
    '_id' | 'candidateId'
  > | null;
  const secret = office.ids.token();
  const now = office.clock.now();
  await office.models.portalLinks.create({
    _id: linkDigest(secret),
    purpose,
    candidateId: file?.candidateId ?? null,
    applicationId: null,
    messageId: null,
    fileId,
    staffId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + office.settings().fileLinkMinutes * 60_000),
    revokedAt: null,
  });
  return `${office.pagesUrl()}/${secret}`;
}
