/** A small company that the tests of the sandbox live in. */
export const COMPANY = {
  corpId: 'dingcorptest',
  departments: [
    { id: 1, name: '好味茶餐廳', parentId: 0 },
    { id: 2, name: '人事部', parentId: 1 },
    { id: 3, name: '旺角分店', parentId: 1 },
  ],
  people: [
    {
      id: 'hr',
      name: '李嘉敏',
      role: 'recruiter',
      phone: '+852 9123 0001',
      email: 'hr@good.example',
      staffId: 'u1001',
      unionId: 'UNIONhr',
      departmentIds: [2],
      isAdmin: true,
    },
    {
      id: 'boss',
      name: '陳國明',
      role: 'hiring_manager',
      phone: '91230002',
      email: 'boss@good.example',
      staffId: 'u1002',
      unionId: 'UNIONboss',
      title: '分店經理',
      departmentIds: [3],
    },
    {
      id: 'cook',
      name: '馬世豪',
      role: 'member',
      phone: '91230003',
      email: '',
      staffId: 'u1003',
      managerStaffId: 'u1002',
      departmentIds: [3],
    },
    { id: 'gone', name: '舊同事', role: 'member', phone: '91230004', email: '', staffId: 'u1004', hasLeft: true },
    { id: 'hidden', name: '外判', role: 'member', phone: '91230005', email: '', staffId: 'u1005', outOfRange: true },
  ],
  candidates: [{ id: 'kayan', name: '陳家欣', phone: '61230001', email: 'kayan@mail.example' }],
  groups: [{ id: 'cidGROUPabc123==', title: '人事群', members: ['hr', 'boss', 'cook'] }],
  rooms: [{ id: 'room-a1', name: 'A1' }],
  busy: [{ staffId: 'u1002', start: '2026-12-02T14:00:00+08:00', end: '2026-12-02T15:00:00+08:00' }],
} as const;

export const GROUP = 'cidGROUPabc123==';
