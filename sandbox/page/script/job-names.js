const NAMES = {
  dispatch: '發送訊息',
  'watch-waiting': '跟進等候上班的人',
  'chase-decisions': '催促決定',
  'escalate-calls': '致電工作上報',
  'finish-interviews': '面試結束',
  'watch-promises': '檢查承諾的日期',
  'report-human-contact': '統計人手聯絡',
  'seal-audit': '封存審計紀錄',
};

/** What a job of the application is called on this page; an unknown one keeps its own name. */
export function nameOfJob(job) {
  return NAMES[job] ?? job;
}
