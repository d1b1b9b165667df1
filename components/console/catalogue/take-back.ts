import { path, send } from '../api.ts'
import type { VersionName } from './replies.ts'

/** Takes a version back; answers what counts now, in words. */
export async function takeBack(provider: string, { catalogue, version }: VersionName): Promise<string> {
  const { inForce } = await send<{ inForce: number | null }>(
    'POST',
    path`/providers/${provider}/catalogues/${catalogue}/versions/${version}/take-back`,
    {},
  )
  return inForce === null
    ? `Version ${version} of ${catalogue} is taken back. No version of ${catalogue} counts today.`
    : `Version ${version} of ${catalogue} is taken back. Version ${inForce} counts.`
}
