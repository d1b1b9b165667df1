import type { Hono } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import type { AppEnv } from '../environment.ts'

/** Which methods an address answers to; none where there is no such address. Asked only once nothing has answered. */
export function methodsOf(app: Hono<AppEnv>): (path: string) => string[] {
  let router: TrieRouter<string> | undefined
  return (path) => {
    if (!router) {
      router = new TrieRouter()
      for (const { method, path: pattern } of app.routes) if (method !== 'ALL') router.add('ALL', pattern, method)
    }
    const methods = new Set(router.match('ALL', path)[0].map(([method]) => method))
    if (methods.has('GET')) methods.add('HEAD')
    return [...methods].sort()
  }
}
