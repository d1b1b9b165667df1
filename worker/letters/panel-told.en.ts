import { letter, type Written } from './order-parts.en.ts'
import { date } from './words.en.ts'

// Letters about a panel go to who sits on it. They name no case: those stand behind the sign-in.

/** Whose panel it is, and what the catalogue calls it; empty where no catalogue knows it any more. */
export interface PanelCalled {
  provider: string
  panel: string
}

/** Tells somebody that they sit on a panel. */
export function seatedForPerson({ provider, panel }: PanelCalled, meetsOn: string, address: string): Written {
  return {
    subject: `You sit on a panel on ${date(meetsOn)}`,
    text: letter(
      [`A co-ordinator of ${provider} has named you for a panel.`],
      [...(panel ? [`Panel: ${panel}`] : []), `Meets on: ${date(meetsOn)}`],
      ['What is on its agenda, in the order in which it is read:', address],
    ),
  }
}

/** Tells somebody that the panel meets on another day. */
export function movedForPerson(from: string, to: string, address: string): Written {
  return {
    subject: `The panel on ${date(from)} meets on ${date(to)}`,
    text: letter(
      [`The panel that you sit on meets on ${date(to)}, and no longer on ${date(from)}.`],
      ['Its agenda:', address],
    ),
  }
}

/** Tells somebody that the panel does not meet. */
export function cancelledForPerson(meetsOn: string): Written {
  return {
    subject: `The panel on ${date(meetsOn)} is cancelled`,
    text: letter([`The panel on ${date(meetsOn)} that you sit on does not meet. There is nothing for you to do.`]),
  }
}
