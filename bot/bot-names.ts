/** The robot's names as they stand in mentions (@招聘助手); the first is used in quick replies. */
export const BOT_NAMES: readonly string[] = ['招聘助手', '招聘助理', 'Ziuping', '招聘'];
