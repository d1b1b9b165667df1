/** What somebody can be at a provider. */
export const ROLES = ['owner', 'editor', 'coordinator', 'finance', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** What a role can allow. `look`: the first page, published catalogues and who one is here. */
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
] as const
export type Right = (typeof RIGHTS)[number]

const ALLOWED: Record<Role, ReadonlySet<Right>> = {
  owner: new Set(RIGHTS),
  editor: new Set<Right>(['look', 'edit-catalogue', 'publish-catalogue', 'set-embeds']),
  coordinator: new Set<Right>(['look', 'read-orders', 'answer-orders']),
  finance: new Set<Right>(['look', 'read-orders', 'export-finance']),
  viewer: new Set<Right>(['look', 'read-orders']),
}

/** Whether a role allows something. */
export function mayDo(role: Role, right: Right): boolean {
  return ALLOWED[role].has(right)
}

/** Everything that a role allows. */
export function rightsOf(role: Role): Right[] {
  return RIGHTS.filter((right) => mayDo(role, right))
}
