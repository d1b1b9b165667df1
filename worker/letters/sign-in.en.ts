import type { LetterToKeep } from './letter.ts'

type Words = Pick<LetterToKeep, 'subject' | 'text'>

const WHEN = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'long', timeStyle: 'short' })

/** The letter with a code. The code stands in its text alone, which is deleted once the letter is sent, or the code over. */
export function codeLetter(origin: string, attempt: string, code: string): Words {
  return {
    subject: 'Your code to sign in',
    text: letter(
      ['Your code to sign in to the console is:'],
      [`    ${code.slice(0, 4)} ${code.slice(4)}`],
      ['Type it where you asked for it, or open this address and press “Sign in”:'],
      [`${origin}/console/sign-in?attempt=${attempt}#code=${code}`],
      ['It works once, within 10 minutes.'],
      [
        'If you did not ask for it, do nothing: without this code nobody gets in. Never tell it to anybody, whoever they say they are.',
      ],
    ),
  }
}

/** The letter about a sign-in on a device that was not used before. */
export function newDeviceLetter(origin: string, device: string, instant: number): Words {
  return {
    subject: 'You signed in on a new device',
    text: letter(
      [`Somebody signed in to the console as you, on a device that you have not used for it before:`],
      [`Device: ${device}`, `When: ${WHEN.format(instant)}`],
      ['If that was you, there is nothing to do.'],
      ['If it was not, sign out everywhere at once, here:', `${origin}/console/account`],
      ['Then make sure that nobody else reads your e-mail, and tell your colleagues.'],
    ),
  }
}

/** The letter about a passkey that was added. */
export function passkeyLetter(origin: string, instant: number): Words {
  return {
    subject: 'A passkey was added',
    text: letter(
      [`A passkey that signs in to the console as you was added on ${WHEN.format(instant)}.`],
      ['If you did not add it, remove it and sign out everywhere, here:', `${origin}/console/account`],
    ),
  }
}

function letter(...paragraphs: string[][]): string {
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`
}
