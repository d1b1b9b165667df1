import type { Pack } from '../pack.ts'

/** What every widget says. */
export const cy: Pack['kit'] = {
  loading: 'Yn llwytho’r prisiau…',
  failed: 'Nid oedd modd llwytho’r prisiau. Nid oes dim a ddewiswyd neu a deipiwyd gennych wedi’i golli.',
  withdrawn: 'Nid yw’r rhestr brisiau hon ar gael ar hyn o bryd.',
  tryAgain: 'Rhoi cynnig arall arni',
  notInForce: (title) => `${title}: ni dderbynnir archebion heddiw. Dangosir y prisiau er gwybodaeth.`,
  list: 'Eich rhestr',
  empty: 'Nid oes dim wedi’i ddewis eto. Dewiswch rywbeth i weld beth yw’r gost.',
}
