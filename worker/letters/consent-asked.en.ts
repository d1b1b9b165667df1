import type { ConsentLetterWords } from './consent-letter.ts'
import { date } from './words.en.ts'

/** The letter in English. */
export const consentLetter: ConsentLetterWords = {
  date,
  subject: (reference) => `A question for you (${reference})`,
  greeting: 'Hello,',
  asks: (provider) => ({
    carer: `Your child’s school has asked ${provider} for help. Before anything is shared, we need your answer.`,
    'young-person': `Your school has asked ${provider} for help. Before anything is shared, we need your answer.`,
    'social-worker': `A school has asked ${provider} for help. We need your answer as a social worker.`,
  }),
  asksMore: (provider) => `There is a question for you. It is about the school’s request to ${provider}.`,
  again: 'We are asking you once more. The page says why.',
  open: 'Please open this page:',
  door: {
    carer: 'It first asks for your child’s date of birth. That keeps it private.',
    'young-person': 'It first asks for your date of birth. That keeps it private.',
    'social-worker': 'It first asks for the child’s date of birth. That keeps it private.',
  },
  choice: 'You can say yes or no. No is a fine answer. You do not have to say why.',
  until: (day) => `You can answer until ${day}.`,
  later: 'You can change your mind later. Keep this letter for that.',
  alone: 'Please do not pass this letter on. It is for you alone.',
  questions: (reach) =>
    reach === undefined ? 'Questions? Ask the school.' : `Questions? Ask the school, or ${reach}.`,
  reference: (reference) => `Our number for this: ${reference}`,
  look: {
    subject: (reference) => `Your answers (${reference})`,
    title: 'Your answers',
    text: (provider) => `You have answered about the school’s request to ${provider}.`,
    can: 'You can see your answers. You can change them, or take a yes back.',
  },
  kept: {
    subject: (reference) => `We have your answers (${reference})`,
    text: 'Thank you. We have kept your answers.',
    no: { withdrawn: 'You have taken your yes back.', refused: 'You said no. That is fine.' },
    stopped: (provider, day) =>
      `The request has been stopped. ${provider} can no longer read it. What it said is deleted. What is left, such as your answers, is deleted by ${day}.`,
    unread: (provider, day) => `${provider} has not read the request. Without a yes it is deleted by ${day}.`,
    look: 'You can see or change your answers here, at any time:',
    notYou: 'Was this not you? Please tell the school soon.',
  },
  heard: {
    text: {
      school: {
        paper: 'The school wrote down an answer of yours, from paper.',
        'in-person': 'The school wrote down an answer that you gave.',
      },
      provider: (provider) => ({
        paper: `${provider} wrote down an answer of yours, from paper.`,
        'in-person': `${provider} wrote down an answer that you gave.`,
      }),
    },
    notYou: (reach) => `Is that not your answer? Please tell ${reach}.`,
  },
  agreed: {
    subject: (reference) => `News about the request (${reference})`,
    text: 'Somebody else who may answer has agreed to a part of the support.',
    look: 'Your page says which. Open it here:',
  },
  stopped: {
    subject: (reference) => `It has come to an end (${reference})`,
    text: (provider) => `Your yes ran out some time ago. So the school’s request to ${provider} has been stopped.`,
    nothing: 'What it said is deleted. You do not have to do anything.',
  },
  printed: {
    title: 'A question for you',
    picture: 'Point your phone’s camera at this picture. Then open the page.',
    type: 'Or type this address into a phone or computer:',
    code: 'Then type this code:',
    noPhone: 'No phone or computer? Tell the school. You can answer on paper.',
  },
}
