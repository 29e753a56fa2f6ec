import { dateText } from '../hongkong/date-texts.ts';
import type { PageView } from '../recruiting/portal/record-page-seen.ts';
import type { Office } from '../recruiting/unit/office.ts';
import { officeReader } from '../recruiting/unit/reader.ts';
import { loadCandidateFacts } from './candidate-facts.ts';
import { candidateView, choicesView, employerView } from './candidate-view.ts';
import { writePage } from './pages.ts';
import type { Visit } from './visit.ts';

/** Pages of good links. */
export type ShownPage = PageView | 'file';

/** What the address and the cookie add. */
export interface Showing {
  wanted: string | null;
  /** For the news: which message. */
  messageId: string | null;
  said: { text: string; isLate: boolean } | null;
}

/** Writes the page of a good link; undefined when there is nothing (any more) to show. Reads only. */
export async function pageOf(visit: Visit, page: ShownPage, showing: Showing): Promise<string | undefined> {
  if (page === 'file') return filePage(visit);
  const { office, link, candidate, base } = visit;
  const facts = await loadCandidateFacts(office, candidate, link.applicationId);
  const settings = office.settings();
  const common = {
    ...employerView(facts.organisation),
    base,
    view: page,
    said: showing.said,
    once: office.ids.token(),
    hasPage: link.purpose === 'page' || link.purpose === 'offer' || link.purpose === 'letter',
  };
  const question = { facts, base, now: office.clock.now(), settings, wanted: showing.wanted, once: common.once };
  switch (page) {
    case 'page':
      return writePage('candidate', { ...candidateView(question), ...common });
    case 'pics':
      return writePage('pics', {
        ...common,
        version: settings.picsVersion,
        months: settings.retentionMonths,
        purgeOn: dateText(candidate.purgeAfter),
        dataLocation: facts.organisation?.dataLocation ?? null,
        shownOn:
          candidate.picsVersion === settings.picsVersion && candidate.picsShownAt
            ? dateText(candidate.picsShownAt)
            : null,
      });
    case 'story':
      return writePage('story', { ...common, story: storyView(settings.story), choices: choicesView(question) });
    case 'news':
      return writePage('story', {
        ...common,
        story: newsView(facts.messages.find((item) => item._id === (showing.messageId ?? link.messageId))),
        choices: choicesView(question),
      });
    case 'stop':
      return writePage('stop', { ...common, choices: choicesView(question) });
    default:
      return writePage('withdraw', {
        ...common,
        job: facts.requisition?.jobTitle ?? null,
        ref: facts.application?.ref ?? null,
        months: settings.retentionMonths,
        withdrawn: facts.application?.stage === 'withdrawn',
      });
  }
}

function storyView(story: { title: string; text: string } | null) {
  return story ? { title: story.title, paragraphs: paragraphsOf(story.text) } : null;
}

/** News stand in the message that brought them. */
function newsView(item: { what: string; payload: Record<string, unknown> } | undefined) {
  if (item?.what !== 'company_news') return null;
  const extra = (item.payload.extra ?? {}) as Record<string, unknown>;
  const { news_title: title, news_text: text, news_summary: summary } = extra;
  const words = typeof text === 'string' ? text : summary;
  return typeof title === 'string' && typeof words === 'string' ? { title, paragraphs: paragraphsOf(words) } : null;
}

const paragraphsOf = (text: string): string[] => text.split(/\n+/).filter((line) => line.trim() !== '');

/** The name of the file and a button: looking at it is a press, so that nothing opens by itself. */
async function filePage({ office, link, base }: Visit): Promise<string | undefined> {
  const reader = officeReader(office);
  const file = link.fileId
    ? await office.models.candidateFiles.findOne({ _id: link.fileId }, { content: 0 }).lean()
    : null;
  const staff = link.staffId ? await reader.get('staff', link.staffId) : null;
  if (!file || !staff?.active) return undefined;
  const organisation = await reader.get('organisation', 'organisation');
  return writePage('file', {
    ...employerView(organisation),
    base,
    view: 'file',
    title: '應徵者文件',
    hint: '檔案載有個人資料，只供處理這項申請，請勿轉發；用後請刪除下載的副本。',
    fileName: file.name,
    kilobytes: Math.max(1, Math.round(file.size / 1000)),
    reader: staff.name,
  });
}

/** The same page for a list that is made when it is fetched. */
export async function exportPage(
  office: Office,
  { base, fileName, size, reader }: { base: string; fileName: string; size: number; reader: string },
): Promise<string> {
  const organisation = await officeReader(office).get('organisation', 'organisation');
  const kilobytes = Math.max(1, Math.round(size / 1000));
  return writePage('file', {
    ...employerView(organisation),
    base,
    view: 'file',
    title: '理解檢討清單',
    hint: '清單不含姓名、電話及電郵，只供改善理解之用。',
    fileName,
    kilobytes,
    reader,
  });
}

/** The kind page of every bad link. It knows the employer's telephone number and nothing else. */
export async function badLinkPage(office: Office): Promise<string> {
  const organisation = await officeReader(office).get('organisation', 'organisation');
  return writePage('bad-link', { ...employerView(organisation), view: 'bad-link' });
}
