-- Letters to send, written in the batch of the fact that they tell of. The key leads with the state and the time due, so that the queue, what failed
-- and what nobody can be sent are each read without a second index.
CREATE TABLE letter (
  -- waiting: to be sent once due. sent. failed: given up. unaddressed: the provider has named no address, and sees it in the console.
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'unaddressed')),
  due_at TEXT NOT NULL,
  -- The mailer is given this as the letter's reference, the same at each attempt.
  id TEXT NOT NULL,
  provider TEXT NOT NULL,
  -- The reference of the order that it tells of.
  about TEXT NOT NULL,
  recipient TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  written_at TEXT NOT NULL,
  sent_at TEXT,
  -- Why the last attempt failed, without addresses.
  trouble TEXT,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (state, due_at, id)
) STRICT, WITHOUT ROWID;

-- Who may do what only one may do at a time, and until when by the real clock.
CREATE TABLE lease (
  name TEXT PRIMARY KEY NOT NULL,
  holder TEXT NOT NULL,
  until_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
