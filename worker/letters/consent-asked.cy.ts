import type { ConsentLetterWords } from './consent-letter.ts'

const MONTHS = 'Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr'.split(' ')

/** The letter in Welsh. */
export const consentLetter: ConsentLetterWords = {
  date: (day) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`,
  subject: (reference) => `Cwestiwn i chi (${reference})`,
  greeting: 'Helo,',
  asks: (provider) => ({
    carer: `Mae ysgol eich plentyn wedi gofyn i ${provider} am help. Cyn rhannu dim, mae angen eich ateb chi.`,
    'young-person': `Mae’ch ysgol wedi gofyn i ${provider} am help. Cyn rhannu dim, mae angen eich ateb chi.`,
    'social-worker': `Mae ysgol wedi gofyn i ${provider} am help. Mae angen eich ateb fel gweithiwr cymdeithasol.`,
  }),
  asksMore: (provider) => `Mae cwestiwn i chi. Mae’n ymwneud â chais yr ysgol i ${provider}.`,
  again: 'Rydym yn gofyn i chi unwaith eto. Mae’r dudalen yn dweud pam.',
  open: 'Agorwch y dudalen hon:',
  door: {
    carer: 'Yn gyntaf mae’n gofyn am ddyddiad geni eich plentyn. Mae hynny’n ei chadw’n breifat.',
    'young-person': 'Yn gyntaf mae’n gofyn am eich dyddiad geni. Mae hynny’n ei chadw’n breifat.',
    'social-worker': 'Yn gyntaf mae’n gofyn am ddyddiad geni’r plentyn. Mae hynny’n ei chadw’n breifat.',
  },
  choice: 'Gallwch ddweud ie neu na. Mae dweud na yn iawn. Does dim rhaid dweud pam.',
  until: (day) => `Gallwch ateb tan ${day}.`,
  later: 'Gallwch newid eich meddwl wedyn. Cadwch y llythyr hwn at hynny.',
  alone: 'Peidiwch â rhoi’r llythyr i neb arall. I chi yn unig y mae.',
  questions: (reach) =>
    reach === undefined ? 'Cwestiynau? Gofynnwch i’r ysgol.' : `Cwestiynau? Gofynnwch i’r ysgol, neu ${reach}.`,
  reference: (reference) => `Ein rhif ar gyfer hyn: ${reference}`,
  look: {
    subject: (reference) => `Eich atebion (${reference})`,
    title: 'Eich atebion',
    text: (provider) => `Rydych wedi ateb am gais yr ysgol i ${provider}.`,
    can: 'Gallwch weld eich atebion. Gallwch eu newid, neu dynnu caniatâd yn ôl.',
  },
  kept: {
    subject: (reference) => `Mae’ch atebion gennym (${reference})`,
    text: 'Diolch. Rydym wedi cadw’ch atebion.',
    no: { withdrawn: 'Rydych wedi tynnu’ch caniatâd yn ôl.', refused: 'Dywedoch chi na. Mae hynny’n iawn.' },
    stopped: (provider, day) =>
      `Mae’r cais wedi’i stopio. Ni all ${provider} ei ddarllen mwyach. Mae’r hyn a ddywedai wedi’i ddileu. Caiff y gweddill, fel eich atebion, ei ddileu erbyn ${day}.`,
    unread: (provider, day) => `Nid yw ${provider} wedi darllen y cais. Heb ganiatâd, caiff ei ddileu erbyn ${day}.`,
    look: 'Gallwch weld eich atebion neu eu newid yma, unrhyw bryd:',
    notYou: 'Nid chi oedd hyn? Dywedwch wrth yr ysgol yn fuan.',
  },
  heard: {
    text: {
      school: {
        paper: 'Cofnododd yr ysgol ateb gennych chi, o bapur.',
        'in-person': 'Cofnododd yr ysgol ateb a roesoch chi.',
      },
      provider: (provider) => ({
        paper: `Cofnododd ${provider} ateb gennych chi, o bapur.`,
        'in-person': `Cofnododd ${provider} ateb a roesoch chi.`,
      }),
    },
    notYou: (reach) => `Nid dyna’ch ateb? Dywedwch wrth ${reach}.`,
  },
  agreed: {
    subject: (reference) => `Newyddion am y cais (${reference})`,
    text: 'Mae rhywun arall sydd â hawl i ateb wedi cytuno i ran o’r cymorth.',
    look: 'Mae’ch tudalen yn dweud pa ran. Agorwch hi yma:',
  },
  stopped: {
    subject: (reference) => `Mae wedi dod i ben (${reference})`,
    text: (provider) =>
      `Daeth eich caniatâd i ben beth amser yn ôl. Felly mae cais yr ysgol i ${provider} wedi’i stopio.`,
    nothing: 'Mae’r hyn a ddywedai wedi’i ddileu. Does dim rhaid i chi wneud dim.',
  },
  printed: {
    title: 'Cwestiwn i chi',
    picture: 'Pwyntiwch gamera eich ffôn at y llun hwn. Yna agorwch y dudalen.',
    type: 'Neu teipiwch y cyfeiriad hwn ar ffôn neu gyfrifiadur:',
    code: 'Yna teipiwch y cod hwn:',
    noPhone: 'Dim ffôn na chyfrifiadur? Dywedwch wrth yr ysgol. Gallwch ateb ar bapur.',
  },
}
