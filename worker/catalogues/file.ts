/** A document's text as it stands in `catalogue/providers/`: the schema named first, two spaces for each step inwards. */
export function fileOf(document: object): string {
  return `${JSON.stringify({ $schema: '../schema/catalogue.schema.json', ...document }, null, 2)}\n`
}

/** The same from a document's JSON. */
export function fileFrom(json: string): string {
  return fileOf(JSON.parse(json))
}
