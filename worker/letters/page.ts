import type { SentLetter } from './store.ts'

/** The outbox as a plain page: no script, no styles, everything escaped. */
export function outboxPage(letters: readonly SentLetter[]): string {
  const articles = letters.map(
    ({ to, subject, text, about, sentAt }) => `<article>
<h2>${escaped(subject)}</h2>
<p>To <strong>${escaped(to)}</strong>, <time datetime="${escaped(sentAt)}">${escaped(sentAt)}</time>, about ${escaped(about)}</p>
<pre>${escaped(text)}</pre>
</article>`,
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Outbox</title></head>
<body>
<h1>Outbox</h1>
<p>The e-mails that would have been sent, newest first. As <a href="/dev/outbox.json">JSON</a>.</p>
${articles.length ? articles.join('\n<hr>\n') : '<p>Nothing has been sent yet.</p>'}
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
