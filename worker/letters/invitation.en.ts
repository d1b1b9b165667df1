import type { Role } from '../../catalogue/wire/roles.ts'
import type { LetterToKeep } from './letter.ts'

const CAN: Record<Role, string> = {
  owner: 'an owner: you can do everything there is to do, and invite others',
  editor: 'a catalogue editor: you can change and publish what is offered and what it costs',
  coordinator: 'a co-ordinator: you can read and answer what schools send, and open every referral',
  finance: 'finance: you can read orders and download what is to be charged',
  viewer: 'a viewer: you can read orders',
  practitioner: 'a practitioner: you see the referrals that you work on',
  'panel-member': 'a panel member: you see the referrals of the panels that you sit on',
  commissioner: 'a commissioner: you see the referrals that wait for your sign-off',
}

/** What an invitation says. */
export interface Invitation {
  origin: string
  /** The provider's name. */
  provider: string
  /** Who invites, by name or address; undefined where the provider has just been set up. */
  by: string | undefined
  role: Role
  email: string
}

/** The letter that invites somebody to a provider's console. */
export function invitationLetter({
  origin,
  provider,
  by,
  role,
  email,
}: Invitation): Pick<LetterToKeep, 'subject' | 'text'> {
  return {
    subject: `You are invited to the console of ${provider}`,
    text: [
      by === undefined
        ? `The console of ${provider} is ready: prices, orders and what schools see.`
        : `${by} invites you to the console of ${provider}: prices, orders and what schools see.`,
      `You are ${CAN[role]}.`,
      `Sign in with this address, for which you need no password: you are sent a code each time.\n\n${origin}/console/sign-in?email=${encodeURIComponent(email)}`,
      'If you do not know what this is about, do nothing.',
      '',
    ].join('\n\n'),
  }
}
