/** One line of the table that `npm run bench` prints. A bench file exports `bench(): Promise<Figure[]>`. */
export type Figure = {
  name: string
  /** With its unit, as it is to be read: `11.2 KB brotli`. */
  figure: string
  /** The least that anything of the kind could take, measured in the same run. */
  floor?: string
  peers?: string
  /** What the product promises. */
  bound?: string
  /** Whether the figure keeps to the bound; absent where there is none. */
  ok?: boolean
}
