/**
 * The one of some languages that a browser would read first, by its `Accept-Language`; undefined where it names none of them. `pl-PL` is
 * `pl`, and of two that weigh the same the first counts.
 */
export function acceptedOf<Language extends string>(
  header: string | undefined,
  languages: readonly Language[],
): Language | undefined {
  const wanted = (header ?? '').split(',').map((one) => {
    const [tag = '', ...settings] = one
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const weight = settings.find((setting) => setting.startsWith('q='))
    return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight.slice('q='.length)) }
  })
  const heavier = wanted.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight)
  return heavier.flatMap(({ language }) => languages.find((one) => one === language) ?? [])[0]
}
