import { spoken } from '../spoken.ts'

/** What only the portal says about referrals: doors, colleagues, the privacy notice and complaints. */
export const en = {
  ask: 'Choose what you ask for. You need no account.',
  otherAddress:
    'You have begun this referral with another address already. Press the button once more to begin it with this one',
  places: 'What places and support there are',
  onlyIf: (label: string, answer: string) => `Only if you answer “${answer}” to “${label}”`,
  onlyYours:
    'A colleague has asked you to finish these parts. What you save is kept for them, and they send the referral.',
  allYours:
    'That is all: your parts are done and saved. Your colleague sends the referral. Until then you can still change them here.',
  throwAway: {
    title: 'Delete this draft',
    about:
      'Everything that was written in it is deleted at once, and its links open nothing any more. Colleagues whom you have let in are told. This cannot be undone.',
    send: 'Delete it now',
    done: 'The draft is deleted',
    doneAbout:
      'Nothing that was written in it is kept, and nothing of it went to the provider. Colleagues whom you had let in are told by e-mail.',
  },
  sentByColleague: 'Your colleague has sent this referral. Thank you: there is nothing more to do here.',
  leave: 'Close this referral on this computer',
  leaveAbout: 'On a computer that others use too, close it when you stop. The link in our e-mail opens it again.',
  colleague: 'Let a colleague finish a part',
  colleagueAbout: 'Your colleague gets a link by e-mail that opens the parts you choose, and no others.',
  colleagueParts: 'Which parts?',
  colleagueAddress: 'Your colleague’s work e-mail address',
  colleagueSend: 'Send the link',
  colleagueIn: (email: string) =>
    `A link is on its way to ${email}. You hear by e-mail when your colleague has finished.`,
  colleagueNone: 'Every part is done, so there is nothing for a colleague to finish.',
  colleaguesMost: (most: number) =>
    `No more than ${most} colleagues can be let in. Take back a link that is not needed any more`,
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
    over: 'This link has run out, or a newer one has taken its place. A new link opens the referral again.',
    'taken-back':
      'Your colleague has taken this link back. If you still have something to finish, ask your colleague to let you in again.',
    unknown:
      'There is nothing behind this link. It may have been cut off: copy the whole of it from the e-mail. Or its time was over: what was not sent in time, and what is kept no longer, has been deleted.',
    again: 'Send me a new link',
    againAbout: 'A new link goes to the same address as this one, at most once in ten minutes.',
    sent: 'If this link was one of ours, a new one is on its way to the address that it was sent to. It may take a few minutes. None comes where the address has had too many from us today: then ask again tomorrow.',
  },
  needed: {
    title: 'Open the link in our e-mail',
    text: [
      'This page is about one pupil, so it opens only for a few hours after somebody has come by the link in our e-mail. That time is over, or you have not come by the link.',
      'Open the link in the newest e-mail about the referral. Or have a new link sent: type the address that these e-mails come to.',
    ],
    label: 'Your work e-mail address',
    send: 'Send me a new link',
    sent: 'If the referral knows this address, a new link is on its way to it. It may take a few minutes. At most one goes in ten minutes: if you have asked before, look for that e-mail. None comes where the address has had too many from us today: then ask again tomorrow.',
    takenBack:
      'Your colleague has taken your link back. If you still have something to finish, ask your colleague to let you in again.',
  },
  held: {
    title: 'Not saved yet',
    lost: 'This was not saved',
    closed:
      'You were away for a while, so the referral has closed on this computer. What you typed is still on this page.',
    busy: 'We could not save this just now. What you typed is still on this page.',
    sent: 'The referral has been sent meanwhile, so that nothing in it can be changed any more.',
    over: 'This cannot be done any more: something has happened meanwhile.',
    takenBack: 'Your colleague has taken your link back, so that you can save nothing here. Please ask your colleague.',
    open: 'First open the link in our e-mail in another tab. Then come back to this tab and save.',
    link: 'Have a new link sent',
    save: 'Save now',
    copy: 'What you typed, for you to copy:',
    typed: 'What you typed',
    back: 'See how the referral stands',
  },
  privacy: {
    title: 'Privacy notice',
    controller: (name: string) => `${name} answers for what is kept about you and your child.`,
    ask: 'Whom to ask about it',
    askSchool: 'Ask the school that made the request. It passes your question on.',
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
