import type { ConsentGiver } from '../../../catalogue/schema/consent.ts'

/** What the consent pages say. Sentences of fewer than fifteen words; nothing that frightens. */
export const en = {
  /** What the language calls itself. */
  called: 'English',
  languages: 'Languages',
  skip: 'Skip to the page',
  demonstration: (day: string) => `Demonstration: today is ${day}.`,
  privacy: 'How your data is used',
  complaints: 'How to complain',
  beside: 'They open in a new window. What you have typed here stays.',
  /** Follows a link that leads to an English page. */
  inEnglish: '(in English)',
  /** On a page that knows no provider: leads to all of them. */
  anyProvider: 'How your data is used, and how to complain: choose the service',
  madeWith: 'Made with Outreach Kit',
  askPeople: (reach: string | undefined) =>
    reach === undefined ? 'Questions? Ask the school.' : `Questions? Ask the school, or ${reach}.`,

  code: {
    title: 'Type the code from your letter',
    label: 'Your code',
    hint: 'It has three groups of four letters and numbers, like 7K4M-2QXD-9FHA.',
    next: 'Continue',
    missing: 'Type the code from your letter.',
    unknown: 'We do not know this code. Check each letter and number in your letter.',
  },

  door: {
    title: 'A question for you',
    lead: (provider: string) => `A school has asked ${provider} for help. We would like your answer.`,
    why: 'What comes next is private. So we ask for one thing that you know.',
    born: {
      carer: 'When was your child born?',
      'young-person': 'When were you born?',
      'social-worker': 'When was the child born?',
    } satisfies Record<ConsentGiver, string>,
    hint: 'For example, 27 3 2015.',
    day: 'Day',
    month: 'Month',
    year: 'Year',
    next: 'Continue',
    missing: 'Type the day, the month and the year, in numbers.',
    wrong: 'That is not the date that the school gave us.',
    left: (tries: number) => (tries === 1 ? 'You can try once more.' : `You can try ${tries} more times.`),
    check: 'Sometimes a date is written down wrongly. The school can check it for you.',
  },

  locked: {
    title: 'This link is closed for now',
    lead: 'The date did not match five times. So we have closed the link, to keep it private.',
    next: 'Nothing is lost. The school can send you a new link. Please ask them.',
  },
  old: {
    title: 'This link is too old',
    lead: 'Nothing is wrong. Links stop working after some time.',
    next: 'The school can send you a new one. Please ask them.',
  },
  replaced: {
    title: 'There is a newer letter',
    lead: 'We have sent a newer letter in place of this one.',
    next: 'Please use the newer letter. If you do not have it, ask the school.',
  },
  unknown: {
    title: 'We cannot find this page',
    lead: 'Perhaps a part of the address is missing. Or what it was about has been deleted.',
    next: 'Open the link in your letter again, or type its code. The school can send you a new one.',
    toCode: 'Type a code',
  },
  away: {
    title: 'Please open your link again',
    lead: 'This page closes by itself after some time, to keep it private.',
    next: 'Open the link in your letter again, or type its code.',
  },
  failed: {
    title: 'Something went wrong here',
    lead: 'It is our mistake, not yours. What you sent may not have been kept.',
    next: 'Please wait a minute. Then open the link in your letter again.',
  },
  busy: {
    title: 'Please wait a minute',
    lead: 'Many people are here just now.',
    next: 'Go back, and press again in a minute.',
  },
  foreign: {
    title: 'Please open your link again',
    lead: 'This answer did not come from our page.',
    next: 'Nothing was kept. Open the link in your letter, and answer there.',
  },
  big: {
    title: 'That was too long',
    lead: 'There was more text than we can keep.',
    next: 'Go back, and write less, please.',
  },
  ended: {
    title: 'This has come to an end',
    lead: 'The school’s request has been stopped.',
    next: (provider: string, day: string) =>
      `Nobody at ${provider} can read it any more. What is left of it is deleted by ${day}.`,
  },

  page: {
    title: {
      answer: 'Your answer, please',
      thanks: 'Thank you',
      yours: 'Your answers',
      stopped: 'This has been stopped',
    },
    about: (name: string) => `This is about ${name}.`,
    school: (school: string) => `The school: ${school}.`,
    whoAsks: 'Who asks, and for what',
    again: 'You are asked again. This is why:',
    no: 'You are free to say no',
    noHeld: 'No is a fine answer now, too.',
    noOne: 'No is a fine answer. Then only this does not happen.',
    eachAlone: 'Answer each question by itself. You can leave one for later.',
    sees: 'Who will see it',
    keptFor: 'For how long',
    yes: 'Yes, I agree',
    noAnswer: 'No, I do not agree',
    leaveForLater: 'Later',
    inPerson: 'You will be asked this when you meet. You need not do anything now.',
    until: (day: string) => `You can answer until ${day}.`,
    over: (day: string) => `The time to answer ended on ${day}. The school can ask you again.`,
    name: 'Your full name',
    nameHint: 'You sign by typing it.',
    relationship: { carer: 'Who you are to the child', 'social-worker': 'Your job, and where you work' },
    relationshipHint: 'For example: mother, father, grandparent, foster carer.',
    words: {
      carer: 'What your child would like to say',
      'young-person': 'In your own words',
      'social-worker': 'What the child would like to say',
    } satisfies Record<ConsentGiver, string>,
    wordsHint: 'Only if you wish. The people who decide and help can read it. The school cannot.',
    wordsMore: 'Add or change what was said',
    wordsSend: 'Keep these words',
    send: 'Send my answer',
    later: 'You can change your mind later, just as easily.',

    answered: 'What you have answered',
    answers: {
      given: (day: string) => `Yes, on ${day}.`,
      refused: (day: string) => `No, on ${day}.`,
      withdrawn: (day: string) => `You took your yes back on ${day}.`,
    },
    byOther: {
      title: 'What somebody else has agreed to',
      given: (day: string) => `A social worker said yes, on ${day}.`,
      no: 'If you do not agree, tell the school.',
    },
    ranOut: 'This yes has run out. The school may ask you again.',
    noMore: 'This counts no more, since the request was stopped.',
    how: { paper: 'It was written on paper.', 'in-person': 'It was said in person or by telephone.' },
    signed: 'Name',
    meaning: 'What this is about',
    takeBack: 'I want to take my yes back',
    takeBackAll: (provider: string) =>
      `The help then stops. ${provider} can no longer open the request. What it says is deleted. The school has to ask anew if you want it later.`,
    takeBackEnded: (provider: string) => `${provider} can then no longer open the request. What it says is deleted.`,
    takeBackBefore: 'The request then stays with the school.',
    takeBackOne: 'Only this stops. The rest goes on as before.',
    takeBackWhy: 'You do not have to say why.',
    takeBackButton: 'Take my yes back',
    askAgain: 'You can still say yes. Ask the school to ask you again.',
    change: 'I want to change my answer',

    now: 'How it stands now',
    standing: {
      yours: 'We wait for your answer. Until then nothing is shared.',
      others:
        'Thank you for your answer. Somebody else is asked too. Nothing has been shared so far. They have to agree too.',
      no: (provider: string) => `Nothing has been shared. ${provider} has not read the request.`,
      open: (provider: string) => `${provider} can now read the request.`,
      'ran-out': (provider: string) => `Your yes has run out. Nobody at ${provider} can read the request now.`,
      ended: (provider: string) => `The help has ended. ${provider} keeps the request for a time.`,
      declined: (provider: string) =>
        `The request is closed. It does not lead to help from ${provider} this time. ${provider} keeps it for a time.`,
      stopped: (provider: string) => `It has been stopped. ${provider} can no longer read the request.`,
    },
    meets: (day: string) => `A meeting looks at the request on ${day}.`,
    keptThanks: 'We have kept your answer.',
    sameThanks: 'Your answer was there already. Nothing has changed.',
    wordsKept: 'We have kept these words.',
    stale: 'You have already answered in another window. What counts is shown below. You can change it there.',
    closed: 'This could not be answered any more. How it stands is shown below.',

    holds: 'Who has what',
    holders: {
      school: 'The school',
      provider: (provider: string) => provider,
      us: 'This page',
    },
    held: {
      school: 'What it wrote in the request, and your yes or no. It does not see your reasons.',
      schoolStopped: 'Its own notes, and your yes or no. What it sent is deleted here.',
      waiting: 'It knows that a request is waiting. It cannot read it.',
      open: 'The request, your answers, and notes about the help. Each time somebody reads it, that is written down.',
      'ran-out': 'The request, which it cannot read until you have agreed again.',
      ended: 'The request, your answers, and its own notes, until their time is over.',
      stopped: (day: string) =>
        `Nothing of what the school wrote. Who was asked, and the answers, are deleted by ${day}.`,
      us: 'Your name, your email address if we have it, and what you answered.',
    },
    see: 'You can ask to see all of it. “How your data is used” says how.',
    leave: 'Close this page',
    left: 'The page is closed. Open your link again at any time.',
    reference: 'Our number for this',
  },

  form: {
    wrong: 'Please look at this again',
    choose: 'Choose yes or no for at least one question.',
    name: 'Type your full name.',
    relationship: {
      carer: 'Say who you are to the child.',
      'social-worker': 'Say what your job is, and where you work.',
    },
    long: (most: number) => `Use at most ${most} letters here.`,
    signs: 'Use plain letters here.',
    sending: 'Sending your answer …',
    away: 'Your page has closed by itself. What you typed is still here. Open your link in another window. Then press again here.',
    busy: 'Many people are here just now. What you typed is still here. Press again in a minute.',
    big: 'That was too long. Please write less, and press again.',
    failed: 'Something went wrong on our side. What you typed is still here. Try again in a minute.',
    slow: 'No answer has come. What you typed is still here. Please press again.',
    lost: 'No connection just now. What you typed is still here. Try again in a moment.',
  },
}

/** What each language has to say. */
export type ConsentWords = typeof en
