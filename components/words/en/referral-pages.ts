import { spoken } from '../spoken.ts'

/** What only the portal says about referrals: doors, colleagues, the privacy notice and complaints. */
export const en = {
  ask: 'Choose what you ask for. You need no account.',
  places: 'What places and support there are',
  onlyIf: (label: string, answer: string) => `Only if you answer “${answer}” to “${label}”`,
  onlyYours:
    'A colleague has asked you to finish these parts. What you save is kept for them, and they send the referral.',
  sentByColleague: 'Your colleague has sent this referral. Thank you: there is nothing more to do here.',
  leave: 'Close this referral on this computer',
  leaveAbout: 'On a computer that others use too, close it when you stop. The link in our e-mail opens it again.',
  colleague: 'Let a colleague finish a part',
  colleagueAbout: 'Your colleague gets a link by e-mail that opens the parts you choose, and no others.',
  colleagueParts: 'Which parts?',
  colleagueAddress: 'Your colleague’s work e-mail address',
  colleagueSend: 'Send the link',
  colleagueHas: 'Links that you have sent',
  colleagueOut: (email: string) => `Take back the link of ${email}`,
  door: {
    title: 'Open your referral',
    lead: 'So that nobody else opens it, type the e-mail address that this link was sent to.',
    label: 'The e-mail address that the link was sent to',
    open: 'Open',
    wrong: (left: number) =>
      left === 1
        ? 'This link was not sent to that address. You can try once more'
        : `This link was not sent to that address. You can try ${left} more times`,
    locked: 'This link is locked, since five other addresses were typed. A new link opens the referral again.',
    over: 'This link has run out or was taken back. If it was yours, a new link opens the referral again.',
    unknown:
      'There is nothing behind this link. It may have been cut off: copy the whole of it from the e-mail. What was not sent in time has been deleted.',
    again: 'Send me a new link',
    againAbout: 'It goes to the same address as this one.',
    sent: 'If this link was one of ours, a new one is on its way to the address that it was sent to. It may take a few minutes.',
  },
  held: {
    title: 'Not saved yet',
    closed:
      'You were away for a while, so the referral has closed on this computer. What you typed is still on this page.',
    busy: 'We could not save this just now. What you typed is still on this page.',
    open: 'First open the link in our e-mail in another tab. Then come back to this tab and save.',
    save: 'Save now',
  },
  privacy: {
    title: 'Privacy notice',
    controller: (name: string) => `${name} answers for what is kept about you and your child.`,
    ask: 'Whom to ask about it',
    none: 'The provider has not published a privacy notice here. Ask for it:',
  },
  complaints: {
    title: 'How to complain',
    steps: 'What to do',
    acknowledged: (days: number) =>
      `We tell you within ${days} working ${days === 1 ? 'day' : 'days'} that we have your complaint.`,
    answered: (days: number) => `We answer within ${days} working ${days === 1 ? 'day' : 'days'}.`,
    further: 'If that does not help',
    none: 'The provider has not published how to complain here. Ask:',
  },
  print: 'To keep or hand out this page, print it from your browser’s menu.',
}

/** The same in the language being spoken. */
export const words = spoken('referralPages', en)
