// Writes each day as a reader would: 10 September 2024. Runs as soon as the page's first line is there.
for (const time of document.querySelectorAll('time[datetime]')) {
  const day = new Date(`${time.getAttribute('datetime')}T12:00:00Z`)
  if (Number.isNaN(day.getTime())) continue
  time.textContent = day.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}
