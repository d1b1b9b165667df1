/** What a frame of the console's shows: a widget's page, as bare as a school's could be. */
interface Framed {
  language: string
  style: string
  script: string
  main: string
}

/** The page of a frame. What it is given is written as it is: it has to be HTML already. */
export function framePage({ language, style, script, main }: Framed): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Preview</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
<script type="module" src="${script}"></script>
</head>
<body>
<main>${main}</main>
</body>
</html>
`
}
