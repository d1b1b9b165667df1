import type { Role } from '../catalogue/wire/roles.ts'

/** Somebody at a demonstration provider; the address is a role's, and nobody's. */
export interface DemonstrationPerson {
  provider: string
  role: Role
  email: string
  name: string
}

/** A day of each provider’s own year, where that is not the demonstration’s: as its pages on the school’s website have it. */
export const DEMONSTRATION_DAYS: Readonly<Record<string, string>> = {
  'golden-hill': '2019-03-20',
  'school2school-norfolk': '2015-09-15',
  bridge: '2020-11-10',
}

const OWNED = ['stepping-stones', 'golden-hill', 'school2school-norfolk', 'bridge', 'sedis']

/** An owner and who works on cases at each demonstration provider, and at the first somebody in each role. */
export const DEMONSTRATION_PEOPLE: readonly DemonstrationPerson[] = [
  ...OWNED.map((provider): DemonstrationPerson => personAt(provider, 'owner', 'Demonstration owner')),
  personAt('stepping-stones', 'editor', 'Demonstration editor'),
  personAt('stepping-stones', 'coordinator', 'Demonstration co-ordinator'),
  personAt('stepping-stones', 'finance', 'Demonstration finance'),
  personAt('stepping-stones', 'viewer', 'Demonstration viewer'),
  ...OWNED.flatMap((provider) => [
    personAt(provider, 'practitioner', 'Demonstration practitioner'),
    personAt(provider, 'panel-member', 'Demonstration panel member'),
  ]),
  personAt('sedis', 'commissioner', 'Demonstration commissioner'),
]

function personAt(provider: string, role: Role, name: string): DemonstrationPerson {
  return { provider, role, email: `${role}@${provider}.example`, name }
}
