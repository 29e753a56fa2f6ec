import type { PageButton, PageQuestion } from './candidate-page.ts';
import { say } from './words.ts';

/** Makes a button of a page. @param fields what it sends besides its id */
export function pageButton(
  question: Pick<PageQuestion, 'base' | 'wanted'>,
  id: string,
  look: PageButton['look'],
  fields: Readonly<Record<string, string>> = {},
): PageButton {
  return {
    id,
    label: say(`button.${id}`),
    look,
    wanted: question.wanted === id,
    base: question.base,
    anchor: id,
    fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
  };
}
