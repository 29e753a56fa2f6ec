/** Text of people inside markdown: every character that could be read as markup gets a backslash, line breaks become spaces. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>#~|]/g, '\\$&');
}
