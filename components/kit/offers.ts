import type { Catalogue } from '../../catalogue/schema/catalogue.ts'

/** An offer's name, with its option's where it has one. */
export function nameOf({ offers }: Catalogue, offer: string | undefined, option?: string): string {
  const found = offers.find(({ id }) => id === offer)
  const part = found?.options?.find(({ id }) => id === option)
  return [found?.name ?? offer, part?.name].filter(Boolean).join(': ')
}
