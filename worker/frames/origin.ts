/** A host's name, with a star in place of its first part where any of its kind may. */
const HOST = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/

/** Names under which strangers have names: a star below one of them would be for everybody. */
const SHARED = /^\*\.[^.]+$|^\*\.(ac|co|com|edu|gov|ltd|me|net|nhs|org|plc|sch)\.[a-z]{2}$/

/** Hosts at which anybody has a website within minutes: no star at or below them. */
const HOSTS =
  `amazonaws.com amplifyapp.com appspot.com azurestaticapps.net azurewebsites.net blogspot.co.uk blogspot.com carrd.co cloudapp.net
  cloudfront.net deno.dev edublogs.org firebaseapp.com fly.dev framer.app framer.website ghost.io github.dev github.io gitlab.io glitch.me
  godaddysites.com google.com googleusercontent.com herokuapp.com jimdofree.com jimdosite.com myshopify.com neocities.org netlify.app ngrok.app
  ngrok.io ngrok-free.app notion.site onrender.com pages.dev primarysite.net r2.dev railway.app render.com repl.co replit.app replit.dev run.app
  sharepoint.com squarespace.com strikingly.com surge.sh translate.goog trycloudflare.com tumblr.com vercel.app web.app webflow.io webnode.page
  weebly.com weeblysite.com windows.net wix.com wixsite.com wordpress.com workers.dev yolasite.com`.split(/\s+/)

/** What somebody typed as a website's origin, such as `https://www.school.example` or `https://*.county.sch.uk`; undefined where it is none. On one's own machine `http://localhost` is one too. */
export function originOf(typed: string, development: boolean): string | undefined {
  const text = typed.trim().toLowerCase()
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return undefined
  }
  const { protocol, hostname, port, origin } = url
  // The address as typed names nothing but the website: no path, no question, nobody's name.
  if (!text.startsWith(`${protocol}//`) || !/^[^/?#@\\]+\/?$/.test(text.slice(protocol.length + 2))) return undefined
  if (development && protocol === 'http:' && hostname === 'localhost') return origin
  if (protocol !== 'https:' || hostname.length > 253 || !HOST.test(hostname) || isForEverybody(hostname))
    return undefined
  return `https://${hostname}${port && `:${port}`}`
}

function isForEverybody(hostname: string): boolean {
  return SHARED.test(hostname) || (hostname.startsWith('*.') && HOSTS.some((host) => hostname.endsWith(`.${host}`)))
}
