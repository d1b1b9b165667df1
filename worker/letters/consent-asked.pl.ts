import type { ConsentLetterWords } from './consent-letter.ts'

const MONTHS =
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia'.split(' ')

/** The letter in Polish. */
export const consentLetter: ConsentLetterWords = {
  date: (day) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`,
  subject: (reference) => `Pytanie do Państwa (${reference})`,
  greeting: 'Dzień dobry,',
  asks: (provider) => ({
    carer: `Szkoła Państwa dziecka poprosiła o pomoc: ${provider}. Zanim cokolwiek przekażemy, prosimy o odpowiedź.`,
    'young-person': `Twoja szkoła poprosiła o pomoc: ${provider}. Zanim cokolwiek przekażemy, prosimy o Twoją odpowiedź.`,
    'social-worker': `Szkoła poprosiła o pomoc: ${provider}. Prosimy o odpowiedź jako pracownik socjalny.`,
  }),
  asksMore: (provider) => `Mamy pytanie. Dotyczy wniosku szkoły (${provider}).`,
  again: 'Pytamy jeszcze raz. Na stronie jest napisane dlaczego.',
  open: 'Prosimy otworzyć tę stronę:',
  door: {
    carer: 'Najpierw zapytamy o datę urodzenia dziecka. Dzięki temu strona jest prywatna.',
    'young-person': 'Najpierw zapytamy o Twoją datę urodzenia. Dzięki temu strona jest prywatna.',
    'social-worker': 'Najpierw zapytamy o datę urodzenia dziecka. Dzięki temu strona jest prywatna.',
  },
  choice: 'Można powiedzieć „tak” albo „nie”. Odpowiedź „nie” jest w porządku. Nie trzeba podawać powodu.',
  until: (day) => `Na odpowiedź czekamy do ${day}.`,
  later: 'Zdanie można później zmienić. Prosimy zachować ten list.',
  alone: 'Prosimy nikomu nie przekazywać tego listu. Jest tylko dla adresata.',
  questions: (reach) =>
    reach === undefined ? 'Pytania? Prosimy pytać w szkole.' : `Pytania? Prosimy pytać w szkole albo tutaj: ${reach}.`,
  reference: (reference) => `Nasz numer sprawy: ${reference}`,
  look: {
    subject: (reference) => `Odpowiedzi (${reference})`,
    title: 'Odpowiedzi',
    text: (provider) => `Mamy już odpowiedź w sprawie wniosku szkoły (${provider}).`,
    can: 'Odpowiedzi można zobaczyć. Można je też zmienić albo cofnąć zgodę.',
  },
  kept: {
    subject: (reference) => `Mamy odpowiedzi (${reference})`,
    text: 'Dziękujemy. Zapisaliśmy odpowiedzi.',
    no: { withdrawn: 'Zgoda została cofnięta.', refused: 'Odpowiedź brzmi „nie”. To w porządku.' },
    stopped: (provider, day) =>
      `Wniosek został zatrzymany. Nikt tam nie może go już czytać (${provider}). Jego treść usunęliśmy. Resztę, na przykład odpowiedzi, usuniemy do ${day}.`,
    unread: (provider, day) => `Nikt tam nie czytał wniosku (${provider}). Bez zgody usuniemy go do ${day}.`,
    look: 'Odpowiedzi można zawsze zobaczyć lub zmienić tutaj:',
    notYou: 'To nie Państwo? Prosimy szybko powiadomić szkołę.',
  },
  heard: {
    text: {
      school: {
        paper: 'Szkoła zapisała odpowiedź z papieru.',
        'in-person': 'Szkoła zapisała odpowiedź, którą podano.',
      },
      provider: (provider) => ({
        paper: `Zapisano odpowiedź z papieru (${provider}).`,
        'in-person': `Zapisano odpowiedź, którą podano (${provider}).`,
      }),
    },
    notYou: (reach) => `To nie ta odpowiedź? Prosimy powiadomić: ${reach}.`,
  },
  agreed: {
    subject: (reference) => `Wiadomość o wniosku (${reference})`,
    text: 'Inna uprawniona osoba zgodziła się na część wsparcia.',
    look: 'Na Państwa stronie jest napisane, na którą. Oto strona:',
  },
  stopped: {
    subject: (reference) => `Sprawa się zakończyła (${reference})`,
    text: (provider) => `Zgoda wygasła jakiś czas temu. Dlatego wniosek szkoły został zatrzymany (${provider}).`,
    nothing: 'Jego treść usunęliśmy. Nie trzeba nic robić.',
  },
  printed: {
    title: 'Pytanie do Państwa',
    picture: 'Proszę skierować aparat telefonu na ten obrazek. Potem otworzyć stronę.',
    type: 'Albo wpisać ten adres w telefonie lub komputerze:',
    code: 'Potem wpisać ten kod:',
    noPhone: 'Nie mają Państwo telefonu ani komputera? Prosimy powiedzieć szkole. Można odpowiedzieć na papierze.',
  },
}
