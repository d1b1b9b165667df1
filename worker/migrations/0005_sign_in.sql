-- An attempt to sign in, by a code or by a passkey, or to add a passkey. Its name is a secret of the browser that began it and of the letter; what is
-- kept is its SHA-256, so that nobody who reads this table can find out a code, short as it is.
CREATE TABLE sign_in_attempt (
  hash TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('code', 'passkey', 'new-passkey')),
  -- What codes are counted by: the SHA-256 of the e-mail address, together with the browser where the person is known to have used it.
  subject TEXT NOT NULL,
  -- Null where no code was sent, and where a passkey will say whose it is.
  person TEXT,
  -- The SHA-256 of the attempt's name and its code; of a passkey, the challenge, which is no secret.
  answer TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  made_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  used_at TEXT
) STRICT, WITHOUT ROWID;
-- Codes that were sent, to count them; and what is over, to delete it.
CREATE INDEX sign_in_attempt_sent ON sign_in_attempt (subject, made_at) WHERE person IS NOT NULL;
CREATE INDEX sign_in_attempt_made ON sign_in_attempt (made_at);

-- A browser in which somebody has signed in before: another one is told of by letter. It lets nobody in.
CREATE TABLE device (
  person TEXT NOT NULL REFERENCES person (id),
  secret_hash TEXT NOT NULL,
  used_at TEXT NOT NULL,
  PRIMARY KEY (person, secret_hash)
) STRICT, WITHOUT ROWID;

-- A passkey: what an authenticator holds the other half of.
CREATE TABLE passkey (
  credential TEXT PRIMARY KEY NOT NULL,
  id TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  -- COSE, in base64url.
  public_key TEXT NOT NULL,
  -- How often the authenticator says that it was used; one that goes back was copied.
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL CHECK (json_valid(transports)),
  created_at TEXT NOT NULL,
  used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_person ON passkey (person);

-- When somebody was last sent their invitation.
ALTER TABLE membership ADD COLUMN told_at TEXT;

CREATE INDEX session_ends ON session (ends_at);
