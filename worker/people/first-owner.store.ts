import { isCaseRole, type Role } from '../../catalogue/wire/roles.ts'
import { text } from '../commands/d1.ts'
import type { LetterToKeep } from '../letters/letter.ts'

/** Somebody who belongs to a provider without having been invited by anybody there. */
export interface SetUp {
  provider: string
  email: string
  name: string
  role: Role
  /** Their invitation, where they are to be sent one. */
  letter?: Pick<LetterToKeep, 'id' | 'subject' | 'text'>
}

const NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"

/** Reads a provider: its name, and how many owners have ever signed in. */
export function providerQuery(id: string): string {
  return `SELECT p.name AS name,
                 (SELECT count(*) FROM membership WHERE provider = p.id AND role = 'owner' AND signed_in_at IS NOT NULL) AS owners
            FROM provider AS p WHERE p.id = ${text(id)}`
}

/** Makes a provider that has nothing published yet; one that is there stays as it is. */
export function providerStatement(id: string, name: string): string {
  return `INSERT INTO provider (id, name, service, kind, about) VALUES (${text(id)}, ${text(name)}, ${text(name)}, '', '')
            ON CONFLICT (id) DO NOTHING;`
}

/** Lets somebody belong to a provider, with the record of it and their invitation; running them again changes nothing. */
export function setUpStatements({ provider, email, name, role, letter }: SetUp): string[] {
  const who = `FROM person AS p WHERE p.email = ${text(email)}`
  const isNew = `NOT EXISTS (SELECT 1 FROM membership WHERE provider = ${text(provider)} AND person = p.id)`
  return [
    `INSERT INTO person (id, email, name, created_at) VALUES (${text(crypto.randomUUID())}, ${text(email)}, ${text(name)}, ${NOW})
       ON CONFLICT (email) DO NOTHING;`,
    `INSERT INTO record (provider, actor, action, subject, detail, at)
       SELECT ${text(provider)}, 'system', 'person-invited', p.id, json_object('role', ${text(role)}), ${NOW} ${who} AND ${isNew};`,
    ...(letter
      ? [
          `INSERT INTO letter (state, due_at, id, provider, about, recipient, written_at, subject, text)
             SELECT 'waiting', ${NOW}, ${text(letter.id)}, ${text(provider)}, 'invitation', p.email, ${NOW}, ${text(letter.subject)}, ${text(letter.text)}
               ${who} AND ${isNew};`,
        ]
      : []),
    `INSERT INTO membership (provider, person, role, case_role, since_at, told_at)
       SELECT ${text(provider)}, p.id, ${text(isCaseRole(role) ? 'viewer' : role)}, ${isCaseRole(role) ? text(role) : 'NULL'}, ${NOW}, ${NOW} ${who}
       ON CONFLICT (provider, person) DO NOTHING;`,
  ]
}
