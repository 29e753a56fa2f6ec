import type { Sample } from './read-sample.ts';

const row = (...cells: (string | number | undefined)[]): string => `| ${cells.map((cell) => cell ?? '').join(' | ')} |`;

/** `docs/sample-company.md`: who is who in the sandbox, with the ids that the control API and the bot use. */
export function describeSample(sample: Sample): string {
  const { organisation, branches, requisitions, intake, applications, englishNames } = sample.recruiting;
  const nameOf = (id: string): string => sample.candidates.find((one) => one.id === id)?.name ?? id;
  return `${[
    '# The sample company',
    '',
    'Made from `sandbox/sample-company.json` by `app/sample/describe-sample.ts`; a test keeps it current.',
    '',
    `${organisation.brand} (${organisation.legalEntity}) is invented, and so is everybody in it. A fresh sandbox starts on Monday 23 November 2026, 10:00 in Hong Kong.`,
    '',
    `The id is what the control API calls \`as\`; the HR group is \`${organisation.hrGroupId}\`.`,
    '',
    '## Staff',
    '',
    row('id', 'name', 'English name', 'title', 'role', 'staffId', 'superior'),
    row('---', '---', '---', '---', '---', '---', '---'),
    ...sample.people.map((one) =>
      row(`\`${one.id}\``, one.name, englishNames[one.staffId], one.title, one.role, one.staffId, one.managerStaffId),
    ),
    '',
    '## Branches',
    '',
    row('code', 'name', 'address', 'landmark', 'manager'),
    row('---', '---', '---', '---', '---'),
    ...branches.map((one) => row(one.code, one.name, one.address, one.landmark, one.managerStaffId)),
    '',
    '## Vacancies',
    '',
    row('number', 'job', 'people', 'branch', 'hiring manager', 'recruiter'),
    row('---', '---', '---', '---', '---', '---'),
    ...requisitions.map((one) =>
      row(one.ref, one.jobTitle, one.headcount, one.branch, one.hiringManagerId, one.recruiterId),
    ),
    '',
    `## Training group ${intake.ref}`,
    '',
    `${intake.firstDay}, ${intake.time}, ${intake.days} days, ${intake.place} (${intake.placeShort}), ${intake.capacity} seats.`,
    '',
    '## Candidates',
    '',
    'Numbers run in the order of this table: the first is C1001 with the application A1001.',
    '',
    row('id', 'name', 'application', 'vacancy', 'stage', 'since (days)', 'silent (days)', 'phone', 'e-mail'),
    row('---', '---', '---', '---', '---', '---', '---', '---', '---'),
    ...applications.map((one, index) => {
      const person = sample.candidates.find((candidate) => candidate.id === one.candidateId);
      return row(
        `\`${one.candidateId}\``,
        nameOf(one.candidateId),
        `A${1001 + index}`,
        one.requisition,
        one.intake ? `${one.stage}, in ${intake.ref}` : one.stage,
        one.daysAgo,
        one.silentDays || undefined,
        person?.phone,
        person?.email,
      );
    }),
  ].join('\n')}\n`;
}
