import type { Right, Role } from '../../catalogue/wire/roles.ts'

/** A provider that somebody belongs to. */
export interface Membership {
  id: string
  name: string
  role: Role
  rights: Right[]
}

/** Who is signed in, and where. */
export interface Session {
  person: { id: string; email: string; name: string }
  session: string
  providers: Membership[]
  origin: string
  development: boolean
  /** The calendar's day, `YYYY-MM-DD`. */
  today: string
}
