/** What somebody can be in the console. */
export const CONSOLE_ROLES = ['owner', 'editor', 'coordinator', 'finance', 'viewer'] as const

/** What somebody can be by case alone: they see the cases that they work on, decide on or sign off, and nothing else. */
export const CASE_ROLES = ['practitioner', 'panel-member', 'commissioner'] as const
export type CaseRole = (typeof CASE_ROLES)[number]

/** What somebody can be at a provider. */
export const ROLES = [...CONSOLE_ROLES, ...CASE_ROLES] as const
export type Role = (typeof ROLES)[number]

/** Whether a role is one by case. */
export function isCaseRole(role: Role): role is CaseRole {
  return CASE_ROLES.some((one) => one === role)
}

/**
 * What a role can allow. `look`: the first page, published catalogues and who one is here. `read-cases` and `move-cases`: the cases
 * that are one’s own, by role and case. `run-cases`: every case, who works on it, consent and the waiting list.
 */
export const RIGHTS = [
  'look',
  'read-orders',
  'answer-orders',
  'export-finance',
  'edit-catalogue',
  'publish-catalogue',
  'set-embeds',
  'manage-people',
  'read-record',
  'read-cases',
  'move-cases',
  'run-cases',
  'hold-panels',
  'erase-cases',
] as const
export type Right = (typeof RIGHTS)[number]

const ALLOWED: Record<Role, ReadonlySet<Right>> = {
  owner: new Set(RIGHTS),
  editor: new Set<Right>(['look', 'edit-catalogue', 'publish-catalogue', 'set-embeds']),
  coordinator: new Set<Right>([
    'look',
    'read-orders',
    'answer-orders',
    'read-cases',
    'move-cases',
    'run-cases',
    'hold-panels',
  ]),
  finance: new Set<Right>(['look', 'read-orders', 'export-finance']),
  viewer: new Set<Right>(['look', 'read-orders']),
  practitioner: new Set<Right>(['look', 'read-cases', 'move-cases']),
  'panel-member': new Set<Right>(['look', 'read-cases', 'move-cases']),
  commissioner: new Set<Right>(['look', 'read-cases', 'move-cases']),
}

/** Whether a role allows something. */
export function mayDo(role: Role, right: Right): boolean {
  return ALLOWED[role].has(right)
}

/** Everything that a role allows. */
export function rightsOf(role: Role): Right[] {
  return RIGHTS.filter((right) => mayDo(role, right))
}

/** What referrals can have beside the board: panels, a waiting list, places. */
export const CASE_PARTS = ['panels', 'waiting', 'places'] as const
export type CasePart = (typeof CASE_PARTS)[number]
