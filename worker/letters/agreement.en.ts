import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { letter, reachOf, type Written } from './order-parts.en.ts'
import { ASKS_ADDRESS } from './referral-school.en.ts'

// Letters about an agreement name neither the pupil nor a need: anybody in an office may read them.

/** Tells the school that it is its turn to sign, behind a door. `isProviders`: the provider has signed already. */
export function signForSchool(catalogue: Catalogue, reference: string, door: string, isProviders: boolean): Written {
  const { name } = catalogue.provider
  return {
    subject: `Your referral ${reference}: an agreement to sign`,
    text: letter(
      [
        isProviders
          ? `${name} has signed the agreement about your referral. Now it is your turn.`
          : `The next step of your referral needs an agreement that you and ${name} both sign.`,
      ],
      [`Reference: ${reference}`],
      ['What happens next', 'Read it and sign it from the referral’s page:', door, ASKS_ADDRESS],
      reachOf(catalogue),
    ),
  }
}

/** Tells the school that both have signed, and where the agreement is. */
export function signedForSchool(catalogue: Catalogue, reference: string, door: string): Written {
  return {
    subject: `Your referral ${reference}: the agreement is signed`,
    text: letter(
      ['The agreement is signed by both.'],
      [`Reference: ${reference}`],
      ['Read and print it from the referral’s page:', door, ASKS_ADDRESS],
      reachOf(catalogue),
    ),
  }
}

/** Tells those at the provider that the school has signed. `isBoth`: they had signed before. */
export function signedForProvider(reference: string, address: string, isBoth: boolean): Written {
  return {
    subject: isBoth ? `Referral ${reference}: the agreement is signed` : `Referral ${reference}: an agreement to sign`,
    text: letter(
      [
        isBoth
          ? 'The school has signed the agreement too. It is signed by both.'
          : 'The school has signed the agreement. A co-ordinator signs it for the provider.',
      ],
      [`Reference: ${reference}`],
      [isBoth ? 'Sign in to read and print it:' : 'Sign in to read and sign it:', address],
    ),
  }
}
